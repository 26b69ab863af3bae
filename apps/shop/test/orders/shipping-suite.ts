import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { StorageUnavailable } from '#shop/domain/errors.js'
import { ShipmentRefused } from '#shop/modules/orders/domain/errors.js'
import type { Shipment, ShipmentRequest, Shipping } from '#shop/modules/orders/services/shipping.js'
import { assertProblem } from '../catalogue/products.js'
import { eventually } from '../support/eventually.js'
import { newProduct, stockOf } from '../support/shop-goods.js'
import { keyed, STAFF, somebody } from '../support/shop-people.js'
import { memoryStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'
import { actOn, ORDERS, order, SHIP_TO } from './orders.js'

/** A carrier who does what a test says. */
class TestShipping implements Shipping {
  readonly asked: ShipmentRequest[] = []
  answer: () => Promise<Shipment> = async () => ({
    tracking: 'T1',
    price: { amount: 1, currency: 'EUR' },
    delivery: { min: 1, max: 2 },
  })

  createShipment(request: ShipmentRequest): Promise<Shipment> {
    this.asked.push(request)
    return this.answer()
  }
}

/** Orders and the carrier; and what is said when the storage is away. */
export function describeShippingOfOrders(framework: Framework): void {
  const shops: TestShop[] = []

  const open = async (replaced: Record<string, unknown>): Promise<TestShop> => {
    const shop = await testShop({ framework, storage: memoryStorage(), sampleData: false, replaced })
    shops.push(shop)
    return shop
  }

  after(async () => {
    for (const shop of shops) await shop.stop()
  })

  describe(`the shipping of an order on ${framework}`, () => {
    const { headers } = somebody()
    const read = (shop: TestShop, id: string) => shop.ask(`${ORDERS}/${id}`, { headers })

    const confirm = async (shop: TestShop, pieces = 2) => {
      const { id } = await newProduct(shop, pieces)
      const placed = await order(shop, headers, { lines: [{ productId: id, quantity: pieces }] })
      const confirmed = await actOn(shop, placed, 'confirm', headers)
      assert.equal(confirmed.status, 200, confirmed.text)
      return { product: id, order: confirmed.json.id as string, confirmed }
    }

    it('is asked for once it is confirmed, with all that the carrier has to know', async () => {
      const shipping = new TestShipping()
      const shop = await open({ shipping })
      const confirmed = await confirm(shop)
      const shipped = await eventually(
        () => read(shop, confirmed.order),
        ({ json }) => json.status === 'shipped',
      )
      assert.equal(shipped.json.tracking, 'T1')
      const destination = { country: 'NL', postalCode: '1012 AB' }
      const expected = { orderId: confirmed.order, weightGrams: 800, destination, level: 'standard' }
      assert.deepEqual(shipping.asked, [expected])
    })

    it('is asked for again while the carrier can not be reached', async () => {
      const shipping = new TestShipping()
      const good = shipping.answer
      shipping.answer = async () => {
        if (shipping.asked.length < 3) throw new Error('no answer')
        return good()
      }
      const shop = await open({ shipping })
      const { order: id } = await confirm(shop)
      const shipped = await eventually(
        () => read(shop, id),
        ({ json }) => json.status === 'shipped',
      )
      assert.deepEqual([shipped.json.status, shipping.asked.length], ['shipped', 3])
    })

    it('that the carrier refuses cancels the order, says why, and gives the pieces back', async () => {
      const shipping = new TestShipping()
      shipping.answer = async () => Promise.reject(new ShipmentRefused('nobody goes there'))
      const shop = await open({ shipping })
      const { order: id, product } = await confirm(shop)
      const ended = await eventually(
        () => read(shop, id),
        ({ json }) => json.status === 'cancelled',
      )
      assert.equal(ended.json.cancellation, 'it can not be shipped: nobody goes there')
      assert.equal(await stockOf(shop, product), 2)
    })

    it('of an order that staff cancel meanwhile is let be', async () => {
      const shipping = new TestShipping()
      const good = shipping.answer
      let release = (): void => {}
      const gate = new Promise<void>((resolve) => (release = resolve))
      shipping.answer = () => gate.then(good)
      const shop = await open({ shipping })
      const { order: id, confirmed } = await confirm(shop)
      await eventually(
        async () => shipping.asked.length,
        (count) => count === 1,
      )
      assertProblem(await actOn(shop, confirmed, 'cancel', headers), 409, 'order-state')
      assert.equal((await actOn(shop, confirmed, 'cancel', STAFF)).status, 200)
      release()
      await eventually(
        async () => shop.log.lines,
        (lines) => lines.includes('an order was cancelled while it was shipped'),
      )
      assert.deepEqual(
        [(await read(shop, id)).json.status, (await read(shop, id)).json.tracking],
        ['cancelled', null],
      )
    })
  })

  describe(`a storage that can not be reached, on ${framework}`, () => {
    /** Repositories that all fail. */
    const failing = new Proxy(
      {},
      {
        get: () => async () => {
          throw new StorageUnavailable(new Error('connect ECONNREFUSED 10.0.0.7:5432'))
        },
      },
    )

    it('gives 503 and when to come back, for whatever is asked of carts, orders, accounts and stock', async () => {
      const names = ['products', 'carts', 'orders', 'orderSummaries', 'accounts', 'ledger', 'stockMovements']
      const shop = await open(Object.fromEntries(names.map((name) => [name, failing])))
      const id = '01890a5d-ac96-774b-bcce-b302099a8057'
      const other = '01890a5d-ac96-774b-bcce-b302099a8058'
      const amount = { amount: 1, currency: 'EUR' }
      for (const [method, path, json] of [
        ['GET', '/cart', undefined],
        ['POST', '/cart/lines', { productId: 1 }],
        ['PATCH', '/cart/lines/1', { quantity: 1 }],
        ['DELETE', '/cart/lines/1', undefined],
        ['DELETE', '/cart', undefined],
        ['POST', '/orders', { shipTo: SHIP_TO }],
        ['GET', '/orders', undefined],
        ['GET', '/staff/orders', undefined],
        ['GET', `/orders/${id}`, undefined],
        ['POST', `/orders/${id}/confirm`, undefined],
        ['POST', `/orders/${id}/cancel`, {}],
        ['GET', '/accounts', undefined],
        ['POST', '/accounts', { name: 'A', currency: 'EUR' }],
        ['GET', `/accounts/${id}`, undefined],
        ['GET', `/accounts/${id}/entries`, undefined],
        ['POST', `/accounts/${id}/deposits`, { amount }],
        ['POST', '/transfers', { from: id, to: other, amount }],
        ['GET', `/transfers/${id}`, undefined],
        ['GET', '/stock/1', undefined],
        ['POST', '/stock/1/receipts', { quantity: 1 }],
        ['POST', '/stock/1/corrections', { counted: 1, reason: 'counted' }],
        ['GET', '/stock/1/movements', undefined],
      ] as const) {
        const headers = { ...keyed(STAFF), 'If-Match': '*' }
        const answer = await shop.ask(`/api/v1${path}`, { method, headers, ...(json && { json }) })
        assertProblem(answer, 503, 'storage-unavailable')
        assert.match(answer.headers.get('retry-after') ?? '', /^\d+$/)
        assert.ok(!answer.text.includes('10.0.0.7'), 'tells nothing of our insides')
      }
    })
  })
}
