import assert from 'node:assert/strict'
import { test } from 'node:test'
import express from 'express'
import { engine } from 'express-handlebars'
import { fixture } from './support/fixtures.cjs'
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.set('env', 'test')
  const helpers = {
    shout: (text: string) => text.toUpperCase(),
    explode: () => {
      throw new Error('helper exploded')
    },
  }
  app.engine('handlebars', engine({ helpers }))
  app.set('view engine', 'handlebars')
  app.set('views', fixture('handlebars'))
  app.get('/', (_req, res) => res.render('users', { title: 'users', users: ['tobi', '<loki>'] }))
  app.get('/bare', (_req, res) => res.render('users', { layout: false, title: 'users', users: [] }))
  app.get('/broken', (_req, res) => res.render('broken'))
  return app
}

test('express-handlebars renders layout, partials and helpers', async (t) => {
  const url = await serve(t, site())
  const page = await fetch(url)
  assert.equal(await page.text(), '<main><h1>USERS</h1><ul><li>tobi</li><li>&lt;loki&gt;</li></ul></main>')
  const bare = await fetch(`${url}/bare`)
  assert.equal(await bare.text(), '<h1>USERS</h1><ul></ul>')
})

test("a helper's error becomes an error response", async (t) => {
  const response = await fetch(`${await serve(t, site())}/broken`)
  assert.equal(response.status, 500)
  assert.match(await response.text(), /helper exploded/)
})
