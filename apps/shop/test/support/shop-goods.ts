import { productBody } from '../catalogue/products.js'
import { STAFF } from './shop-people.js'
import type { TestShop } from './test-shop.js'

export interface TestProduct {
  readonly id: number
  readonly sku: string
  readonly name: string
}

/** A product of its own, with so many pieces, for 42.00 EUR or another price in cents. */
export async function newProduct(shop: TestShop, stock: number, amount = 4200): Promise<TestProduct> {
  const json = productBody({ stock, price: { amount, currency: 'EUR' } })
  const answer = await shop.ask('/api/v1/products', { method: 'POST', headers: STAFF, json })
  if (answer.status !== 201) throw new Error(answer.text)
  return answer.json as TestProduct
}

/** How many pieces there are. */
export async function stockOf(shop: TestShop, id: number): Promise<number> {
  return (await shop.ask(`/api/v1/stock/${id}`)).json.stock as number
}
