import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import onFinished = require('on-finished')
import onHeaders = require('on-headers')
import { exchange } from './support/exchange.cjs'
import { fixture } from './support/fixtures.cjs'
import { serve } from './support/serve.cjs'

/** Each way of answering must pass res.writeHead, which on-headers patches. */
function site() {
  const seen: string[] = []
  const app = express()
  app.use((req, res, next) => {
    onHeaders(res, () => {
      seen.push(`headers ${req.path} ${res.statusCode}`)
      if (!res.getHeader('X-Powered-By')) return
      res.removeHeader('X-Powered-By')
      res.setHeader('X-Late', 'set')
    })
    onFinished(res, () => seen.push(`finished ${req.path}`))
    next()
  })
  app.get('/send', (_req, res) => void res.send('text'))
  app.get('/json', (_req, res) => void res.json({}))
  app.get('/end', (_req, res) => void res.end('end'))
  app.get('/stream', (_req, res) => {
    res.write('a')
    res.end('b')
  })
  app.get('/redirect', (_req, res) => void res.redirect('/send'))
  app.get('/status', (_req, res) => void res.sendStatus(202))
  app.get('/empty', (_req, res) => void res.status(204).send())
  app.get('/file', (_req, res) => void res.sendFile('notes.txt', { root: fixture('public') }))
  return { app, seen }
}

test('on-headers runs before the head of every kind of answer leaves', async (t) => {
  const { app, seen } = site()
  const url = await serve(t, app)
  const statuses = {
    '/send': 200,
    '/json': 200,
    '/end': 200,
    '/stream': 200,
    '/redirect': 302,
    '/status': 202,
    '/empty': 204,
    '/file': 200,
    '/absent': 404,
  }
  for (const [path, status] of Object.entries(statuses)) {
    seen.length = 0
    const response = await exchange(`${url}${path}`)
    assert.equal(response.status, status, path)
    assert.equal(response.headers['x-late'], 'set', path)
    assert.equal(response.headers['x-powered-by'], undefined, path)
    assert.deepEqual(seen, [`headers ${path} ${status}`, `finished ${path}`])
  }
})

test('on-headers listeners run last first, and may change the status', async (t) => {
  const app = express()
  const order: number[] = []
  app.get('/', (_req, res) => {
    onHeaders(res, () => {
      order.push(1)
      res.statusCode = 299
    })
    onHeaders(res, () => void order.push(2))
    res.send('text')
  })
  const response = await exchange(await serve(t, app))
  assert.equal(response.status, 299)
  assert.deepEqual(order, [2, 1])
})
