import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startTestService, type TestService } from '#shipping/test/support/test-service.js'
import { ShippingUnavailable } from '#shipping/client/index.js'
import { ShipmentRefused } from '#shop/modules/orders/domain/errors.js'
import { actOn, ORDERS, order } from '../orders/orders.js'
import { samplesOf } from '../operations/samples.js'
import { eventually } from '../support/eventually.js'
import { newProduct } from '../support/shop-goods.js'
import { somebody } from '../support/shop-people.js'
import { memoryStorage } from '../support/storages.js'
import { type Framework, type TestShop, testShop } from '../support/test-shop.js'

const REQUEST = {
  orderId: 'order-of-a-test',
  weightGrams: 800,
  destination: { country: 'NL', postalCode: '1012 AB' },
  level: 'standard',
} as const

/** The shop with the real shipping service as its carrier. */
export function describeShipping(framework: Framework, transport: 'HTTP' | 'gRPC'): void {
  describe(`orders on ${framework}, shipped by the service over ${transport}`, () => {
    let service: TestService
    let shop: TestShop

    before(async () => {
      service = await startTestService()
      const variables: Record<string, string> =
        transport === 'HTTP'
          ? { SHIPPING_URL: service.httpAddress }
          : { SHIPPING_GRPC: service.grpcAddress.replace(/^\w+:\/\//, '') }
      const limits = { SHIPPING_LIMIT_MS: '400' }
      shop = await testShop({
        framework,
        storage: memoryStorage(),
        sampleData: false,
        variables: { ...variables, ...limits },
      })
    })

    after(async () => {
      await shop?.stop()
      await service?.stop()
    })

    const breaker = async (): Promise<number> =>
      samplesOf((await shop.ask('/metrics')).text).sum('shop_breaker_state', {})

    it('get the tracking number that the service gave', async () => {
      const { headers } = somebody()
      const { id } = await newProduct(shop, 5)
      const placed = await order(shop, headers, { lines: [{ productId: id, quantity: 2 }] })
      assert.equal((await actOn(shop, placed, 'confirm', headers)).status, 200)
      const { json } = await eventually(
        () => shop.ask(`${ORDERS}/${placed.json.id}`, { headers }),
        (answer) => answer.json.status === 'shipped',
      )
      assert.equal(json.status, 'shipped')
      const known = await fetch(`${service.httpAddress}/shipments/${json.tracking}`)
      assert.equal(((await known.json()) as { orderId: string }).orderId, placed.json.id)
    })

    it('are told what is refused for good, and what may go later', async () => {
      const { shipping } = shop.cradle
      const destination = { country: 'XX', postalCode: '1' }
      await assert.rejects(
        shipping.createShipment({ ...REQUEST, orderId: 'refused-1', destination }),
        ShipmentRefused,
      )
      service.faults.delayMs = 5000
      await assert.rejects(shipping.createShipment({ ...REQUEST, orderId: 'late-1' }), ShippingUnavailable)
      service.faults.delayMs = 0
      const { tracking, price } = await shipping.createShipment({ ...REQUEST, orderId: 'late-1' })
      assert.ok(tracking.length > 5)
      assert.equal(price.currency, 'EUR')
    })

    it('are kept from a service that fails: the breaker opens, and the shop is degraded, not down', async () => {
      assert.equal(await breaker(), 0)
      service.faults.failureRate = 1
      for (let call = 0; call < 12; call++)
        await assert.rejects(shop.cradle.shipping.createShipment({ ...REQUEST, orderId: `fails-${call}` }))
      assert.equal(await breaker(), 2)
      const { status, json } = await shop.ask('/health/ready')
      assert.deepEqual([status, json.status], [200, 'degraded'])
      const check = json.checks.find(({ name }: { name: string }) => name === 'shipping')
      assert.match(check.reason, /circuit breaker is open/)
      const metrics = samplesOf((await shop.ask('/metrics')).text)
      const outcome = { operation: 'createShipment', outcome: 'breaker-open' }
      assert.ok(metrics.sum('shop_shipping_call_duration_seconds_count', outcome) > 0)
      assert.ok(shop.log.lines.includes('the circuit breaker of the shipping service is open'))
    })
  })
}
