import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import serveIndex = require('serve-index')
import { fixture } from './support/fixtures.cjs'
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.use(
    '/ftp',
    express.static(fixture('public'), { index: false }),
    serveIndex(fixture('public'), { icons: true }),
  )
  return app
}

test('serve-index lists a folder as HTML, JSON or text, links below the mount path', async (t) => {
  const url = await serve(t, site())
  const html = await fetch(`${url}/ftp/`, { headers: { accept: 'text/html' } })
  assert.match(await html.text(), /<a href="\/ftp\/docs" class="icon icon-directory" title="docs">/)
  const json = await fetch(`${url}/ftp/docs/`, { headers: { accept: 'application/json' } })
  assert.deepEqual(await json.json(), ['guide.txt'])
  const file = await fetch(`${url}/ftp/docs/guide.txt`)
  assert.equal(await file.text(), 'guide\n')
})

test('serve-index refuses what it cannot list', async (t) => {
  const url = await serve(t, site())
  const post = await fetch(`${url}/ftp/`, { method: 'POST' })
  assert.equal(post.status, 405)
  assert.equal(post.headers.get('allow'), 'GET, HEAD, OPTIONS')
  const missing = await fetch(`${url}/ftp/absent/`)
  assert.equal(missing.status, 404)
  const unknown = await fetch(`${url}/ftp/`, { headers: { accept: 'image/png' } })
  assert.equal(unknown.status, 406)
})
