import assert from 'node:assert/strict'
import { channel } from 'node:diagnostics_channel'
import { after, before, describe, it } from 'node:test'
import { memoryStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'

/** The shop explains itself, and has nothing to explain away: its audit is empty, and no request of a visit is an incident. */
export function describeInsight(framework: Framework): void {
  describe(`the shop with Insight on ${framework}`, () => {
    let shop: TestShop

    before(async () => {
      shop = await testShop({ framework, storage: memoryStorage(), variables: { INSIGHT: 'on' } })
    })

    after(() => shop?.stop())

    it('shows requests in the inspector, with their layers', async () => {
      const { status } = await shop.ask('/api/v1/products?limit=2')
      assert.equal(status, 200)
      const { json } = await shop.ask('/_inspector/api/state')
      const record = json.requests.find((one: { url: string }) => one.url.startsWith('/api/v1/products'))
      assert.equal(record.status, 200)
      assert.equal(record.method, 'GET')
      const page = await shop.ask('/_inspector')
      assert.equal(page.status, 200)
      assert.match(page.text, /<title>/)
    })

    it('has no finding in the audit, and no incident on a visit', async () => {
      for (const path of ['/', '/sign-in', '/api/v1/products', '/api/v1/nothing', '/health', '/metrics']) {
        await shop.ask(path)
      }
      await shop.ask('/api/v1/products', { method: 'POST', json: { name: '' } })
      const { json: routes } = await shop.ask('/_inspector/api/routes')
      assert.ok(routes.layers.length > 5)
      assert.deepEqual(routes.findings, [])
      // Of a machine that is busy with other tests, anything may be late.
      const incidents = shop.log.fields.flatMap(({ incident = 'event-loop-blocked' }) => incident)
      assert.deepEqual(
        incidents.filter((incident) => incident !== 'event-loop-blocked'),
        [],
      )
    })

    it('leaves nothing behind when it stops', async () => {
      const other = await testShop({ framework, storage: memoryStorage(), variables: { INSIGHT: 'off' } })
      assert.equal((await other.ask('/_inspector')).status, 404)
      await other.stop()
      await shop.stop()
      assert.equal(channel('nozomi.request.start').hasSubscribers, false)
    })
  })
}
