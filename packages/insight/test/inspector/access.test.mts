import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it, type TestContext } from 'node:test'
import nozomi from 'nozomi'
import { createInspector } from '#dist/inspector/inspector.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { ask } from './asking.mjs'
import { FakeSource } from './fake-source.mjs'
import { serve, type ServingOptions } from './serving.mjs'

for (const { name, framework } of FRAMEWORKS) {
  const open = async (t: TestContext, options: ServingOptions = {}) => {
    const serving = await serve({ on: framework, ...options })
    t.after(() => serving.close())
    return serving
  }

  describe(`who may open the inspector, on ${name}`, () => {
    it('shows the page to a client on this machine', async (t) => {
      const { page, origin } = await open(t)
      for (const address of [page, `${page}/`, page.replace('localhost', '127.0.0.1')]) {
        const answer = await ask(address)
        assert.equal(answer.status, 200)
        assert.match(String(answer.headers['content-type']), /^text\/html/)
      }
      assert.deepEqual((await ask(`${origin}/hello`)).json(), { hello: 'world' })
      assert.equal((await ask(`${origin}/_inspectors`)).status, 404)
    })

    it('lets nothing run or load but what the page was built with', async (t) => {
      const { page } = await open(t)
      const { headers, text } = await ask(page)
      const policy = String(headers['content-security-policy'])
      for (const tag of ['script', 'style']) {
        const inside = new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(text)?.[1] ?? ''
        assert.ok(inside.length > 1000, `there is a ${tag}`)
        const hash = createHash('sha256').update(inside).digest('base64')
        assert.ok(policy.includes(`${tag}-src 'sha256-${hash}'`), policy)
      }
      assert.match(policy, /^default-src 'none';/)
      assert.doesNotMatch(policy, /unsafe|\*|https?:/)
      assert.doesNotMatch(text, /\son[a-z]+=|(?:src|href)="(?:https?:)?\/\//)
      assert.equal(headers['x-frame-options'], 'DENY')
      assert.equal(headers['cache-control'], 'no-store, no-transform')
      assert.ok(text.length < 60_000, `it has ${text.length} characters`)
    })

    it('answers 403 to names that are not of this machine, which may be pointed to it', async (t) => {
      const { page } = await open(t)
      for (const host of [
        'evil.example',
        'localhost.evil.example',
        '127.0.0.1.evil.example:3000',
        '10.0.0.7',
        '[::2]',
      ]) {
        const answer = await ask(`${page}/api/state`, { headers: { host } })
        assert.equal(answer.status, 403, host)
        assert.match(String((answer.json() as { error: string }).error), /localhost only/)
      }
      // Turbo does not let this one come so far.
      const odd = await ask(`${page}/api/state`, { headers: { host: 'localhost@evil.example' } })
      assert.ok([400, 403].includes(odd.status), String(odd.status))
      for (const host of ['localhost', 'LOCALHOST:80', 'shop.localhost:3000', '127.0.0.1:1', '[::1]:3000']) {
        assert.equal((await ask(`${page}/api/state`, { headers: { host } })).status, 200, host)
      }
    })

    it('answers 403 to clients elsewhere, and says what to do', async () => {
      const app = framework()
      const inspector = createInspector(new FakeSource(), { isProduction: false })
      assert.ok(inspector)
      app.use(inspector.middleware)
      const far = await nozomi.inject(app, { url: '/_inspector/api/state', remoteAddress: '192.0.2.7' })
      assert.equal(far.status, 403)
      assert.match(far.text(), /for clients on this machine only.*token/)
      for (const remoteAddress of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
        const near = await nozomi.inject(app, { url: '/_inspector/api/state', remoteAddress })
        assert.equal(near.status, 200, remoteAddress)
      }
    })

    it('answers 403 to what came through a proxy', async (t) => {
      const { page } = await open(t)
      for (const field of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip']) {
        const answer = await ask(page, { headers: { [field]: '203.0.113.9' } })
        assert.equal(answer.status, 403, field)
        assert.ok(answer.text.includes(field))
      }
    })

    it('answers 403 to pages of other origins, and allows none, whatever ran before', async (t) => {
      const { page, origin } = await open(t, {
        before: (app) =>
          app.use((_req, res, next) => {
            res.set('Access-Control-Allow-Origin', '*')
            next()
          }),
      })
      const foreign: Record<string, string>[] = [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' },
        { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' },
      ]
      for (const headers of foreign) {
        assert.equal((await ask(`${page}/api/state`, { headers })).status, 403)
      }
      const own = await ask(`${page}/api/state`, { headers: { origin, 'sec-fetch-site': 'same-origin' } })
      assert.equal(own.status, 200)
      assert.equal(own.headers['access-control-allow-origin'], undefined)
    })

    it('lets a link on another page lead to it', async (t) => {
      const { page } = await open(t)
      const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }
      assert.equal((await ask(page, { headers })).status, 200)
      assert.equal((await ask(page, { headers: { ...headers, 'sec-fetch-mode': 'no-cors' } })).status, 403)
    })

    it('takes GET and HEAD alone', async (t) => {
      const { page } = await open(t)
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
        const answer = await ask(`${page}/api/state`, { method })
        assert.equal(answer.status, 405, method)
        assert.equal(answer.headers.allow, 'GET, HEAD')
      }
      const head = await ask(page, { method: 'HEAD' })
      assert.equal(head.status, 200)
      assert.equal(head.text, '')
      assert.ok(Number(head.headers['content-length']) > 1000)
    })

    it('is not there in production without a token: the path is a 404 like any other', async (t) => {
      const { origin, page } = await open(t, { isProduction: true })
      const [here, elsewhere] = await Promise.all([ask(page), ask(`${origin}/_elsewhere`)])
      assert.equal(here.status, 404)
      assert.equal(here.text.replace('_inspector', '_elsewhere'), elsewhere.text)
    })

    it('stands below the path it is used at, and where it is told to', async (t) => {
      const { origin, page } = await open(t, { mount: '/internal', path: '/look' })
      assert.equal(page, `${origin}/internal/look`)
      assert.equal((await ask(page)).status, 200)
      assert.equal((await ask(`${page}/api/state`)).status, 200)
      assert.equal((await ask(`${origin}/look`)).status, 404)
    })
  })
}

describe('a token that is too short', () => {
  it('is not used, and a warning says so', async () => {
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve))
    const inspector = createInspector(new FakeSource(), { isProduction: true, token: 'secret' })
    assert.equal(inspector, null)
    assert.match((await warned).message, /has 6 characters.*16 or more/)
  })
})
