import type { Category } from '../../domain/category.js'
import type { Product } from '../../domain/product.js'

/** What the in-memory repositories share: the products and categories of one shop, gone with the process. */
export interface MemoryCatalogue {
  readonly products: Map<number, Product>
  readonly categories: Map<string, Category>
  /** The number of the newest product. */
  lastId: number
}

export function createMemoryCatalogue(): MemoryCatalogue {
  return { products: new Map(), categories: new Map(), lastId: 0 }
}
