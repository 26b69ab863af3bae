import { type Currency, Money } from '../../../../domain/money.js'
import type { ChangedProduct, NewProduct, Product } from '../../domain/product.js'
import { nameSortKey, searchTextOf } from '../../domain/search-text.js'
import { categories, products } from './tables.js'

/** Between the domain's products and the rows of the table. */

export interface ProductRow {
  readonly product: typeof products.$inferSelect
  readonly category: typeof categories.$inferSelect
}

export function productOf({ product, category }: ProductRow): Product {
  return {
    id: product.id,
    sku: product.sku,
    name: product.name,
    description: product.description,
    category: { slug: category.slug, name: category.name },
    price: Money.of(product.priceAmount, product.priceCurrency as Currency),
    stock: product.stock,
    version: product.version,
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
  }
}

export function newRowOf(product: NewProduct): typeof products.$inferInsert {
  return { ...changedRowOf(product), createdAt: product.createdAt }
}

export function changedRowOf(product: ChangedProduct): Omit<typeof products.$inferInsert, 'createdAt'> {
  return {
    sku: product.sku,
    name: product.name,
    description: product.description,
    categorySlug: product.category,
    priceAmount: product.price.amount,
    priceCurrency: product.price.currency,
    stock: product.stock,
    version: product.version,
    updatedAt: product.updatedAt,
    nameKey: nameSortKey(product.name),
    searchText: searchTextOf(product.name, product.sku, product.description),
  }
}
