import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ShopProcess } from '../support/shop-process.js'
import type { Framework } from '../support/test-shop.js'
import { SECRETS } from './describe-identity.js'

/** The process that `NODE_ENV=production` starts: what it asks for, and what it lets nobody do. */
export function describeProduction(framework: Framework): void {
  const isOnExpress = framework === 'express'

  describe(`a shop in production on ${framework}`, () => {
    const variables = { NODE_ENV: 'production', DATABASE_URL: 'memory:', SAMPLE_DATA: 'off', ...SECRETS }

    it('does not start without its secrets, and names them', async () => {
      const { TOKEN_SECRET: _left, ...others } = variables
      const shop = new ShopProcess(others, isOnExpress)
      assert.equal(await shop.exitCode(), 1)
      assert.match(shop.output, /can not start: TOKEN_SECRET is missing/)
      assert.doesNotMatch(shop.output, /\bat .*\.js/)
    })

    it('has the first admin, no sample accounts, and cookies for https only', async () => {
      const admin = { email: 'boss@example.com', password: 'eleven grey herons' }
      const owner = { TRUST_PROXY: 'loopback', ADMIN_EMAIL: admin.email, ADMIN_PASSWORD: admin.password }
      const shop = new ShopProcess({ ...variables, ...owner }, isOnExpress)
      const ask = await shop.ready()
      const post = (path: string, json: unknown, headers: Record<string, string> = {}) =>
        ask(`/api/v1/auth/${path}`, { method: 'POST', json, headers })
      const sample = { email: 'admin@shop.example', password: 'shop-admin-demo' }
      assert.equal((await post('login', sample)).status, 401)
      assert.deepEqual((await ask('/api/v1/auth/providers')).json, { items: [], demoAccounts: [] })
      const signedIn = await post('login', admin)
      assert.deepEqual(signedIn.json.user.roles, ['admin'])
      assert.match(signedIn.headers.get('set-cookie') ?? '', /shop\.refresh=.*; Secure/)
      const plain = await post('session', admin)
      assert.deepEqual([plain.status, plain.json.code], [403, 'https-required'])
      assert.equal(plain.headers.get('set-cookie'), null)
      const session = await post('session', admin, { 'X-Forwarded-Proto': 'https' })
      assert.equal(session.status, 200, session.text)
      assert.match(session.headers.get('set-cookie') ?? '', /__Host-shop\.session=[^;]+; Path=\/; .*Secure/)
      assert.match(
        session.headers.get('set-cookie') ?? '',
        /__Host-shop\.csrf=[^;]+; Path=\/; HttpOnly; Secure/,
      )
      assert.equal(await shop.stop(), 0)
    })
  })
}
