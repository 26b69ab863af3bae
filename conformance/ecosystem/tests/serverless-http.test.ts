import assert from 'node:assert/strict'
import { test } from 'node:test'
import compression from 'compression'
import cookieParser from 'cookie-parser'
import express from 'express'
import serverless from 'serverless-http'
import { fixture } from './support/fixtures.cjs'

function site() {
  const app = express()
  app.set('env', 'test')
  app.use(cookieParser())
  app.use(express.json())
  app.get('/hello/:name', (req, res) => {
    res.cookie('a', '1').cookie('b', '2')
    res.status(201).json({ name: req.params.name, query: req.query, ip: req.ip, cookies: req.cookies })
  })
  app.post('/echo', (req, res) => void res.json(req.body))
  app.get('/file', (_req, res) => void res.sendFile('notes.txt', { root: fixture('public') }))
  app.get('/zip', compression({ threshold: 0 }), (_req, res) => void res.send('x'.repeat(2000)))
  app.get('/stream', (_req, res) => {
    res.write('one,')
    setTimeout(() => res.end('two'), 5)
  })
  app.get('/fail', () => {
    throw new Error('boom')
  })
  return app
}

interface Answer {
  statusCode: number
  headers: Record<string, string>
  multiValueHeaders?: Record<string, string[]>
  cookies?: string[]
  body: string
  isBase64Encoded: boolean
}

const handler = serverless(site(), { binary: ['application/octet-stream'] })

function gateway(httpMethod: string, path: string, more: object = {}): Promise<Answer> {
  const event = {
    httpMethod,
    path,
    headers: {},
    requestContext: { identity: { sourceIp: '203.0.113.5' } },
    body: null,
    isBase64Encoded: false,
    ...more,
  }
  return handler(event, {}) as Promise<Answer>
}

test('serverless-http answers an API Gateway event', async () => {
  const answer = await gateway('GET', '/hello/tobi', {
    queryStringParameters: { x: '1' },
    headers: { cookie: 'c=3' },
  })
  assert.equal(answer.statusCode, 201)
  assert.deepEqual(JSON.parse(answer.body), {
    name: 'tobi',
    query: { x: '1' },
    ip: '203.0.113.5',
    cookies: { c: '3' },
  })
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8')
  assert.deepEqual(answer.multiValueHeaders?.['set-cookie'], ['a=1; Path=/', 'b=2; Path=/'])
})

test('serverless-http carries bodies in, and files, streams and compressed responses out', async () => {
  const body = JSON.stringify({ a: [1, 'é'] })
  const headers = { 'content-type': 'application/json' }
  assert.equal((await gateway('POST', '/echo', { headers, body })).body, body)
  const coded = { headers, body: Buffer.from(body).toString('base64'), isBase64Encoded: true }
  assert.equal((await gateway('POST', '/echo', coded)).body, body)
  assert.equal((await gateway('GET', '/file')).body, 'a plain text file\n')
  assert.equal((await gateway('GET', '/stream')).body, 'one,two')
  const zipped = await gateway('GET', '/zip', { headers: { 'accept-encoding': 'gzip' } })
  assert.equal(zipped.headers['content-encoding'], 'gzip')
  assert.equal(zipped.isBase64Encoded, true)
})

test('serverless-http answers an HTTP API (v2) event', async () => {
  const event = {
    version: '2.0',
    rawPath: '/hello/v2',
    rawQueryString: 'x=1&x=2',
    headers: {},
    requestContext: { http: { method: 'GET', path: '/hello/v2', sourceIp: '203.0.113.6' } },
    isBase64Encoded: false,
  }
  const answer = (await handler(event, {})) as Answer
  assert.deepEqual(JSON.parse(answer.body).query, { x: ['1', '2'] })
  assert.deepEqual(answer.cookies, ['a=1; Path=/', 'b=2; Path=/'])
})

test('serverless-http gives the 404, 400 and 500 of the application', async () => {
  assert.equal((await gateway('GET', '/absent')).statusCode, 404)
  const headers = { 'content-type': 'application/json' }
  assert.equal((await gateway('POST', '/echo', { headers, body: '{"a' })).statusCode, 400)
  const failed = await gateway('GET', '/fail')
  assert.equal(failed.statusCode, 500)
  assert.match(failed.body, /Error: boom/)
})
