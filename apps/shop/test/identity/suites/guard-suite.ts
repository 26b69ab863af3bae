import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { assertProblem } from '../../catalogue/products.js'
import type { IdentityShop } from '../describe-identity.js'
import { AUTH, newPerson, signIn, USERS } from '../people.js'
import { Visitor } from '../visitor.js'

const FRIEND = 'https://admin.example'

/** The variables that these tests need. */
export const GUARD_VARIABLES = { CORS_ORIGINS: `${FRIEND}, http://localhost:8080`, RATE_LIMIT: '20' }

/** What stands before all routes. */
export function describeGuards(shop: () => IdentityShop): void {
  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Visitor(shop().ask).ask(path, { method, headers })

  describe('pages of other sites (CORS)', () => {
    it('of the list may use the API, with cookies, and read its fields', async () => {
      for (const origin of [FRIEND, 'http://localhost:8080']) {
        const { status, headers } = await ask('/api/v1/products', { Origin: origin })
        assert.equal(status, 200)
        assert.equal(headers.get('access-control-allow-origin'), origin)
        assert.equal(headers.get('access-control-allow-credentials'), 'true')
        assert.match(headers.get('access-control-expose-headers') ?? '', /ETag.*Retry-After/)
        assert.match(headers.get('vary') ?? '', /Origin/)
      }
    })

    it('of the list are told what they may send', async () => {
      const asking = {
        Origin: FRIEND,
        'Access-Control-Request-Method': 'PATCH',
        'Access-Control-Request-Headers': 'authorization,if-match',
      }
      const { status, headers } = await ask('/api/v1/products/1', asking, 'OPTIONS')
      assert.equal(status, 204)
      assert.match(headers.get('access-control-allow-methods') ?? '', /PATCH/)
      assert.equal(headers.get('access-control-allow-headers'), 'authorization,if-match')
      assert.equal(headers.get('access-control-max-age'), '600')
    })

    it('that are not on the list get no word of it', async () => {
      for (const origin of [
        'https://evil.example',
        `${FRIEND}.evil.example`,
        'http://admin.example',
        'null',
      ]) {
        const read = await ask('/api/v1/products', { Origin: origin })
        const preflight = await ask(
          '/api/v1/products',
          { Origin: origin, 'Access-Control-Request-Method': 'POST' },
          'OPTIONS',
        )
        for (const { headers } of [read, preflight]) {
          assert.deepEqual(
            [...headers.keys()].filter((name) => name.startsWith('access-control')),
            [],
          )
          assert.match(headers.get('vary') ?? '', /Origin/)
        }
      }
    })

    it('of the list may write; others may not, whatever they send', async () => {
      const person = await newPerson(shop())
      const { email, password, visitor } = person
      const friendly = await visitor.post(`${AUTH}/login`, { email, password }, { Origin: FRIEND })
      assert.equal(friendly.status, 200)
      const hostile = await visitor.post(
        `${AUTH}/login`,
        { email, password },
        { Origin: 'https://evil.example' },
      )
      assertProblem(hostile, 403, 'forged-request')
    })

    it('leave OPTIONS that is no preflight to the routes', async () => {
      const { status, headers } = await ask('/api/v1/products', { Origin: FRIEND }, 'OPTIONS')
      assert.deepEqual([status, headers.get('allow')], [204, 'GET, HEAD, OPTIONS, POST'])
    })
  })

  describe('the limit of requests', () => {
    it('is counted for each address, and says when to come back', async () => {
      const visitor = new Visitor(shop().ask)
      for (let i = 0; i < 20; i++) {
        const { status, headers } = await visitor.ask('/api/v1/categories')
        assert.equal(status, 200)
        assert.match(headers.get('ratelimit') ?? '', new RegExp(`remaining=${19 - i}\\b`))
      }
      const refused = await visitor.ask('/api/v2/products')
      assertProblem(refused, 429, 'too-many-requests')
      const wait = Number(refused.headers.get('retry-after'))
      assert.ok(wait > 0 && wait <= 60, String(wait))
      assert.equal((await visitor.ask('/')).status, 200, 'the page is not the API')
      assert.equal((await ask('/api/v1/categories')).status, 200, 'others are not concerned')
    })

    it('counts the whole network of an IPv6 address', async () => {
      const from = (address: string) => ask('/api/v1/categories', { 'X-Forwarded-For': address })
      for (let i = 0; i < 20; i++) assert.equal((await from(`2001:db8:77:${i}::${i}`)).status, 200)
      assert.equal((await from('2001:db8:77:ff::1')).status, 429)
      assert.equal((await from('2001:db8:7700::1')).status, 200)
    })

    it('believes the address that the nearest proxy saw, and nothing before it', async () => {
      const visitor = new Visitor(shop().ask)
      for (let i = 0; i < 20; i++) {
        await visitor.ask('/api/v1/categories', {
          headers: { 'X-Forwarded-For': `192.0.2.${i}, ${visitor.address}` },
        })
      }
      assert.equal((await visitor.ask('/api/v1/categories')).status, 429)
    })
  })

  describe('the security headers', () => {
    it('of the page let it run its own scripts and styles and nothing else', async () => {
      const { headers } = await ask('/')
      const policy = headers.get('content-security-policy') ?? ''
      for (const part of [
        "default-src 'none'",
        "script-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
      ])
        assert.ok(policy.includes(part), policy)
      assert.ok(!/unsafe|\*|https?:/.test(policy), policy)
      assert.equal(headers.get('x-frame-options'), 'DENY')
    })

    it('of the API let nothing run at all, also in what is refused', async () => {
      for (const path of ['/api/v1/products', `${USERS}/me`, '/api/v1/nothing']) {
        const { headers } = await ask(path)
        assert.equal(headers.get('content-security-policy'), "default-src 'none';frame-ancestors 'none'")
        assert.equal(headers.get('x-content-type-options'), 'nosniff')
        assert.equal(headers.get('referrer-policy'), 'no-referrer')
        assert.equal(headers.get('x-powered-by'), null)
      }
    })

    it('do not let a token be stored anywhere', async () => {
      const person = await newPerson(shop())
      assert.equal((await signIn(person)).headers.get('cache-control'), 'no-store')
    })
  })
}
