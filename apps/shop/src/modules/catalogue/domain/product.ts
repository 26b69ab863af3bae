import type { Currency, Money } from '../../../domain/money.js'
import type { Category } from './category.js'

/** The catalogue has one currency: prices can be compared, so they can be filtered and sorted by. */
export const CATALOGUE_CURRENCY = 'EUR' satisfies Currency

/** The bounds of each field. Input is checked against them at the edge, and here once more. */
export const PRODUCT_LIMITS = {
  nameLength: 120,
  descriptionLength: 2000,
  /** In minor units: a million euros. */
  price: 100_000_000,
  stock: 1_000_000,
} as const

/** What people enter about a product; the rest the shop keeps itself. */
export interface ProductDetails {
  /** The number on the label: `TEA-0103`. Unique in the catalogue. */
  readonly sku: string
  readonly name: string
  readonly description: string
  /** The slug of its category. */
  readonly category: string
  readonly price: Money
  /** Pieces in the warehouse. */
  readonly stock: number
}

export interface Product extends Omit<ProductDetails, 'category'> {
  readonly id: number
  readonly category: Category
  /** 1 for a new product, one more with each change. What optimistic updates compare. */
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A product that no repository has given a number yet. */
export type NewProduct = ProductDetails & Pick<Product, 'version' | 'createdAt' | 'updatedAt'>

/** What is stored of a changed product, beside its number. */
export type ChangedProduct = ProductDetails & Pick<Product, 'version' | 'updatedAt'>

/** Throws a RangeError when the details break a rule of the catalogue. */
export function createProduct(details: ProductDetails, now: Date): NewProduct {
  assertSellable(details)
  return { ...details, version: 1, createdAt: now, updatedAt: now }
}

/** The product with other details and the next version. Throws a RangeError when they break a rule. */
export function changeProduct(product: Product, changes: Partial<ProductDetails>, now: Date): ChangedProduct {
  const details = { ...detailsOf(product), ...changes }
  assertSellable(details)
  return { ...details, version: product.version + 1, updatedAt: now }
}

function detailsOf(product: Product): ProductDetails {
  const { sku, name, description, category, price, stock } = product
  return { sku, name, description, category: category.slug, price, stock }
}

function assertSellable({ price, stock }: ProductDetails): void {
  if (price.currency !== CATALOGUE_CURRENCY)
    throw new RangeError(`the catalogue has prices in ${CATALOGUE_CURRENCY} only`)
  if (price.amount < 0 || price.amount > PRODUCT_LIMITS.price)
    throw new RangeError(`no price: ${price.amount}`)
  if (!Number.isInteger(stock) || stock < 0 || stock > PRODUCT_LIMITS.stock)
    throw new RangeError(`no stock: ${stock}`)
}
