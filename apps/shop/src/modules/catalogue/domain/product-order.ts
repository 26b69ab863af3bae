import type { Product } from './product.js'
import type { Position, ProductSort, SortKey } from './product-query.js'
import { compareCodePoints, nameSortKey } from './search-text.js'

/** The value that products are ordered by under a sort key. */
export function sortValueOf(product: Product, key: SortKey): string | number {
  switch (key) {
    case 'name':
      return nameSortKey(product.name)
    case 'price':
      return product.price.amount
    case 'stock':
      return product.stock
    case 'created':
      return product.createdAt.getTime()
  }
}

export function positionOf(product: Product, sort: ProductSort): Position {
  return { value: sortValueOf(product, sort.key), id: product.id }
}

/** Negative when `left` comes first. Positions must be of one sort. */
export function comparePositions(left: Position, right: Position, sort: ProductSort): number {
  const ascending = compareValues(left.value, right.value) || left.id - right.id
  return sort.descending ? -ascending : ascending
}

function compareValues(left: string | number, right: string | number): number {
  if (typeof left === 'string' && typeof right === 'string') return compareCodePoints(left, right)
  return Number(left) - Number(right)
}
