import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PRODUCT_LIMITS } from '#shop/modules/catalogue/domain/product.js'
import { productBody } from '#shop/modules/catalogue/http/input/product-body.js'
import { sampleCatalogue } from '#shop/modules/catalogue/seed/sample-catalogue.js'

describe('the sample catalogue', () => {
  const { categories, products } = sampleCatalogue()

  it('is the same each time', () => {
    assert.deepEqual(sampleCatalogue(), { categories, products })
  })

  it('has at least 500 products, each with a SKU and a name of its own', () => {
    assert.ok(products.length >= 500)
    assert.equal(new Set(products.map(({ sku }) => sku)).size, products.length)
    assert.equal(new Set(products.map(({ name }) => name)).size, products.length)
  })

  it('has only products that could have been entered', () => {
    const slugs = new Set(categories.map(({ slug }) => slug))
    for (const { sku, name, description, category, stock, price, version, createdAt } of products) {
      const entered = {
        sku,
        name,
        description,
        category,
        stock,
        price: { amount: price.amount, currency: price.currency },
      }
      assert.ok(productBody.safeParse(entered).success, sku)
      assert.ok(slugs.has(category) && description.length > 20 && price.amount > 0, sku)
      assert.ok(
        name.length < PRODUCT_LIMITS.nameLength && version === 1 && createdAt <= new Date('2026-01-01'),
      )
    }
  })

  it('has some products that are sold out and some that nearly are', () => {
    const soldOut = products.filter(({ stock }) => stock === 0).length / products.length
    const few = products.filter(({ stock }) => stock > 0 && stock < 6).length / products.length
    assert.ok(soldOut > 0.05 && soldOut < 0.2 && few > 0.05 && few < 0.3, `${soldOut} ${few}`)
  })
})
