import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { AUTH, USERS, bearer } from '../identity/people.js'
import { Visitor } from '../identity/visitor.js'
import { clientOf } from '../support/client.js'
import { ShopProcess } from '../support/shop-process.js'
import type { Framework } from '../support/test-shop.js'
import { freePort, Nginx, nginxIsMissing, opensslIsMissing } from './nginx.js'

const ADMIN = { email: 'first@shop.example', password: 'seven brown herons' }

const PRODUCTION = {
  NODE_ENV: 'production',
  TOKEN_SECRET: 'x'.repeat(64),
  SESSION_SECRET: 'y'.repeat(64),
  ADMIN_EMAIL: ADMIN.email,
  ADMIN_PASSWORD: ADMIN.password,
  DATABASE_URL: 'memory:',
  TRUST_PROXY: '1',
}

/** The shop in production, behind an nginx that ends TLS. */
export function describeTls(framework: Framework): void {
  const skip = nginxIsMissing() || opensslIsMissing()
  describe(`the shop in production on ${framework}, over TLS`, { skip }, () => {
    let shop: ShopProcess
    let nginx: Nginx
    let redirectPort = 0

    before(async () => {
      shop = new ShopProcess(PRODUCTION, framework === 'express')
      await shop.ready()
      redirectPort = await freePort()
      nginx = new Nginx(await freePort(), [new URL(shop.address).host], { redirectPort })
      nginx.check()
      await nginx.start()
    })

    after(async () => {
      await nginx?.stop()
      await shop?.stop()
    })

    /** Of a page of the shop; it keeps cookies as a browser does. */
    const browser = (address = nginx.address, ask = nginx.ask): Visitor =>
      new Visitor(ask, {
        fields: {
          Host: new URL(address).host,
          Origin: new URL(address).origin,
          'Sec-Fetch-Site': 'same-origin',
        },
      })

    it('lets its admin sign in, and stay so when the page is loaded again', async () => {
      const visitor = browser()
      assert.equal((await visitor.post(`${AUTH}/login`, ADMIN)).status, 200)
      const { attributes } = visitor.cookie('shop.refresh')
      for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Strict'])
        assert.ok(attributes.includes(attribute), attribute)
      for (let load = 0; load < 2; load++) {
        const refreshed = await visitor.post(`${AUTH}/refresh`)
        assert.equal(refreshed.status, 200, refreshed.text)
        const me = await visitor.ask(`${USERS}/me`, { headers: bearer(refreshed.json.access_token) })
        assert.deepEqual([me.status, me.json.email], [200, ADMIN.email])
      }
    })

    it('has sessions, whose cookie goes over https only', async () => {
      const visitor = browser()
      const answer = await visitor.post(`${AUTH}/session`, ADMIN)
      assert.equal(answer.status, 200, answer.text)
      for (const { attributes } of visitor.cookies.values()) assert.ok(attributes.includes('Secure'))
      assert.equal((await visitor.ask(`${AUTH}/session`)).json.user.email, ADMIN.email)
    })

    it('tells browsers to come by https, and leads who does not', async () => {
      const { headers } = await nginx.ask('/')
      assert.equal(headers.get('strict-transport-security'), 'max-age=31536000')
      const plain = clientOf(`http://127.0.0.1:${redirectPort}`)
      const answer = await plain('/?q=tea', { headers: { Host: 'shop.example' } })
      assert.deepEqual([answer.status, answer.headers.get('location')], [308, 'https://shop.example/?q=tea'])
    })

    it('refuses a session over plain http, and says why', async () => {
      const visitor = browser(shop.address, clientOf(shop.address))
      const answer = await visitor.post(`${AUTH}/session`, ADMIN)
      assert.equal(answer.json.code, 'https-required', answer.text)
    })
  })
}
