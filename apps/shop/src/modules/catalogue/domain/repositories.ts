import type { Page } from '../../../domain/paging.js'
import type { Category, CategoryWithCount } from './category.js'
import type { ChangedProduct, NewProduct, Product } from './product.js'
import type { Position, ProductFilter, ProductSort } from './product-query.js'

/**
 * Where products live. All methods reject with StorageUnavailable when the storage can't be reached.
 *
 * Orders are total (ProductSort), and the same in every implementation.
 */
export interface ProductRepository {
  /** Products by number of place: `offset` are skipped, at most `limit` given. */
  page(filter: ProductFilter, sort: ProductSort, offset: number, limit: number): Promise<Page<Product>>

  /** At most `limit` products after a place in the order; from the first when it is null. */
  after(
    filter: ProductFilter,
    sort: ProductSort,
    position: Position | null,
    limit: number,
  ): Promise<readonly Product[]>

  find(id: number): Promise<Product | null>

  /**
   * Those of the products that there are, by their ids, in the order of ids. To the end of the transaction that it is
   * called in, nobody else changes them.
   */
  findForChange(ids: readonly number[]): Promise<ReadonlyMap<number, Product>>

  /** Those of the products that there are, by their ids. */
  findAll(ids: readonly number[]): Promise<ReadonlyMap<number, Product>>

  /** Rejects with DuplicateSku or UnknownCategory; then nothing was stored. */
  add(product: NewProduct): Promise<Product>

  /** Stores a changed product if the stored one has still `expectedVersion`; null when not. Rejects as `add`. */
  save(id: number, product: ChangedProduct, expectedVersion: number): Promise<Product | null>

  /** Removes the product if it has still `expectedVersion`. False when not. */
  remove(id: number, expectedVersion: number): Promise<boolean>
}

export interface CategoryRepository {
  /** All categories by name, with the number of their products. */
  list(): Promise<readonly CategoryWithCount[]>

  /** Adds those categories whose slug is new. */
  addMissing(categories: readonly Category[]): Promise<void>
}
