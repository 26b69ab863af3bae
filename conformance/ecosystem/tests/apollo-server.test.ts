import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { type TestContext, test } from 'node:test'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer'
import { expressMiddleware } from '@as-integrations/express5'
import cors from 'cors'
import express from 'express'
import { serve } from './support/serve.cjs'

interface Context {
  token: string | undefined
}

const typeDefs = 'type Book { title: String } type Query { books: [Book], token: String, fail: String }'
const resolvers = {
  Query: {
    books: () => [{ title: 'The Awakening' }, { title: 'City of Glass' }],
    token: (_parent: unknown, _args: unknown, context: Context) => context.token,
    fail: () => {
      throw new Error('resolver failed')
    },
  },
}

async function site(t: TestContext) {
  const app = express()
  const httpServer = createServer(app)
  const plugins = [ApolloServerPluginDrainHttpServer({ httpServer })]
  const server = new ApolloServer<Context>({ typeDefs, resolvers, plugins })
  await server.start()
  t.after(() => server.stop())
  const context = async ({ req }: { req: express.Request }) => ({ token: req.get('token') })
  app.use('/graphql', cors<cors.CorsRequest>(), express.json(), expressMiddleware(server, { context }))
  app.use('/unparsed', expressMiddleware(server, { context }))
  return serve(t, httpServer)
}

function post(url: string, body: unknown) {
  const headers = { 'content-type': 'application/json', token: 't-1' }
  return fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) })
}

test('Apollo Server answers through its Express 5 integration', async (t) => {
  const url = await site(t)
  const response = await post(url, { query: '{ books { title } token }' })
  assert.equal(response.headers.get('access-control-allow-origin'), '*')
  assert.deepEqual(await response.json(), {
    data: { books: [{ title: 'The Awakening' }, { title: 'City of Glass' }], token: 't-1' },
  })
  const page = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } })
  assert.match(await page.text(), /<!DOCTYPE html>/i)
})

test('Apollo Server reports bad queries, failing resolvers, CSRF and a missing body parser', async (t) => {
  const url = await site(t)
  const invalid = await post(url, { query: '{ absent }' })
  assert.equal(invalid.status, 400)
  assert.match(await invalid.text(), /GRAPHQL_VALIDATION_FAILED/)
  const failed = await post(url, { query: '{ fail }' })
  assert.equal(failed.status, 200)
  assert.match(await failed.text(), /resolver failed/)
  const simple = await fetch(`${url}/graphql?query={books{title}}`)
  assert.equal(simple.status, 400)
  assert.match(await simple.text(), /CSRF/)
  const headers = { 'content-type': 'application/json' }
  const unparsed = await fetch(`${url}/unparsed`, { method: 'POST', headers, body: '{"query":"{token}"}' })
  assert.equal(unparsed.status, 500)
  assert.match(await unparsed.text(), /forgot to set up the `json` middleware/)
})
