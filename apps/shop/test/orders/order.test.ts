import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CurrencyMismatch } from '#shop/domain/errors.js'
import { newId } from '#shop/domain/ids.js'
import { Money } from '#shop/domain/money.js'
import { EmptyOrder, OrderStateConflict } from '#shop/modules/orders/domain/errors.js'
import { Order, type OrderLine } from '#shop/modules/orders/domain/order.js'
import { eventOf, summaryOfEvent } from '#shop/modules/orders/domain/order-events.js'
import { summaryOf } from '#shop/modules/orders/domain/order-summary.js'

const NOW = new Date('2025-01-02T03:04:05.678Z')
const LATER = new Date('2025-01-03T03:04:05.678Z')

const TEAPOT: OrderLine = {
  productId: 1,
  sku: 'TEA-1',
  name: 'Teapot',
  quantity: 2,
  price: Money.of(1290, 'EUR'),
}
const CUP: OrderLine = { productId: 2, sku: 'CUP-1', name: 'Cup', quantity: 6, price: Money.of(350, 'EUR') }

function draft(): Order {
  const destination = { country: 'NL', postalCode: '1012 AB' }
  const id = newId<'order'>(NOW)
  return Order.draft({ id, userId: 'ada', currency: 'EUR', destination, level: 'standard' }, NOW)
}

const placed = () => draft().withLine(TEAPOT).withLine(CUP).place(NOW)

describe('an order', () => {
  it('goes from draft to placed, confirmed and shipped, a version at a time', () => {
    const shipped = placed().confirm(NOW).ship('FR1', LATER)
    const { status, version, tracking, updatedAt, placedAt } = shipped.data
    assert.deepEqual([status, version, tracking, updatedAt, placedAt], ['shipped', 3, 'FR1', LATER, NOW])
  })

  it('costs what its lines cost', () => {
    assert.deepEqual([placed().total, placed().pieces], [Money.of(2 * 1290 + 6 * 350, 'EUR'), 8])
  })

  it('has at least one line, in its own currency, and none after it was placed', () => {
    assert.throws(() => draft().place(NOW), EmptyOrder)
    assert.throws(() => draft().withLine({ ...CUP, price: Money.of(1, 'USD') }), CurrencyMismatch)
    assert.throws(() => draft().withLine({ ...CUP, quantity: 0 }), RangeError)
    assert.throws(() => placed().withLine(CUP), OrderStateConflict)
  })

  it('is confirmed once, and shipped only when it is confirmed', () => {
    for (const act of [
      () => draft().confirm(NOW),
      () => placed().confirm(NOW).confirm(NOW),
      () => placed().ship('FR1', NOW),
      () => placed().place(NOW),
      () => placed().cancel('customer', 'no', NOW).confirm(NOW),
    ]) {
      assert.throws(act, OrderStateConflict)
    }
  })

  it('is cancelled by its customer until it is confirmed, by staff and the shop until it is shipped', () => {
    const confirmed = placed().confirm(NOW)
    assert.equal(placed().cancel('customer', 'no', LATER).data.cancellation, 'no')
    assert.throws(() => confirmed.cancel('customer', 'no', NOW), OrderStateConflict)
    for (const actor of ['staff', 'shop'] as const) {
      assert.equal(confirmed.cancel(actor, 'no', NOW).status, 'cancelled')
      assert.throws(() => confirmed.ship('FR1', NOW).cancel(actor, 'no', NOW), OrderStateConflict)
      assert.throws(() => placed().cancel(actor, 'no', NOW).cancel(actor, 'no', NOW), OrderStateConflict)
    }
  })

  it('has an event for each change, which holds its summary', () => {
    const order = placed()
    const event = eventOf(order)
    assert.deepEqual([event.type, event.aggregate], ['order.placed', `order:${order.id}`])
    assert.equal(eventOf(order.confirm(NOW)).type, 'order.confirmed')
    assert.deepEqual(summaryOfEvent(JSON.parse(JSON.stringify(event.data))), summaryOf(order))
    assert.equal(summaryOf(order).title, 'Teapot and 1 more')
  })
})
