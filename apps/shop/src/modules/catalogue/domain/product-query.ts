/** Which products are asked for; `null` where it does not matter. */
export interface ProductFilter {
  /** A category's slug. */
  readonly category: string | null
  /** Inclusive bounds, in minor units of the catalogue's currency. */
  readonly minPrice: number | null
  readonly maxPrice: number | null
  /** true: only what can be had; false: only what is sold out. */
  readonly inStock: boolean | null
  /** All of them must be in the product's search text. Normalized. */
  readonly terms: readonly string[]
}

export const SORT_KEYS = ['name', 'price', 'stock', 'created'] as const

export type SortKey = (typeof SORT_KEYS)[number]

/** Products with equal keys are ordered by id, in the same direction: the order is total. */
export interface ProductSort {
  readonly key: SortKey
  readonly descending: boolean
}

/**
 * A place in an order of products: after the product with this key and id. It stays good whatever is added or
 * removed before it; the product itself may be gone.
 */
export interface Position {
  /** Of the product's sort key: its name's, its price's amount, its stock, or when it was created in ms. */
  readonly value: string | number
  readonly id: number
}
