import assert from 'node:assert/strict'
import { test } from 'node:test'
import flash = require('connect-flash')
import cookieParser = require('cookie-parser')
import express = require('express')
import session = require('express-session')
import { CookieJar } from './support/cookie-jar.cjs'
import { serve } from './support/serve.cjs'

test('connect-flash gives a message once, to the next request of the session', async (t) => {
  const app = express()
  app.use(cookieParser('keyboard cat'))
  app.use(
    session({ secret: 'keyboard cat', resave: false, saveUninitialized: true, cookie: { maxAge: 60000 } }),
  )
  app.use(flash())
  app.get('/flash', (req, res) => {
    req.flash('info', 'Flash is back!')
    res.redirect('/')
  })
  app.get('/', (req, res) => void res.json(req.flash('info')))
  const url = await serve(t, app)
  const jar = new CookieJar()
  const redirect = await fetch(`${url}/flash`, { redirect: 'manual' })
  assert.equal(redirect.status, 302)
  jar.take(redirect)
  const headers = { cookie: jar.field }
  assert.deepEqual(await (await fetch(url, { headers })).json(), ['Flash is back!'])
  assert.deepEqual(await (await fetch(url, { headers })).json(), [])
})

test('connect-flash without a session is an error that says so', async (t) => {
  const app = express()
  app.set('env', 'test')
  app.use(flash())
  app.get('/', (req, res) => void res.json(req.flash('info')))
  const response = await fetch(await serve(t, app))
  assert.equal(response.status, 500)
  assert.match(await response.text(), /req\.flash\(\) requires sessions/)
})
