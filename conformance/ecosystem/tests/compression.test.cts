import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { test } from 'node:test'
import { brotliDecompressSync, createGunzip, gunzipSync } from 'node:zlib'
import compression = require('compression')
import express = require('express')
import { exchange } from './support/exchange.cjs'
import { serve } from './support/serve.cjs'

const long = 'Compress me, I am said again and again. '.repeat(200)

function site() {
  const app = express()
  app.use(
    compression({ filter: (req, res) => !req.headers['x-no-compression'] && compression.filter(req, res) }),
  )
  app.get('/long', (_req, res) => void res.send(long))
  app.get('/json', (_req, res) => void res.json({ long }))
  app.get('/short', (_req, res) => void res.send('short'))
  app.get('/fail', () => {
    throw new Error(long)
  })
  app.get('/events', (_req, res) => {
    res.type('text/event-stream')
    res.write('data: first\n\n')
    res.flush()
  })
  return app
}

test('compression codes a response of res.send and res.json as the client accepts', async (t) => {
  const url = await serve(t, site())
  const gzipped = await exchange(`${url}/long`, { headers: { 'accept-encoding': 'gzip' } })
  assert.equal(gzipped.headers['content-encoding'], 'gzip')
  assert.equal(gzipped.headers['content-length'], undefined)
  assert.equal(gzipped.headers.vary, 'Accept-Encoding')
  assert.equal(gunzipSync(gzipped.body).toString(), long)

  const brotli = await exchange(`${url}/json`, { headers: { 'accept-encoding': 'br' } })
  assert.equal(brotli.headers['content-encoding'], 'br')
  assert.deepEqual(JSON.parse(brotliDecompressSync(brotli.body).toString()), { long })
})

test('compression leaves short, HEAD and filtered responses alone', async (t) => {
  const url = await serve(t, site())
  const headers = { 'accept-encoding': 'gzip' }
  const short = await exchange(`${url}/short`, { headers })
  assert.equal(short.headers['content-encoding'], undefined)
  assert.equal(short.text, 'short')
  const head = await exchange(`${url}/long`, { method: 'HEAD', headers })
  assert.equal(head.headers['content-encoding'], undefined)
  assert.equal(head.body.length, 0)
  const filtered = await exchange(`${url}/long`, { headers: { ...headers, 'x-no-compression': '1' } })
  assert.equal(filtered.headers['content-encoding'], undefined)
  assert.equal(filtered.text, long)
})

test('res.flush sends what compression holds, so that events arrive at once', async (t) => {
  const url = await serve(t, site())
  const outgoing = request(`${url}/events`, { headers: { 'accept-encoding': 'gzip' }, agent: false }).end()
  t.after(() => outgoing.destroy())
  const [incoming] = await once(outgoing, 'response')
  assert.equal(incoming.headers['content-encoding'], 'gzip')
  const plain = incoming.pipe(createGunzip())
  plain.on('error', () => {})
  const [first] = await once(plain, 'data')
  assert.equal(String(first), 'data: first\n\n')
})

test('the error page of the final handler is compressed too', async (t) => {
  const app = site().set('env', 'test')
  const url = await serve(t, app)
  const page = await exchange(`${url}/fail`, { headers: { 'accept-encoding': 'gzip' } })
  assert.equal(page.status, 500)
  assert.equal(page.headers['content-encoding'], 'gzip')
  assert.match(gunzipSync(page.body).toString(), /Error: Compress me/)
})
