import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { assertFieldRefused } from '../catalogue/products.js'
import { newProduct } from '../support/shop-goods.js'
import { keyed, STAFF, somebody } from '../support/shop-people.js'
import { memoryStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'

const TURNING = ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069']

/** What is refused in every line of text, whichever module reads it. */
export function describeText(framework: Framework): void {
  describe(`lines of text on ${framework}`, () => {
    let shop: TestShop

    before(async () => {
      shop = await testShop({ storage: memoryStorage(), framework })
    })

    after(() => shop?.stop())

    it('hold no sign that turns the direction of writing, and the error does not repeat it', async () => {
      const { id } = await newProduct(shop, 5)
      const registration = { email: 'eve@shop.example', password: 'a few good words' }
      for (const sign of TURNING) {
        const text = `tea${sign}pot`
        for (const [method, path, field, json, headers] of [
          ['PATCH', `/products/${id}`, 'name', { name: text }, { ...STAFF, 'If-Match': '*' }],
          ['POST', `/stock/${id}/corrections`, 'reason', { counted: 1, reason: text }, STAFF],
          ['POST', '/accounts', 'name', { name: text, currency: 'EUR' }, somebody().headers],
          ['POST', '/auth/register', 'name', { ...registration, name: text }, {}],
          ['POST', '/chat/rooms', 'title', { title: text, members: ['user-1'] }, somebody().headers],
        ] as const) {
          const answer = await shop.ask(`/api/v1${path}`, { method, json, headers: keyed({ ...headers }) })
          const shown = `is "tea\\u${sign.charCodeAt(0).toString(16)}pot"`
          assertFieldRefused(
            answer,
            'body',
            field,
            new RegExp(`^${shown.replaceAll('\\', String.raw`\\`)}$`),
            /a line of text/,
          )
          assert.ok(!answer.text.includes(sign))
        }
      }
    })

    it('may be written from right to left', async () => {
      const { id } = await newProduct(shop, 5)
      const headers = { ...STAFF, 'If-Match': '*' }
      const json = { name: 'קומקום תה' }
      const answer = await shop.ask(`/api/v1/products/${id}`, { method: 'PATCH', headers, json })
      assert.deepEqual([answer.status, answer.json.name], [200, json.name])
    })
  })
}
