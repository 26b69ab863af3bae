import { type ProductSort, SORT_KEYS } from '../../domain/product-query.js'

/** `price` is ascending, `-price` descending. */
export const SORT_NAMES: readonly string[] = SORT_KEYS.flatMap((key) => [key, `-${key}`])

export function formatSort({ key, descending }: ProductSort): string {
  return descending ? `-${key}` : key
}

/** Null when there is no such order. */
export function parseSort(text: string): ProductSort | null {
  const key = SORT_KEYS.find((known) => known === text.replace(/^-/, ''))
  return key === undefined ? null : { key, descending: text.startsWith('-') }
}
