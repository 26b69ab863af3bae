import type { Product } from '../domain/product.js'

/** A product as the API shows it in version 1. */
export function representProduct(product: Product): object {
  const { id, sku, name, description, category, price, stock, version, createdAt, updatedAt } = product
  return {
    id,
    sku,
    name,
    description,
    category: { slug: category.slug, name: category.name },
    price: { amount: price.amount, currency: price.currency },
    stock,
    version,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
