import assert from 'node:assert/strict'
import { test } from 'node:test'
import cookieParser from 'cookie-parser'
import { doubleCsrf } from 'csrf-csrf'
import express from 'express'
import { CookieJar } from './support/cookie-jar.cjs'
import { serve } from './support/serve.cjs'

function site() {
  const { generateCsrfToken, doubleCsrfProtection } = doubleCsrf({
    getSecret: () => 'a cryptographically pseudorandom secret',
    getSessionIdentifier: (req) => req.ip ?? '',
    cookieName: 'psifi.x-csrf-token',
    cookieOptions: { secure: false },
  })
  const app = express()
  app.use(cookieParser())
  app.get('/csrf-token', (req, res) => void res.json({ csrfToken: generateCsrfToken(req, res) }))
  app.use(doubleCsrfProtection)
  app.post('/transfer', (_req, res) => void res.json({ done: true }))
  app.get('/again', (req, res) => void res.json({ csrfToken: req.csrfToken?.() }))
  return app
}

test('csrf-csrf lets a POST pass that carries the token of its cookie', async (t) => {
  const url = await serve(t, site())
  const jar = new CookieJar()
  const issued = await fetch(`${url}/csrf-token`)
  jar.take(issued)
  const { csrfToken } = (await issued.json()) as { csrfToken: string }
  const headers = { cookie: jar.field, 'x-csrf-token': csrfToken }
  const response = await fetch(`${url}/transfer`, { method: 'POST', headers })
  assert.equal(response.status, 200)
  assert.deepEqual(await response.json(), { done: true })
  const again = await fetch(`${url}/again`, { headers })
  assert.deepEqual(await again.json(), { csrfToken })
})

test('csrf-csrf refuses a POST without the token or with a made-up one', async (t) => {
  const url = await serve(t, site())
  const jar = new CookieJar()
  jar.take(await fetch(`${url}/csrf-token`))
  const cookie = jar.field
  const attempts: Record<string, string>[] = [{ cookie }, { cookie, 'x-csrf-token': 'made.up' }]
  for (const headers of attempts) {
    const response = await fetch(`${url}/transfer`, { method: 'POST', headers })
    assert.equal(response.status, 403)
    assert.match(await response.text(), /invalid csrf token/)
  }
})
