import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import express = require('express')
import expressStaticGzip = require('express-static-gzip')
import { exchange } from './support/exchange.cjs'
import { fixture } from './support/fixtures.cjs'
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.use('/', expressStaticGzip(fixture('gzip'), { enableBrotli: true, orderPreference: ['br', 'gz'] }))
  return app
}

test('express-static-gzip serves the file that is compressed as the client prefers', async (t) => {
  const url = await serve(t, site())
  const plain = await exchange(`${url}/app.js`)
  const gzip = await exchange(`${url}/app.js`, { headers: { 'accept-encoding': 'gzip' } })
  const brotli = await exchange(`${url}/app.js`, { headers: { 'accept-encoding': 'gzip, br' } })
  assert.equal(plain.headers['content-encoding'], undefined)
  assert.equal(gzip.headers['content-encoding'], 'gzip')
  assert.equal(brotli.headers['content-encoding'], 'br')
  for (const answer of [plain, gzip, brotli]) {
    assert.match(answer.headers['content-type'] ?? '', /^text\/javascript; charset=utf-8$/i)
  }
  assert.match(plain.text, /hello from a script/)
  assert.equal(gunzipSync(gzip.body).toString(), plain.text)
  assert.equal(brotliDecompressSync(brotli.body).toString(), plain.text)
})

test('express-static-gzip leaves missing files to the 404 of the application', async (t) => {
  const url = await serve(t, site())
  const missing = await exchange(`${url}/absent.js`, { headers: { 'accept-encoding': 'gzip' } })
  assert.equal(missing.status, 404)
  assert.match(missing.text, /Cannot GET \/absent\.js/)
})
