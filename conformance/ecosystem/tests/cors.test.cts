import assert from 'node:assert/strict'
import { test } from 'node:test'
import cors = require('cors')
import express = require('express')
import { exchange } from './support/exchange.cjs'
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  const options: cors.CorsOptions = {
    origin: ['http://example.com', /\.example2\.com$/],
    credentials: true,
    exposedHeaders: ['X-Total'],
    maxAge: 600,
  }
  app.get('/open', cors(), (_req, res) => void res.json({ open: true }))
  app.options('/products/:id', cors(options))
  app.delete('/products/:id', cors(options), (_req, res) => void res.json({ msg: 'deleted' }))
  app.get(
    '/asked',
    cors((req, done) => {
      const allowed = req.headers.origin === 'http://good.example'
      if (allowed) done(null, { origin: true })
      else done(new Error('origin is not on the list'))
    }),
    (_req, res) => void res.json({ asked: true }),
  )
  app.set('env', 'test')
  return app
}

test('cors opens one route to every origin', async (t) => {
  const url = await serve(t, site())
  const response = await exchange(`${url}/open`, { headers: { origin: 'http://any.example' } })
  assert.equal(response.headers['access-control-allow-origin'], '*')
  assert.deepEqual(JSON.parse(response.text), { open: true })
})

test('cors answers the preflight of an origin on the list', async (t) => {
  const url = await serve(t, site())
  const preflight = await exchange(`${url}/products/1`, {
    method: 'OPTIONS',
    headers: {
      origin: 'http://api.example2.com',
      'access-control-request-method': 'DELETE',
      'access-control-request-headers': 'X-Ping',
    },
  })
  assert.equal(preflight.status, 204)
  // RFC 9110 §8.6: a 204 has no length. Turbo leaves out the one that cors sets.
  const isTurbo = process.env['NOZOMI_SERVER'] === 'turbo'
  assert.equal(preflight.headers['content-length'], isTurbo ? undefined : '0')
  assert.equal(preflight.headers['access-control-allow-origin'], 'http://api.example2.com')
  assert.equal(preflight.headers['access-control-allow-credentials'], 'true')
  assert.equal(preflight.headers['access-control-allow-methods'], 'GET,HEAD,PUT,PATCH,POST,DELETE')
  assert.equal(preflight.headers['access-control-allow-headers'], 'X-Ping')
  assert.equal(preflight.headers['access-control-max-age'], '600')
  assert.equal(preflight.headers.vary, 'Origin, Access-Control-Request-Headers')
})

test('cors names no origin that is not on the list', async (t) => {
  const url = await serve(t, site())
  const response = await exchange(`${url}/products/1`, {
    method: 'DELETE',
    headers: { origin: 'http://evil.example' },
  })
  assert.equal(response.status, 200)
  assert.equal(response.headers['access-control-allow-origin'], undefined)
  assert.equal(response.headers.vary, 'Origin')
})

test("cors hands the error of the application's origin check to the error handler", async (t) => {
  const url = await serve(t, site())
  const good = await exchange(`${url}/asked`, { headers: { origin: 'http://good.example' } })
  assert.equal(good.headers['access-control-allow-origin'], 'http://good.example')
  const bad = await exchange(`${url}/asked`, { headers: { origin: 'http://bad.example' } })
  assert.equal(bad.status, 500)
  assert.match(bad.text, /origin is not on the list/)
})
