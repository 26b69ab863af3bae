import assert from 'node:assert/strict'
import { test } from 'node:test'
import cookieParser = require('cookie-parser')
import express = require('express')
import { CookieJar } from './support/cookie-jar.cjs'
import { serve } from './support/serve.cjs'

function site() {
  const app = express()
  app.use(cookieParser('keyboard cat'))
  app.get('/set', (_req, res) => {
    res.cookie('plain', 'a b')
    res.cookie('cart', { items: [1, 2] })
    res.cookie('user', 'tobi', { signed: true, httpOnly: true })
    res.send('set')
  })
  app.get('/', (req, res) => void res.json({ cookies: req.cookies, signed: req.signedCookies }))
  return app
}

test('cookie-parser reads plain, JSON and signed cookies that res.cookie set', async (t) => {
  const url = await serve(t, site())
  const jar = new CookieJar()
  jar.take(await fetch(`${url}/set`))
  assert.match(jar.get('user') ?? '', /^s%3Atobi\./)
  const response = await fetch(url, { headers: { cookie: jar.field } })
  assert.deepEqual(await response.json(), {
    cookies: { plain: 'a b', cart: { items: [1, 2] } },
    signed: { user: 'tobi' },
  })
})

test('a signed cookie that was tampered with is false', async (t) => {
  const url = await serve(t, site())
  const jar = new CookieJar()
  jar.take(await fetch(`${url}/set`))
  jar.set('user', (jar.get('user') ?? '').replace('tobi', 'loki'))
  const response = await fetch(url, { headers: { cookie: jar.field } })
  const { signed } = (await response.json()) as { signed: unknown }
  assert.deepEqual(signed, { user: false })
})

test('res.cookie({ signed: true }) without a secret is an error that says so', async (t) => {
  const app = express()
  app.use(cookieParser())
  app.get('/', (_req, res) => void res.cookie('user', 'tobi', { signed: true }).end())
  app.set('env', 'test')
  const response = await fetch(await serve(t, app))
  assert.equal(response.status, 500)
  assert.match(await response.text(), /cookieParser\(&quot;secret&quot;\) required for signed cookies/)
})
