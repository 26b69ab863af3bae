import { and, asc, desc, eq, gt, gte, like, lt, lte, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { Position, ProductFilter, ProductSort, SortKey } from '../../domain/product-query.js'
import { products } from './tables.js'

/** Filters, orders and cursor positions as SQL. All values travel as parameters. */

const SORT_COLUMNS: Record<SortKey, PgColumn> = {
  name: products.nameKey,
  price: products.priceAmount,
  stock: products.stock,
  created: products.createdAt,
}

/** The condition of a filter; undefined when everything matches. */
export function conditionOf(filter: ProductFilter): SQL | undefined {
  const { category, minPrice, maxPrice, inStock, terms } = filter
  return and(
    category === null ? undefined : eq(products.categorySlug, category),
    minPrice === null ? undefined : gte(products.priceAmount, minPrice),
    maxPrice === null ? undefined : lte(products.priceAmount, maxPrice),
    inStock === null ? undefined : inStock ? gt(products.stock, 0) : eq(products.stock, 0),
    ...terms.map((term) => like(products.searchText, `%${escapeLike(term)}%`)),
  )
}

export function orderOf({ key, descending }: ProductSort): SQL[] {
  const direction = descending ? desc : asc
  return [direction(SORT_COLUMNS[key]), direction(products.id)]
}

/** What comes after a place in the order. */
export function conditionAfter(position: Position, { key, descending }: ProductSort): SQL | undefined {
  const column = SORT_COLUMNS[key]
  const value = key === 'created' ? new Date(Number(position.value)) : position.value
  const beyond = descending ? lt : gt
  // The first half is implied by the second; it is what the index can begin at.
  const reached = descending ? lte(column, value) : gte(column, value)
  return and(reached, or(beyond(column, value), and(eq(column, value), beyond(products.id, position.id))))
}

/** How many rows match, beside them or alone. */
export const countOfRows = sql<number>`count(*)::int`

/** Security: `%`, `_` and the escape itself stand for themselves in a search; nobody widens it by them. */
function escapeLike(term: string): string {
  return term.replaceAll(/[\\%_]/g, String.raw`\$&`)
}
