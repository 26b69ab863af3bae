import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { CurrencyMismatch } from '#shop/domain/errors.js'
import { Money } from '#shop/domain/money.js'

const euro = (amount: number) => Money.of(amount, 'EUR')
const amounts = fc.integer({ min: -1e12, max: 1e12 })

describe('money', () => {
  it('adds, subtracts and multiplies exactly', () => {
    assert.deepEqual(euro(10).plus(euro(20)), euro(30))
    assert.deepEqual(euro(10).minus(euro(20)), euro(-10))
    assert.deepEqual(euro(-7).times(3), euro(-21))
    assert.deepEqual(euro(0).negated(), euro(0))
    assert.deepEqual(Money.sum([euro(1), euro(2)], 'EUR'), euro(3))
    assert.throws(() => euro(1).times(1.5), RangeError)
    assert.throws(() => euro(2 ** 53 - 1).plus(euro(1)), RangeError)
  })

  it('of two currencies does not meet', () => {
    const yen = Money.of(1, 'JPY')
    assert.throws(() => euro(1).plus(yen), CurrencyMismatch)
    assert.throws(() => euro(1).compare(yen), CurrencyMismatch)
    assert.equal(euro(1).equals(yen), false)
  })

  it('rounds portions as it is told', () => {
    for (const [amount, halfEven, halfUp, down, up] of [
      [5, 2, 3, 2, 3],
      [7, 4, 4, 3, 4],
      [-5, -2, -3, -2, -3],
      [4, 2, 2, 2, 2],
    ] as const) {
      const rounded = (['half-even', 'half-up', 'down', 'up'] as const).map(
        (rounding) => euro(amount).portion(1, 2, rounding).amount,
      )
      assert.deepEqual(rounded, [halfEven, halfUp, down, up])
    }
    assert.deepEqual(euro(1290).portion(19, 100), euro(245))
    assert.throws(() => euro(1).portion(1, 0), RangeError)
  })

  it('in parts sums up to the whole, and no two parts differ by more than one', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 40 }), (amount, count) => {
        const parts = euro(amount).split(count)
        assert.equal(parts.length, count)
        assert.deepEqual(Money.sum(parts, 'EUR'), euro(amount))
        const values = parts.map((part) => part.amount)
        assert.ok(Math.max(...values) - Math.min(...values) <= 1)
      }),
    )
  })

  it('is written with the digits of its currency', () => {
    assert.deepEqual([euro(1290), euro(-5), Money.of(1290, 'JPY')].map(String), [
      '12.90 EUR',
      '-0.05 EUR',
      '1290 JPY',
    ])
  })
})
