import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import { fixture } from './support/fixtures.cjs'
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.set('env', 'test')
  app.set('view engine', 'pug')
  app.set('views', fixture('pug'))
  app.locals.title = 'Users'
  app.get('/', (_req, res) => {
    res.locals.users = ['tobi', 'loki']
    res.render('users')
  })
  app.get('/broken', (_req, res, next) => {
    res.render('broken', { missing: null }, (error, html) => (error ? next(error) : res.send(html)))
  })
  return app
}

test('pug renders with app.locals, res.locals and a layout', async (t) => {
  const response = await fetch(await serve(t, site()))
  assert.equal(
    await response.text(),
    '<!DOCTYPE html><html><head><title>Users</title></head><body><li>tobi</li><li>loki</li></body></html>',
  )
})

test("pug's error reaches the callback of res.render", async (t) => {
  const response = await fetch(`${await serve(t, site())}/broken`)
  assert.equal(response.status, 500)
  assert.match(await response.text(), /broken\.pug:1/)
})
