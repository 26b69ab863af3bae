import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it, type TestContext } from 'node:test'
import nozomi from 'nozomi'
import { createInspector } from '#dist/inspector/inspector.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { ask } from './asking.mjs'
import { FakeSource } from './fake-source.mjs'
import { serve, type ServingOptions } from './serving.mjs'

const TOKEN = 'correct-horse-battery-staple'
const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

for (const { name, framework } of FRAMEWORKS) {
  const open = async (t: TestContext, options: ServingOptions = {}) => {
    const serving = await serve({ on: framework, isProduction: true, token: TOKEN, ...options })
    t.after(() => serving.close())
    return serving
  }
  const logIn = async (page: string, token: string) =>
    ask(`${page}/login`, { method: 'POST', headers: FORM, body: new URLSearchParams({ token }).toString() })

  describe(`the token of the inspector, on ${name}`, () => {
    it('opens it from anywhere when a field brings it', async (t) => {
      const { page } = await open(t)
      const headers = { host: 'shop.example', 'x-forwarded-for': '203.0.113.9' }
      const bearer = (token: string) =>
        ask(`${page}/api/state`, { headers: { ...headers, authorization: `Bearer ${token}` } })
      assert.equal((await bearer(TOKEN)).status, 200)
      for (const wrong of [`${TOKEN}x`, TOKEN.slice(0, -1), TOKEN.toUpperCase(), '']) {
        const answer = await bearer(wrong)
        assert.equal(answer.status, 401, wrong)
        assert.match(String(answer.headers['www-authenticate']), /^Bearer/)
        assert.doesNotMatch(answer.text, /requests/)
      }
    })

    it('is asked for by a form, and the page is not shown without it', async (t) => {
      const { page } = await open(t)
      const answer = await ask(page)
      assert.equal(answer.status, 401)
      assert.match(answer.text, /<form method="post" action="\/_inspector\/login">/)
      assert.doesNotMatch(answer.text, /<script/)
      assert.match(
        String(answer.headers['content-security-policy']),
        /^default-src 'none'; style-src 'sha256-/,
      )
    })

    it('is not taken from the address, where logs would keep it', async (t) => {
      const { page } = await open(t)
      assert.equal((await ask(`${page}/api/state?token=${TOKEN}`)).status, 401)
      assert.equal((await ask(`${page}/login?token=${TOKEN}`)).status, 401)
    })

    it('becomes a cookie by the form, which scripts and other sites do not get', async (t) => {
      const { page, origin } = await open(t)
      const answer = await logIn(page, TOKEN)
      assert.equal(answer.status, 303)
      assert.equal(answer.headers.location, '/_inspector')
      const [cookie = ''] = answer.headers['set-cookie'] ?? []
      assert.match(cookie, /; Path=\/_inspector; Max-Age=43200; HttpOnly; SameSite=Strict$/)
      assert.ok(!cookie.includes(TOKEN))
      const headers = { cookie: `theme=dark; ${cookie.split(';')[0]}` }
      assert.equal((await ask(page, { headers })).status, 200)
      assert.equal((await ask(`${page}/api/state`, { headers })).status, 200)
      const foreign = { ...headers, origin: 'https://evil.example' }
      assert.equal((await ask(`${page}/api/state`, { headers: foreign })).status, 403)
      const own = { ...headers, origin }
      assert.equal((await ask(`${page}/api/state`, { headers: own })).status, 200)
    })

    it('is asked for again when it was wrong, or when the form is none', async (t) => {
      const { page } = await open(t)
      const wrong = await logIn(page, 'something-else-entirely')
      assert.equal(wrong.status, 401)
      assert.match(wrong.text, /That is not the token/)
      assert.equal(wrong.headers['set-cookie'], undefined)
      const none = await ask(`${page}/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      })
      assert.equal(none.status, 401)
      const huge = await ask(`${page}/login`, {
        method: 'POST',
        headers: FORM,
        body: `token=${'x'.repeat(9000)}`,
      })
      assert.equal(huge.status, 400)
    })

    it('is taken from a form that was parsed before', async (t) => {
      const { page } = await open(t, { before: (app) => app.use(nozomi.urlencoded()) })
      assert.equal((await logIn(page, TOKEN)).status, 303)
      assert.equal((await logIn(page, 'something-else-entirely')).status, 401)
    })

    it('signs the cookie: neither a forged nor an old one opens it', async (t) => {
      const { page } = await open(t)
      const inAnHour = Math.floor(Date.now() / 1000) + 3600
      const anHourAgo = inAnHour - 7200
      const cookie = (ends: number, key: string) =>
        `nozomi-inspector=${ends}.${createHmac('sha256', key).update(`nozomi inspector until ${ends}`).digest('base64url')}`
      const statusOf = async (value: string) =>
        (await ask(`${page}/api/state`, { headers: { cookie: value } })).status
      assert.equal(await statusOf(cookie(inAnHour, TOKEN)), 200)
      assert.equal(await statusOf(cookie(anHourAgo, TOKEN)), 401)
      assert.equal(await statusOf(cookie(inAnHour, 'another-token-of-length')), 401)
      assert.equal(
        await statusOf(cookie(inAnHour, TOKEN).replace(String(inAnHour), String(inAnHour + 1))),
        401,
      )
      assert.equal(await statusOf(`nozomi-inspector=${TOKEN}`), 401)
    })

    it('guards it in development, too', async (t) => {
      const { page } = await open(t, { isProduction: false })
      assert.equal((await ask(`${page}/api/state`)).status, 401)
    })
  })
}

describe('the cookie of the inspector', () => {
  it('is for HTTPS alone when it was set over HTTPS', async () => {
    const app = nozomi()
    const inspector = createInspector(new FakeSource(), { isProduction: true, token: TOKEN })
    assert.ok(inspector)
    app.use(inspector.middleware)
    const answer = await app.inject({
      method: 'POST',
      url: 'https://shop.example/_inspector/login',
      body: new URLSearchParams({ token: TOKEN }),
    })
    assert.equal(answer.status, 303)
    assert.match(String(answer.headers['set-cookie']), /; Secure$/)
  })
})
