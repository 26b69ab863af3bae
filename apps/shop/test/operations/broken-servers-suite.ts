import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertProblem, productBody } from '../catalogue/products.js'
import { eventually } from '../support/eventually.js'
import { STAFF } from '../support/shop-people.js'
import { redisState } from '../support/states.js'
import { postgresStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'
import { CuttableProxy } from './cuttable-proxy.js'
import { serversAreMissing } from './shared-servers.js'

/** The shop while its database or its Redis is away, and when they are back. */
export async function describeBrokenServers(framework: Framework): Promise<void> {
  describe(`servers that break, on ${framework}`, { skip: await serversAreMissing() }, () => {
    const [storage, state] = [postgresStorage(), redisState()]
    if (storage.choice.kind !== 'postgres' || state.choice.kind !== 'redis')
      throw new Error('those are no servers')
    const toDatabase = new CuttableProxy(storage.choice.url, 5432)
    const toRedis = new CuttableProxy(state.choice.url, 6379)
    const { choice: database } = storage
    const { choice: redis } = state
    let shop: TestShop

    before(async () => {
      await toDatabase.mend()
      await toRedis.mend()
      shop = await testShop({
        framework,
        storage: { ...storage, choice: { ...database, url: toDatabase.through(database.url) } },
        state: { ...state, choice: { ...redis, url: toRedis.through(redis.url) } },
        variables: { HEALTH_CHECK_LIMIT_MS: '300' },
      })
    })

    after(async () => {
      await shop?.stop()
      await toDatabase.cut()
      await toRedis.cut()
    })

    const ready = async () => {
      const { status, json } = await shop.ask('/health/ready')
      const failed = json.checks.filter((check: { status: string }) => check.status === 'failed')
      return { status, failed: failed.map(({ name }: { name: string }) => name) as string[] }
    }

    const isBack = async (): Promise<void> => {
      const { status } = await eventually(ready, (answer) => answer.status === 200)
      assert.equal(status, 200)
    }

    it('a database that is cut off: not ready, 503 that says so, and well again by itself', async () => {
      assert.deepEqual(await ready(), { status: 200, failed: [] })
      await toDatabase.cut()
      assert.deepEqual(await ready(), { status: 503, failed: ['storage'] })
      assert.equal((await shop.ask('/health/live')).status, 200)
      for (const answer of [
        await shop.ask('/api/v1/products/77'),
        await shop.ask('/api/v1/products?q=lamp'),
        await shop.ask('/api/v1/products', { method: 'POST', headers: STAFF, json: productBody() }),
      ]) {
        assertProblem(answer, 503, 'storage-unavailable')
        assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)
        assert.doesNotMatch(answer.text, /127\.0\.0\.1|ECONN/)
      }
      assert.match((await shop.ask('/metrics')).text, /^shop_http_requests_under_way 1$/m)
      await toDatabase.mend()
      await isBack()
      assert.equal((await shop.ask('/api/v1/products/77')).status, 200)
      assert.equal(
        (await shop.ask('/api/v1/products', { method: 'POST', headers: STAFF, json: productBody() })).status,
        201,
      )
    })

    it('a database that breaks in the middle of what is asked: 503, and nothing half done', async () => {
      const before = (await shop.ask('/api/v1/products?q=cut-in-the-middle')).json.page.items
      assert.equal(before, 0)
      const json = () => productBody({ name: 'Cut-in-the-middle' })
      const asked = Array.from({ length: 30 }, () =>
        shop.ask('/api/v1/products', { method: 'POST', headers: STAFF, json: json() }),
      )
      await new Promise((resolve) => setTimeout(resolve, 15))
      await toDatabase.cut()
      const answers = await Promise.all(asked)
      for (const answer of answers)
        if (answer.status !== 201) assertProblem(answer, 503, 'storage-unavailable')
      await toDatabase.mend()
      await isBack()
      const stored = (await shop.ask('/api/v1/products?q=cut-in-the-middle')).json.page.items
      const created = answers.filter(({ status }) => status === 201).length
      // Of one that was cut while it was stored nobody knows; what was confirmed is there.
      assert.ok(stored >= created, `${stored} stored, ${created} confirmed`)
      // Those who were cut off have kept no place in the pool: as many as it has can write at a time.
      const again = await Promise.all(
        Array.from({ length: 20 }, () =>
          shop.ask('/api/v1/products', { method: 'POST', headers: STAFF, json: json() }),
        ),
      )
      for (const { status } of again) assert.equal(status, 201)
    })

    it('a database that says nothing any more: not ready within the limit, and well again by itself', async () => {
      toDatabase.silence()
      assert.deepEqual(await ready(), { status: 503, failed: ['storage'] })
      await toDatabase.cut()
      await toDatabase.mend()
      await isBack()
    })

    it('a Redis that is cut off: not ready, the catalogue goes on, and well again by itself', async () => {
      await shop.ask('/api/v1/products/5')
      await toRedis.cut()
      assert.deepEqual(await ready(), { status: 503, failed: ['state'] })
      for (const path of ['/api/v1/products/5', '/api/v1/products', '/api/v1/categories'])
        assert.equal((await shop.ask(path)).status, 200, path)
      await toRedis.mend()
      await isBack()
      assert.equal((await shop.ask('/api/v1/products/5')).status, 200)
    })
  })
}
