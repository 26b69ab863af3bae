import assert from 'node:assert/strict'
import { test } from 'node:test'
import errorhandler = require('errorhandler')
import express = require('express')
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.get('/fail', () => {
    throw Object.assign(new Error('boom <b>'), { status: 418, extra: 'detail' })
  })
  app.get('/started', (_req, res, next) => {
    res.write('half')
    setTimeout(() => next(new Error('too late')), 20)
  })
  app.use(errorhandler({ log: false }))
  return app
}

test('errorhandler answers in the type that the client prefers', async (t) => {
  const url = await serve(t, site())
  const json = await fetch(`${url}/fail`, { headers: { accept: 'application/json' } })
  assert.equal(json.status, 418)
  assert.equal(json.headers.get('x-content-type-options'), 'nosniff')
  const { error } = (await json.json()) as { error: Record<string, string> }
  assert.equal(error.message, 'boom <b>')
  assert.equal(error.extra, 'detail')
  const html = await fetch(`${url}/fail`, { headers: { accept: 'text/html' } })
  assert.match(await html.text(), /Error: boom &lt;b&gt;/)
  const text = await fetch(`${url}/fail`, { headers: { accept: 'text/plain' } })
  assert.match(await text.text(), /^Error: boom <b>/)
})

test('errorhandler cuts the connection when the response has started', async (t) => {
  const url = await serve(t, site())
  const response = await fetch(`${url}/started`)
  await assert.rejects(response.text(), /terminated/)
})
