import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import { fixture } from './support/fixtures.cjs'
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.set('env', 'test')
  app.set('views', fixture('ejs'))
  app.set('view engine', 'ejs')
  app.set('title', 'a setting')
  app.get('/', (_req, res) => void res.render('users', { users: ['tobi', '<loki>'] }))
  app.get('/broken', (_req, res) => void res.render('broken', { missing: undefined }))
  app.get('/absent', (_req, res) => void res.render('absent'))
  return app
}

test('ejs renders a view with an included one, by the view engine setting alone', async (t) => {
  const response = await fetch(await serve(t, site()))
  assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8')
  const html = (await response.text()).replaceAll('\n', '')
  assert.equal(html, '<ul><li>tobi</li><li>&lt;loki&gt;</li></ul><p>a setting</p>')
})

test("an error in an ejs template names the template's line", async (t) => {
  const response = await fetch(`${await serve(t, site())}/broken`)
  assert.equal(response.status, 500)
  assert.match(await response.text(), /broken\.ejs:1/)
})

test('a view that does not exist is an error that names the folder', async (t) => {
  const response = await fetch(`${await serve(t, site())}/absent`)
  assert.equal(response.status, 500)
  assert.match(await response.text(), /Failed to lookup view &quot;absent&quot; in views directory/)
})
