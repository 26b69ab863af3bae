import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import hbs = require('hbs')
import { fixture } from './support/fixtures.cjs'
import { serve } from './support/serve.cjs'

async function site() {
  const instance = hbs.create()
  await new Promise<void>((done) => instance.registerPartials(fixture('hbs', 'partials'), () => done()))
  instance.registerHelper('shout', (text: string) => text.toUpperCase())
  const app = express()
  app.set('env', 'test')
  app.set('view engine', 'hbs')
  app.engine('hbs', instance.__express)
  app.set('views', fixture('hbs'))
  app.get('/', (_req, res) => void res.render('users', { title: 'users', users: ['tobi'] }))
  app.get('/broken', (_req, res) => void res.render('broken'))
  return app
}

test('hbs renders layout, partials and helpers', async (t) => {
  const response = await fetch(await serve(t, await site()))
  assert.equal(await response.text(), '<main><h1>USERS</h1><ul><li>tobi</li></ul></main>')
})

test('an hbs template that does not parse becomes an error response', async (t) => {
  const response = await fetch(`${await serve(t, await site())}/broken`)
  assert.equal(response.status, 500)
  assert.match(await response.text(), /Parse error/)
})
