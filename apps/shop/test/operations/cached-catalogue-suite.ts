import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { STAFF, keyed, somebody } from '../support/shop-people.js'
import { newProduct } from '../support/shop-goods.js'
import { redisState } from '../support/states.js'
import { memoryStorage, postgresStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'
import { samplesOf } from './samples.js'
import { serversAreMissing } from './shared-servers.js'

const PRODUCTS = '/api/v1/products'

/** How often something was computed, as the metrics of a shop have it. */
async function computed(shop: TestShop, kind: string): Promise<number> {
  return samplesOf((await shop.ask('/metrics')).text).sum('shop_cache_reads_total', {
    kind,
    outcome: 'computed',
  })
}

/** `one` and `other` may be the same. */
function suite(shops: () => { one: TestShop; other: TestShop }): void {
  const countOf = async (kind: string): Promise<number> => {
    const { one, other } = shops()
    return (await computed(one, kind)) + (one === other ? 0 : await computed(other, kind))
  }

  it('reads a product once for many who ask at the same time', async () => {
    const { one, other } = shops()
    const { id } = await newProduct(one, 5)
    const before = await countOf('product')
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? one : other).ask(`${PRODUCTS}/${id}`)),
    )
    for (const answer of answers) assert.deepEqual(answer.json, answers[0]?.json)
    assert.equal(answers[0]?.json.id, id)
    assert.equal((await countOf('product')) - before, 1)
  })

  it('gives what was written at once, wherever it was', async () => {
    const { one, other } = shops()
    const { id } = await newProduct(one, 5)
    const { headers } = await other.ask(`${PRODUCTS}/${id}`)
    const change = {
      method: 'PATCH',
      headers: { ...STAFF, 'If-Match': headers.get('etag') ?? '' },
      json: { name: 'Other Name' },
    }
    assert.equal((await one.ask(`${PRODUCTS}/${id}`, change)).status, 200)
    assert.equal((await other.ask(`${PRODUCTS}/${id}`)).json.name, 'Other Name')
    assert.equal((await one.ask(`${PRODUCTS}/${id}`, { method: 'DELETE', headers: STAFF })).status, 204)
    assert.equal((await other.ask(`${PRODUCTS}/${id}`)).status, 404)
  })

  it('gives the stock as orders leave it, in a transaction of their own', async () => {
    const { one, other } = shops()
    const { id } = await newProduct(one, 5)
    assert.equal((await other.ask(`${PRODUCTS}/${id}`)).json.stock, 5)
    const json = { lines: [{ productId: id, quantity: 2 }], shipTo: { country: 'NL', postalCode: '1012 AB' } }
    const ordered = await one.ask('/api/v1/orders', {
      method: 'POST',
      headers: keyed(somebody().headers),
      json,
    })
    assert.equal(ordered.status, 201, ordered.text)
    assert.equal((await other.ask(`${PRODUCTS}/${id}`)).json.stock, 3)
    const received = await one.ask(`/api/v1/stock/${id}/receipts`, {
      method: 'POST',
      headers: STAFF,
      json: { quantity: 10 },
    })
    assert.equal(received.status, 201, received.text)
    assert.equal((await other.ask(`${PRODUCTS}/${id}`)).json.stock, 13)
  })

  it('reads first pages and categories once, until a product changes', async () => {
    const { one, other } = shops()
    const { id } = await newProduct(one, 5)
    const list = `${PRODUCTS}?sort=-created`
    const before = [await countOf('first-page'), await countOf('categories')]
    for (const shop of [one, other, one, other]) {
      assert.equal((await shop.ask(list)).json.items[0].id, id)
      await shop.ask('/api/v1/categories')
    }
    assert.deepEqual(
      [await countOf('first-page'), await countOf('categories')],
      before.map((count) => count + 1),
    )
    const second = await newProduct(other, 5)
    assert.equal((await one.ask(list)).json.items[0].id, second.id)
    assert.equal((await other.ask(list)).json.items[1].id, id)
  })

  it('keeps no searches, no later pages, and nothing that is not there', async () => {
    const { one } = shops()
    const kinds = ['first-page', 'product']
    for (const path of [`${PRODUCTS}?q=lamp`, `${PRODUCTS}?page=2&limit=1`, `${PRODUCTS}?minPrice=5`]) {
      const before = await computed(one, 'first-page')
      await one.ask(path)
      assert.equal(await computed(one, 'first-page'), before, path)
    }
    const before = await Promise.all(kinds.map((kind) => computed(one, kind)))
    for (let time = 0; time < 2; time++) {
      assert.equal((await one.ask(`${PRODUCTS}/2000000000`)).status, 404)
      assert.equal((await one.ask(`${PRODUCTS}?category=no-such-category`)).status, 400)
    }
    const now = await Promise.all(kinds.map((kind) => computed(one, kind)))
    assert.deepEqual(
      now,
      before.map((count) => count + 2),
    )
  })
}

export async function describeCachedCatalogue(framework: Framework): Promise<void> {
  describe(`the cached catalogue on ${framework}, one instance in memory`, () => {
    let shop: TestShop

    before(async () => {
      shop = await testShop({ framework, storage: memoryStorage() })
    })

    after(() => shop?.stop())

    suite(() => ({ one: shop, other: shop }))
  })

  const skip = await serversAreMissing()
  describe(`the cached catalogue on ${framework}, two instances on PostgreSQL and Redis`, { skip }, () => {
    const [storage, state] = [postgresStorage(), redisState()]
    let one: TestShop
    let other: TestShop

    before(async () => {
      const kept = { remove: async () => {} }
      one = await testShop({ framework, storage: { ...storage, ...kept }, state: { ...state, ...kept } })
      other = await testShop({ framework, storage: { ...storage, ...kept }, state: { ...state, ...kept } })
    })

    after(async () => {
      await one?.stop()
      await other?.stop()
      await storage.remove()
      await state.remove()
    })

    suite(() => ({ one, other }))
  })
}
