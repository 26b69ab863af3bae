import type { Page } from '../../../../domain/paging.js'
import { and, asc, eq, inArray } from 'drizzle-orm'
import { DuplicateSku, UnknownCategory } from '../../domain/errors.js'
import type { ChangedProduct, NewProduct, Product, ProductDetails } from '../../domain/product.js'
import type { Position, ProductFilter, ProductSort } from '../../domain/product-query.js'
import type { ProductRepository } from '../../domain/repositories.js'
import type { CurrentDatabase, Database } from '../../../../platform/database/database.js'
import {
  FOREIGN_KEY_VIOLATION,
  failureOf,
  query,
  UNIQUE_VIOLATION,
} from '../../../../platform/database/database-errors.js'
import { conditionAfter, conditionOf, countOfRows, orderOf } from './product-conditions.js'
import { changedRowOf, newRowOf, type ProductRow, productOf } from './product-rows.js'
import { categories, products } from './tables.js'

const PRODUCT_ROW = { product: products, category: categories }

export class PostgresProductRepository implements ProductRepository {
  readonly #sql: CurrentDatabase

  constructor(sql: CurrentDatabase) {
    this.#sql = sql
  }

  page(filter: ProductFilter, sort: ProductSort, offset: number, limit: number): Promise<Page<Product>> {
    const condition = conditionOf(filter)
    return query(async () => {
      const counted = await this.#sql.current.select({ count: countOfRows }).from(products).where(condition)
      const rows = await this.#rows()
        .where(condition)
        .orderBy(...orderOf(sort))
        .offset(offset)
        .limit(limit)
      return { items: rows.map(productOf), total: counted[0]?.count ?? 0 }
    })
  }

  after(
    filter: ProductFilter,
    sort: ProductSort,
    position: Position | null,
    limit: number,
  ): Promise<readonly Product[]> {
    const begin = position === null ? undefined : conditionAfter(position, sort)
    return query(async () => {
      const rows = await this.#rows()
        .where(and(conditionOf(filter), begin))
        .orderBy(...orderOf(sort))
        .limit(limit)
      return rows.map(productOf)
    })
  }

  find(id: number): Promise<Product | null> {
    return query(async () => {
      const [row] = await this.#rows().where(eq(products.id, id))
      return row === undefined ? null : productOf(row)
    })
  }

  findForChange(ids: readonly number[]): Promise<ReadonlyMap<number, Product>> {
    return query(async () => {
      // In one order, so that two who want the same do not wait for each other.
      const rows = await this.#rows()
        .where(inArray(products.id, [...ids]))
        .orderBy(asc(products.id))
        .for('update', { of: products })
      return byId(rows)
    })
  }

  findAll(ids: readonly number[]): Promise<ReadonlyMap<number, Product>> {
    return query(async () => byId(await this.#rows().where(inArray(products.id, [...ids]))))
  }

  async add(product: NewProduct): Promise<Product> {
    const added = await this.#write(product, (transaction) =>
      transaction.insert(products).values(newRowOf(product)).returning(),
    )
    if (added === null) throw new Error('an insert gave back no row')
    return added
  }

  save(id: number, product: ChangedProduct, expectedVersion: number): Promise<Product | null> {
    return this.#write(product, (transaction) =>
      transaction
        .update(products)
        .set(changedRowOf(product))
        .where(and(eq(products.id, id), eq(products.version, expectedVersion)))
        .returning(),
    )
  }

  remove(id: number, expectedVersion: number): Promise<boolean> {
    return query(async () => {
      const removed = await this.#sql.current
        .delete(products)
        .where(and(eq(products.id, id), eq(products.version, expectedVersion)))
        .returning({ id: products.id })
      return removed.length > 0
    })
  }

  #rows() {
    return this.#sql.current
      .select(PRODUCT_ROW)
      .from(products)
      .innerJoin(categories, eq(categories.slug, products.categorySlug))
      .$dynamic()
  }

  /**
   * Runs a write and reads the category of the row that it gives, in one transaction; null when it gives none. What
   * the constraints refuse becomes an error of the domain.
   */
  async #write(
    { sku, category }: ProductDetails,
    write: (transaction: Database) => PromiseLike<ProductRow['product'][]>,
  ): Promise<Product | null> {
    try {
      return await query(() =>
        this.#sql.current.transaction(async (transaction) => {
          const [product] = await write(transaction)
          if (product === undefined) return null
          const found = await transaction
            .select()
            .from(categories)
            .where(eq(categories.slug, product.categorySlug))
          return found[0] === undefined ? null : productOf({ product, category: found[0] })
        }),
      )
    } catch (error) {
      const { code } = failureOf(error)
      if (code === UNIQUE_VIOLATION) throw new DuplicateSku(sku)
      if (code === FOREIGN_KEY_VIOLATION) throw new UnknownCategory(category, await this.#slugs())
      throw error
    }
  }

  async #slugs(): Promise<string[]> {
    const rows = await query(async () => this.#sql.current.select({ slug: categories.slug }).from(categories))
    return rows.map(({ slug }) => slug).toSorted()
  }
}

function byId(rows: readonly ProductRow[]): ReadonlyMap<number, Product> {
  return new Map(rows.map((row) => [row.product.id, productOf(row)]))
}
