import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { eventually } from '../support/eventually.js'
import { AMQP_URL, newAmqpPrefix, rabbitIsMissing, removeFromBroker } from '../support/brokers.js'
import { newProduct, stockOf } from '../support/shop-goods.js'
import { somebody } from '../support/shop-people.js'
import { postgresIsMissing, postgresStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'
import { actOn, ORDERS, order } from './orders.js'

/** Two shops on one PostgreSQL, with one RabbitMQ between them. */
export async function describeAcrossInstances(framework: Framework): Promise<void> {
  const skip = (await rabbitIsMissing()) || (await postgresIsMissing())

  describe(`two instances on ${framework} with PostgreSQL and RabbitMQ`, { skip }, () => {
    const prefix = newAmqpPrefix()
    const { choice, remove } = postgresStorage()
    const shops: TestShop[] = []

    before(async () => {
      for (let count = 0; count < 2; count++) {
        const variables = { AMQP_URL, AMQP_PREFIX: prefix }
        const storage = { choice, remove: async () => {} }
        shops.push(await testShop({ framework, storage, variables, sampleData: false }))
      }
    })

    after(async () => {
      for (const shop of shops) await shop.stop()
      await remove()
      await removeFromBroker(prefix, ['order-summaries', 'order-shipping', 'live-stock', 'notifications'])
    })

    const either = (index: number): TestShop => {
      const shop = shops[index % 2]
      assert.ok(shop)
      return shop
    }

    it('sell no piece twice, and each follows what happens on the other', async () => {
      const { id } = await newProduct(either(0), 6)
      const { headers } = somebody()
      const lines = [{ productId: id, quantity: 1 }]
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, index) => order(either(index), headers, { lines })),
      )
      const placed = answers.filter(({ status }) => status === 201)
      assert.equal(placed.length, 6)
      assert.equal(await stockOf(either(1), id), 0)
      await Promise.all(placed.map((each, index) => actOn(either(index), each, 'confirm', headers)))
      const list = () => either(1).ask(ORDERS, { headers })
      const isShipped = ({ status }: { status: string }) => status === 'shipped'
      const { json } = await eventually(list, (answer) => {
        return answer.json.items.length === 6 && answer.json.items.every(isShipped)
      })
      assert.deepEqual([json.items.length, json.items.every(isShipped)], [6, true])
      for (const { version } of json.items) assert.equal(version, 3, 'placed, confirmed and shipped once')
    })
  })
}
