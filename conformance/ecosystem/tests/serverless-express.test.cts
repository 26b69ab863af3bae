import assert from 'node:assert/strict'
import { test } from 'node:test'
import codegenie = require('@codegenie/serverless-express')
import vendia = require('@vendia/serverless-express')
import express = require('express')

interface ServerlessExpress {
  (options: { app: express.Express }): (event: object, context: object, callback: () => void) => unknown
  getCurrentInvoke(): { event: { requestContext: { stage: string } } }
}

// The package moved; the old name gets no releases any more, and still has most of the users.
const names = {
  '@vendia/serverless-express': vendia as unknown as ServerlessExpress,
  '@codegenie/serverless-express': codegenie as unknown as ServerlessExpress,
}

function site(serverlessExpress: ServerlessExpress) {
  const app = express()
  app.set('env', 'test')
  app.use(express.json())
  app.get('/users/:id', (req, res) => {
    const { event } = serverlessExpress.getCurrentInvoke()
    res.set('x-stage', event.requestContext.stage)
    res.json({ id: req.params.id, query: req.query })
  })
  app.post('/users', (req, res) => void res.status(201).json(req.body))
  app.get('/fail', () => {
    throw new Error('boom')
  })
  // Without this handler the package's request, which has no real socket, fails in Express's own 404.
  app.use((_req, res) => void res.status(404).send('not here'))
  return app
}

interface Answer {
  statusCode: number
  multiValueHeaders: Record<string, string[]>
  body: string
}

type Gateway = (method: string, path: string, more?: object) => Promise<Answer>

function gateway(serverlessExpress: ServerlessExpress): Gateway {
  const handler = serverlessExpress({ app: site(serverlessExpress) })
  return async (httpMethod, path, more = {}) => {
    const event = {
      httpMethod,
      path,
      resource: '/{proxy+}',
      multiValueHeaders: {},
      multiValueQueryStringParameters: null,
      requestContext: { stage: 'prod', identity: { sourceIp: '203.0.113.5' } },
      body: null,
      isBase64Encoded: false,
      ...more,
    }
    return (await handler(event, {}, () => {})) as Answer
  }
}

for (const [name, serverlessExpress] of Object.entries(names)) {
  test(`${name} answers API Gateway events`, async () => {
    const send = gateway(serverlessExpress)
    const read = await send('GET', '/users/7', { multiValueQueryStringParameters: { tag: ['a', 'b'] } })
    assert.equal(read.statusCode, 200)
    assert.deepEqual(JSON.parse(read.body), { id: '7', query: { tag: ['a', 'b'] } })
    assert.deepEqual(read.multiValueHeaders['x-stage'], ['prod'])
    const body = '{"name":"tobi"}'
    const multiValueHeaders = { 'content-type': ['application/json'] }
    const created = await send('POST', '/users', { multiValueHeaders, body })
    assert.equal(created.statusCode, 201)
    assert.equal(created.body, body)
  })

  test(`${name} gives the 404 and 500 of the application`, async () => {
    const send = gateway(serverlessExpress)
    const missing = await send('GET', '/absent')
    assert.equal(missing.statusCode, 404)
    assert.equal(missing.body, 'not here')
    const failed = await send('GET', '/fail')
    assert.equal(failed.statusCode, 500)
    assert.match(failed.body, /Error: boom/)
  })
}
