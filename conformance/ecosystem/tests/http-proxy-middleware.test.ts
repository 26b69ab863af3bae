import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import express from 'express'
import { createProxyMiddleware, fixRequestBody } from 'http-proxy-middleware'
import { WebSocket, WebSocketServer } from 'ws'
import { serve } from './support/serve.cjs'

function backend() {
  const app = express()
  app.use(express.json())
  app.all('/service/*rest', (req, res) => {
    res.set('X-Backend', 'yes')
    res.status(201).json({ method: req.method, url: req.url, body: req.body ?? null, host: req.headers.host })
  })
  app.get('/stream', (_req, res) => {
    res.write('one,')
    setTimeout(() => res.end('two'), 10)
  })
  return app
}

test('http-proxy-middleware passes requests on, with the mount path taken off', async (t) => {
  const target = await serve(t, backend())
  const app = express()
  app.use('/api', createProxyMiddleware({ target: `${target}/service`, changeOrigin: true }))
  app.use('/raw', createProxyMiddleware({ target }))
  const url = await serve(t, app)
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/api/users?x=1`, { method: 'POST', headers, body: '{"a":1}' })
  assert.equal(response.status, 201)
  assert.equal(response.headers.get('x-backend'), 'yes')
  const host = target.slice('http://'.length)
  assert.deepEqual(await response.json(), { method: 'POST', url: '/service/users?x=1', body: { a: 1 }, host })
  assert.equal(await (await fetch(`${url}/raw/stream`)).text(), 'one,two')
})

test('fixRequestBody sends a body on that express.json has read', async (t) => {
  const target = await serve(t, backend())
  const app = express()
  app.use(express.json())
  app.use('/api', createProxyMiddleware({ target: `${target}/service`, on: { proxyReq: fixRequestBody } }))
  const url = await serve(t, app)
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/api/x`, { method: 'PUT', headers, body: '{"a":1}' })
  assert.deepEqual(((await response.json()) as { body: unknown }).body, { a: 1 })
})

test('http-proxy-middleware answers 504 when the backend refuses the connection', async (t) => {
  const closed = createServer()
  closed.listen(0, '127.0.0.1')
  await once(closed, 'listening')
  const { port } = closed.address() as { port: number }
  closed.close()
  const app = express()
  app.use('/api', createProxyMiddleware({ target: `http://127.0.0.1:${port}` }))
  const response = await fetch(`${await serve(t, app)}/api/x`)
  assert.equal(response.status, 504)
  assert.match(await response.text(), /Error occurred while trying to proxy/)
})

test('http-proxy-middleware passes WebSockets on', async (t) => {
  const backend = createServer()
  const sockets = new WebSocketServer({ server: backend })
  sockets.on('connection', (socket) => socket.on('message', (data) => socket.send(`echo ${data}`)))
  const proxy = createProxyMiddleware({ target: await serve(t, backend) })
  const app = express()
  app.use(proxy)
  const server = createServer(app)
  server.on('upgrade', proxy.upgrade)
  const url = await serve(t, server)
  const client = new WebSocket(url.replace('http', 'ws'))
  t.after(() => client.terminate())
  await once(client, 'open')
  client.send('hello')
  const [data] = await once(client, 'message')
  assert.equal(String(data), 'echo hello')
})
