import { type Currency, Money } from '../../../../domain/money.js'
import type { Product } from '../../domain/product.js'

interface ProductJson extends Omit<Product, 'price' | 'createdAt' | 'updatedAt'> {
  readonly price: { readonly amount: number; readonly currency: Currency }
  readonly createdAt: string
  readonly updatedAt: string
}

export function formatProduct(product: Product): string {
  const { price } = product
  return JSON.stringify({ ...product, price: { amount: price.amount, currency: price.currency } })
}

/** What `formatProduct` made. */
export function parseProduct(text: string): Product {
  const { price, createdAt, updatedAt, ...rest } = JSON.parse(text) as ProductJson
  return {
    ...rest,
    price: Money.of(price.amount, price.currency),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  }
}
