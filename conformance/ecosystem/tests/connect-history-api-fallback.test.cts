import assert from 'node:assert/strict'
import { test } from 'node:test'
import history = require('connect-history-api-fallback')
import express = require('express')
import { fixture } from './support/fixtures.cjs'
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.get('/api', (_req, res) => void res.json({ api: true }))
  app.use(history({ index: '/index.html' }))
  app.use(express.static(fixture('public')))
  return app
}

test("connect-history-api-fallback rewrites a page's url to the index", async (t) => {
  const url = await serve(t, site())
  const headers = { accept: 'text/html' }
  const page = await fetch(`${url}/some/page`, { headers })
  assert.equal(await page.text(), '<h1>index</h1>\n')
  assert.deepEqual(await (await fetch(`${url}/api`, { headers })).json(), { api: true })
})

test('connect-history-api-fallback leaves missing files and other methods alone', async (t) => {
  const url = await serve(t, site())
  const headers = { accept: 'text/html' }
  assert.equal((await fetch(`${url}/absent.js`, { headers })).status, 404)
  assert.equal((await fetch(`${url}/some/page`, { method: 'POST', headers })).status, 404)
})
