import assert from 'node:assert/strict'
import { test } from 'node:test'
import cookieSession = require('cookie-session')
import express = require('express')
import { CookieJar } from './support/cookie-jar.cjs'
import { serve } from './support/serve.cjs'

// Not @types/cookie-session: it declares another req.session than @types/express-session does.
interface Sessioned {
  session: { views?: number } | null
}

function site() {
  const app = express()
  app.set('trust proxy', 1)
  app.use(cookieSession({ name: 'session', keys: ['key1', 'key2'] }))
  app.get('/', (req, res) => {
    const { session } = req as unknown as Sessioned
    if (session) session.views = (session.views || 0) + 1
    res.end(`${session?.views} views`)
  })
  app.get('/logout', (req, res) => {
    ;(req as unknown as Sessioned).session = null
    res.end('bye')
  })
  return app
}

test('cookie-session keeps a counter in the cookie', async (t) => {
  const url = await serve(t, site())
  const jar = new CookieJar()
  const first = await fetch(url)
  assert.equal(await first.text(), '1 views')
  assert.match(first.headers.getSetCookie()[0] ?? '', /^session=.+; path=\/; httponly/)
  jar.take(first)
  const second = await fetch(url, { headers: { cookie: jar.field } })
  assert.equal(await second.text(), '2 views')
})

test('cookie-session starts anew when the signature does not fit', async (t) => {
  const url = await serve(t, site())
  const jar = new CookieJar()
  jar.take(await fetch(url))
  jar.set('session.sig', 'x'.repeat(27))
  const response = await fetch(url, { headers: { cookie: jar.field } })
  assert.equal(await response.text(), '1 views')
})

test('cookie-session expires the cookie when the session is set to null', async (t) => {
  const url = await serve(t, site())
  const jar = new CookieJar()
  jar.take(await fetch(url))
  const response = await fetch(`${url}/logout`, { headers: { cookie: jar.field } })
  assert.match(response.headers.getSetCookie()[0] ?? '', /^session=; path=\/; expires=Thu, 01 Jan 1970/)
})
