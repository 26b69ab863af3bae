import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Money } from '#shop/domain/money.js'
import {
  changeProduct,
  createProduct,
  type Product,
  type ProductDetails,
} from '#shop/modules/catalogue/domain/product.js'

const NOW = new Date('2025-01-02T03:04:05.678Z')
const LATER = new Date('2025-01-02T03:04:06.000Z')

const DETAILS: ProductDetails = {
  sku: 'ABC-1',
  name: 'Thing',
  description: '',
  category: 'desk',
  price: Money.of(100, 'EUR'),
  stock: 1,
}

const PRODUCT: Product = {
  ...DETAILS,
  id: 7,
  category: { slug: 'desk', name: 'Desk' },
  version: 3,
  createdAt: NOW,
  updatedAt: NOW,
}

describe('a product', () => {
  it('begins with version 1, now', () => {
    assert.deepEqual(createProduct(DETAILS, NOW), { ...DETAILS, version: 1, createdAt: NOW, updatedAt: NOW })
  })

  it('has the next version after a change, and keeps what was not changed', () => {
    assert.deepEqual(changeProduct(PRODUCT, { stock: 0 }, LATER), {
      ...DETAILS,
      stock: 0,
      version: 4,
      updatedAt: LATER,
    })
  })

  it('can not have a price or a stock that is impossible, whoever asks for it', () => {
    for (const changes of [
      { stock: -1 },
      { stock: 0.5 },
      { stock: 1_000_001 },
      { price: Money.of(-1, 'EUR') },
      { price: Money.of(100_000_001, 'EUR') },
    ]) {
      assert.throws(() => createProduct({ ...DETAILS, ...changes }, NOW), RangeError)
      assert.throws(() => changeProduct(PRODUCT, changes, NOW), RangeError)
    }
  })
})

describe('an amount of money', () => {
  it('is a whole number of minor units', () => {
    for (const amount of [0.1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      assert.throws(() => Money.of(amount, 'EUR'), RangeError)
    }
    assert.equal(Money.of(1290, 'EUR').amount, 1290)
  })
})
