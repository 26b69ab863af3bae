import assert from 'node:assert/strict'
import { test } from 'node:test'
import express from 'express'
import { buildSchema } from 'graphql'
import { createHandler } from 'graphql-http/lib/use/express'
import { serve } from './support/serve.cjs'

function site() {
  const schema = buildSchema('type Query { hello(name: String): String, user: String, fail: String }')
  const rootValue = {
    hello: ({ name }: { name?: string }) => `Hello ${name ?? 'world'}!`,
    user: (_args: unknown, context: { user?: string }) => context.user,
    fail: () => {
      throw new Error('resolver failed')
    },
  }
  const app = express()
  app.all(
    '/graphql',
    createHandler({ schema, rootValue, context: (req) => ({ user: req.raw.get('x-user') }) }),
  )
  return app
}

function post(url: string, body: unknown, headers = {}) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } }
  return fetch(`${url}/graphql`, { ...init, body: JSON.stringify(body) })
}

test('graphql-http answers queries of POST and GET', async (t) => {
  const url = await serve(t, site())
  const query = 'query($n: String) { hello(name: $n) user }'
  const response = await post(url, { query, variables: { n: 'tobi' } }, { 'x-user': 'u' })
  assert.deepEqual(await response.json(), { data: { hello: 'Hello tobi!', user: 'u' } })
  const get = await fetch(`${url}/graphql?query=${encodeURIComponent('{ hello }')}`)
  assert.match(
    get.headers.get('content-type') ?? '',
    /^application\/(graphql-response\+)?json; charset=utf-8$/,
  )
  assert.deepEqual(await get.json(), { data: { hello: 'Hello world!' } })
})

test('graphql-http answers errors of syntax, of resolvers, and of HTTP', async (t) => {
  const url = await serve(t, site())
  const accept = { accept: 'application/graphql-response+json' }
  const syntax = await post(url, { query: '{' }, accept)
  assert.equal(syntax.status, 400)
  const resolver = (await (await post(url, { query: '{ fail }' })).json()) as {
    errors: { message: string }[]
  }
  assert.equal(resolver.errors[0]?.message, 'resolver failed')
  assert.equal((await fetch(`${url}/graphql`, { method: 'DELETE' })).status, 405)
  const wrongType = await fetch(`${url}/graphql`, { method: 'POST', body: '{}' })
  assert.equal(wrongType.status, 415)
})
