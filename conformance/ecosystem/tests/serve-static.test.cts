import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import serveStatic = require('serve-static')
import { exchange } from './support/exchange.cjs'
import { fixture } from './support/fixtures.cjs'
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.use(
    '/files',
    serveStatic(fixture('public'), {
      index: ['index.html'],
      maxAge: '1d',
      setHeaders: (res, path) => {
        if (path.endsWith('.txt')) res.setHeader('X-Kind', 'text')
      },
    }),
  )
  app.use((_req, res) => void res.status(404).send('not here'))
  return app
}

test('the standalone serve-static serves files, index and ranges below a mount path', async (t) => {
  const url = await serve(t, site())
  const file = await exchange(`${url}/files/notes.txt`)
  assert.equal(file.text, 'a plain text file\n')
  assert.equal(file.headers['cache-control'], 'public, max-age=86400')
  assert.equal(file.headers['x-kind'], 'text')
  const part = await exchange(`${url}/files/notes.txt`, { headers: { range: 'bytes=2-6' } })
  assert.equal(part.status, 206)
  assert.equal(part.text, 'plain')
  const index = await exchange(`${url}/files/`)
  assert.equal(index.text, '<h1>index</h1>\n')
})

test('serve-static answers 304 to the entity tag it gave', async (t) => {
  const url = await serve(t, site())
  const first = await exchange(`${url}/files/notes.txt`)
  const headers = { 'if-none-match': first.headers.etag as string }
  const second = await exchange(`${url}/files/notes.txt`, { headers })
  assert.equal(second.status, 304)
  assert.equal(second.body.length, 0)
})

test('serve-static redirects a folder with its mount path and passes on what is missing', async (t) => {
  const url = await serve(t, site())
  const folder = await exchange(`${url}/files/docs`)
  assert.equal(folder.status, 301)
  assert.equal(folder.headers.location, '/files/docs/')
  const missing = await exchange(`${url}/files/absent.txt`)
  assert.equal(missing.status, 404)
  assert.equal(missing.text, 'not here')
  const outside = await exchange(`${url}/files/%2e%2e/ejs/users.ejs`)
  assert.equal(outside.status, 404)
})
