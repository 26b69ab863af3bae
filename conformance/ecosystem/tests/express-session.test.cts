import assert from 'node:assert/strict'
import { test } from 'node:test'
import express = require('express')
import session = require('express-session')
import parseurl = require('parseurl')
import { CookieJar } from './support/cookie-jar.cjs'
import { serve } from './support/serve.cjs'

declare module 'express-session' {
  interface SessionData {
    views: Record<string, number>
  }
}

/** The example of the README: a counter of views for each path. */
function site(options: Partial<session.SessionOptions> = {}) {
  const app = express()
  app.set('env', 'test')
  app.use(session({ secret: 'keyboard cat', resave: false, saveUninitialized: true, ...options }))
  app.use((req, _res, next) => {
    const views = (req.session.views ||= {})
    const pathname = parseurl(req)?.pathname ?? ''
    views[pathname] = (views[pathname] || 0) + 1
    next()
  })
  app.get('/foo', (req, res) => void res.send(`you viewed this page ${req.session.views?.['/foo']} times`))
  app.get(
    '/bar',
    (req, res) => void res.json({ views: req.session.views, id: req.sessionID === req.session.id }),
  )
  app.get('/logout', (req, res, next) => {
    req.session.destroy((error) => (error ? next(error) : res.send('bye')))
  })
  return app
}

test('express-session counts views in the memory store', async (t) => {
  const url = await serve(t, site())
  const jar = new CookieJar()
  const first = await fetch(`${url}/foo`)
  assert.equal(await first.text(), 'you viewed this page 1 times')
  assert.match(first.headers.getSetCookie()[0] ?? '', /^connect\.sid=s%3A.+; Path=\/; HttpOnly$/)
  jar.take(first)
  const headers = { cookie: jar.field }
  const second = await fetch(`${url}/foo`, { headers })
  assert.equal(await second.text(), 'you viewed this page 2 times')
  assert.deepEqual(second.headers.getSetCookie(), [])
  const bar = await fetch(`${url}/bar`, { headers })
  assert.deepEqual(await bar.json(), { views: { '/foo': 2, '/bar': 1 }, id: true })
})

test('the response ends only after the store has saved the session', async (t) => {
  const store = new session.MemoryStore()
  const save = store.set.bind(store)
  let saved = false
  store.set = (id, data, callback) => {
    setTimeout(() => {
      saved = true
      save(id, data, callback)
    }, 50)
  }
  const url = await serve(t, site({ store }))
  const response = await fetch(`${url}/foo`)
  assert.equal(await response.text(), 'you viewed this page 1 times')
  assert.equal(saved, true)
})

test('a destroyed session starts anew', async (t) => {
  const url = await serve(t, site())
  const jar = new CookieJar()
  jar.take(await fetch(`${url}/foo`))
  const headers = { cookie: jar.field }
  assert.equal(await (await fetch(`${url}/logout`, { headers })).text(), 'bye')
  assert.equal(await (await fetch(`${url}/foo`, { headers })).text(), 'you viewed this page 1 times')
})

test('a store that fails gives the error handler its error', async (t) => {
  const store = new session.MemoryStore()
  store.get = (_id, callback) => callback(new Error('store is down'))
  const url = await serve(t, site({ store }))
  const jar = new CookieJar()
  jar.take(await fetch(`${url}/foo`))
  const response = await fetch(`${url}/foo`, { headers: { cookie: jar.field } })
  assert.equal(response.status, 500)
  assert.match(await response.text(), /store is down/)
})
