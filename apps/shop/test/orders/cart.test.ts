import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Cart, CART_LIMITS } from '#shop/modules/orders/domain/cart.js'
import { CartIsFull, LineNotFound } from '#shop/modules/orders/domain/errors.js'

const NOW = new Date('2025-01-02T03:04:05.678Z')

const empty = (userId = 'ada') => Cart.empty(`cart of ${userId}`, { kind: 'user', userId }, NOW)

describe('a cart', () => {
  it('has one line a product; what is added adds up', () => {
    const cart = empty().add(1, 2, NOW).add(2, 1, NOW).add(1, 3, NOW)
    assert.deepEqual(cart.lines, [
      { productId: 1, quantity: 5 },
      { productId: 2, quantity: 1 },
    ])
    assert.deepEqual(cart.change(1, 1, NOW).remove(2, NOW).lines, [{ productId: 1, quantity: 1 }])
    assert.deepEqual(cart.cleared(NOW).lines, [])
  })

  it('knows what is not in it', () => {
    assert.throws(() => empty().change(1, 1, NOW), LineNotFound)
    assert.throws(() => empty().remove(1, NOW), LineNotFound)
  })

  it('has bounds', () => {
    assert.throws(() => empty().add(1, CART_LIMITS.quantity, NOW).add(1, 1, NOW), CartIsFull)
    assert.throws(() => empty().add(1, 0, NOW), RangeError)
    let full = empty()
    for (let id = 1; id <= CART_LIMITS.lines; id++) full = full.add(id, 1, NOW)
    assert.throws(() => full.add(1000, 1, NOW), CartIsFull)
    assert.equal(full.add(1, 1, NOW).lines[0]?.quantity, 2)
  })

  it('takes what another one holds, within its bounds', () => {
    const left = empty().add(1, 600, NOW).add(2, 1, NOW)
    const right = empty('bob').add(1, 600, NOW).add(3, 4, NOW)
    assert.deepEqual(left.merge(right, NOW).lines, [
      { productId: 1, quantity: CART_LIMITS.quantity },
      { productId: 2, quantity: 1 },
      { productId: 3, quantity: 4 },
    ])
    let full = empty()
    for (let id = 1; id <= CART_LIMITS.lines; id++) full = full.add(id, 1, NOW)
    assert.equal(full.merge(empty('bob').add(999, 1, NOW), NOW).lines.length, CART_LIMITS.lines)
  })
})
