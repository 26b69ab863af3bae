import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { RedisStore } from 'connect-redis'
import express from 'express'
import session from 'express-session'
import { createClient } from 'redis'
import { CookieJar } from './support/cookie-jar.cjs'
import { serve } from './support/serve.cjs'

declare module 'express-session' {
  interface SessionData {
    user: string
  }
}

/** A connected client, or the reason why there is none: these tests need a real Redis. */
async function connectRedis() {
  const client = createClient({
    socket: { host: '127.0.0.1', port: 6379, connectTimeout: 1000, reconnectStrategy: false },
  })
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (error) {
    return `no Redis answers on 127.0.0.1:6379 (${(error as Error).message})`
  }
}

async function redisSite(t: TestContext) {
  const client = await connectRedis()
  if (typeof client === 'string') {
    t.skip(client)
    return
  }
  const prefix = `nozomi-ecosystem:${randomUUID()}:`
  const app = express()
  app.set('env', 'test')
  const store = new RedisStore({ client, prefix })
  app.use(session({ store, resave: false, saveUninitialized: false, secret: 'keyboard cat' }))
  app.post('/login/:user', (req, res) => {
    req.session.user = req.params.user
    res.send('hello')
  })
  app.get('/', (req, res) => void res.json({ user: req.session.user ?? null }))
  app.post('/logout', (req, res, next) =>
    req.session.destroy((error) => (error ? next(error) : res.send('bye'))),
  )
  const url = await serve(t, app)
  t.after(async () => {
    if (client.isOpen) client.destroy()
    const cleaner = await client.duplicate().connect()
    for (const key of await cleaner.keys(`${prefix}*`)) await cleaner.del(key)
    cleaner.destroy()
  })
  return { client, prefix, url }
}

test('connect-redis keeps the session of express-session in Redis', async (t) => {
  const site = await redisSite(t)
  if (!site) return
  const { client, prefix, url } = site
  const jar = new CookieJar()
  jar.take(await fetch(`${url}/login/tobi`, { method: 'POST' }))
  const headers = { cookie: jar.field }
  assert.deepEqual(await (await fetch(url, { headers })).json(), { user: 'tobi' })
  const keys = await client.keys(`${prefix}*`)
  assert.equal(keys.length, 1)
  assert.equal(JSON.parse((await client.get(keys[0] as string)) as string).user, 'tobi')
  await fetch(`${url}/logout`, { method: 'POST', headers })
  assert.deepEqual(await (await fetch(url, { headers })).json(), { user: null })
  assert.deepEqual(await client.keys(`${prefix}*`), [])
})

test('a lost Redis connection becomes an error response', async (t) => {
  const site = await redisSite(t)
  if (!site) return
  const { client, url } = site
  const jar = new CookieJar()
  jar.take(await fetch(`${url}/login/tobi`, { method: 'POST' }))
  client.destroy()
  const response = await fetch(url, { headers: { cookie: jar.field } })
  assert.equal(response.status, 500)
  assert.match(await response.text(), /client is closed/i)
})
