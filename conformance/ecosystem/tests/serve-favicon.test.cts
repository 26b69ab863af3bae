import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import express = require('express')
import favicon = require('serve-favicon')
import { exchange } from './support/exchange.cjs'
import { fixture } from './support/fixtures.cjs'
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.use(favicon(fixture('public', 'favicon.ico')))
  app.use((_req, res) => void res.send('app'))
  return app
}

test('serve-favicon answers /favicon.ico, and 304 to its entity tag', async (t) => {
  const url = await serve(t, site())
  const icon = await exchange(`${url}/favicon.ico`)
  assert.equal(icon.headers['content-type'], 'image/x-icon')
  assert.equal(icon.headers['cache-control'], 'public, max-age=31536000')
  assert.deepEqual(icon.body, readFileSync(fixture('public', 'favicon.ico')))
  const headers = { 'if-none-match': icon.headers.etag as string }
  assert.equal((await exchange(`${url}/favicon.ico`, { headers })).status, 304)
  assert.equal((await exchange(`${url}/`)).text, 'app')
})

test('serve-favicon allows only GET, HEAD and OPTIONS', async (t) => {
  const url = await serve(t, site())
  const post = await exchange(`${url}/favicon.ico`, { method: 'POST' })
  assert.equal(post.status, 405)
  assert.equal(post.headers.allow, 'GET, HEAD, OPTIONS')
})
