import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { InsufficientStock, StockLimitExceeded } from '#shop/modules/stock/domain/errors.js'
import { Stock, STOCK_LIMIT } from '#shop/modules/stock/domain/stock.js'

describe('the stock of a product', () => {
  it('is reserved, released, received and corrected', () => {
    const stock = new Stock(7, 10)
    assert.equal(stock.reserve(4).pieces, 6)
    assert.equal(stock.reserve(10).pieces, 0)
    assert.equal(stock.release(3).pieces, 13)
    assert.equal(stock.receive(5).pieces, 15)
    assert.equal(stock.correct(0).pieces, 0)
    assert.equal(stock.pieces, 10, 'is not changed itself')
  })

  it('says how many there are to who wants more', () => {
    assert.throws(
      () => new Stock(7, 3).reserve(4),
      (error) => {
        assert.ok(error instanceof InsufficientStock)
        assert.deepEqual(error.shortages, [{ productId: 7, wanted: 4, available: 3, line: null }])
        return true
      },
    )
  })

  it('has room for a million pieces', () => {
    assert.throws(() => new Stock(7, STOCK_LIMIT).receive(1), StockLimitExceeded)
    assert.equal(new Stock(7, STOCK_LIMIT - 1).release(2).pieces, STOCK_LIMIT)
  })

  it('refuses quantities that are none', () => {
    for (const quantity of [0, -1, 1.5, Number.NaN]) {
      for (const act of ['reserve', 'release', 'receive'] as const)
        assert.throws(() => new Stock(1, 5)[act](quantity), RangeError)
    }
    for (const counted of [-1, 0.5, STOCK_LIMIT + 1])
      assert.throws(() => new Stock(1, 5).correct(counted), RangeError)
  })

  it('is never negative and never above its limit, whatever is done', () => {
    const act = fc.record({
      name: fc.constantFrom('reserve', 'release', 'receive', 'correct'),
      quantity: fc.integer({ min: -2, max: 2 * STOCK_LIMIT }),
    })
    fc.assert(
      fc.property(fc.array(act), (acts) => {
        let stock = new Stock(1, 0)
        for (const { name, quantity } of acts) {
          try {
            stock = stock[name as 'reserve'](quantity)
          } catch {
            // Refused: as it was.
          }
          assert.ok(stock.pieces >= 0 && stock.pieces <= STOCK_LIMIT)
        }
      }),
    )
  })
})
