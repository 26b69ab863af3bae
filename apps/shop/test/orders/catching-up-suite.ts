import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { newId } from '#shop/domain/ids.js'
import { Money } from '#shop/domain/money.js'
import { Order } from '#shop/modules/orders/domain/order.js'
import { catchUp } from '#shop/modules/orders/services/consumers/order-consumers.js'
import { memoryStorage, pgliteStorage } from '../support/storages.js'
import { somebody } from '../support/shop-people.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'
import { ORDERS } from './orders.js'

/** What the shop does for orders whose events were lost. */
export function describeCatchingUp(framework: Framework): void {
  const embedded = framework === 'nozomi' ? [['on PGlite', pgliteStorage] as const] : []
  for (const [name, create] of [['in memory', memoryStorage] as const, ...embedded]) {
    describe(`orders on ${framework} ${name} whose events were lost`, () => {
      let shop: TestShop

      before(async () => {
        shop = await testShop({ framework, storage: create(), sampleData: false })
      })

      after(() => shop?.stop())

      it('are listed and shipped when the shop looks after them', async () => {
        const { id: userId, headers } = somebody()
        const now = new Date()
        const destination = { country: 'NL', postalCode: '1012 AB' }
        const start = {
          id: newId<'order'>(now),
          userId,
          currency: 'EUR',
          destination,
          level: 'standard',
        } as const
        const line = { productId: 1, sku: 'TEA-1', name: 'Teapot', quantity: 2, price: Money.of(1290, 'EUR') }
        const placed = Order.draft(start, now).withLine(line).place(now)
        await shop.cradle.orders.add(placed)
        await shop.cradle.orders.save(placed.confirm(now))
        assert.deepEqual((await shop.ask(ORDERS, { headers })).json.items, [])
        await catchUp(shop.cradle)
        assert.equal((await shop.ask(`${ORDERS}/${placed.id}`, { headers })).json.status, 'shipped')
        await catchUp(shop.cradle)
        const { json } = await shop.ask(ORDERS, { headers })
        assert.deepEqual(
          [json.items[0].status, json.items[0].title, json.items[0].version],
          ['shipped', 'Teapot', 3],
        )
        assert.deepEqual(await shop.cradle.orders.notSummarized(10), [])
      })
    })
  }
}
