import type { ProductQuery } from '../api/catalogue.js'

/** What the visitor looks for. It lives in the address of the page, so that it can be kept, sent and gone back to. */
export interface Choice {
  readonly q: string
  readonly category: string
  /** In whole euros, as typed; empty when it does not matter. */
  readonly minPrice: string
  readonly maxPrice: string
  readonly inStock: boolean
  readonly sort: string
}

export const DEFAULT_SORT = '-created'

export function readChoice(address: URLSearchParams): Choice {
  return {
    q: address.get('q') ?? '',
    category: address.get('category') ?? '',
    minPrice: address.get('minPrice') ?? '',
    maxPrice: address.get('maxPrice') ?? '',
    inStock: address.get('inStock') === 'true',
    sort: address.get('sort') ?? DEFAULT_SORT,
  }
}

/** The choice as the page's own address has it. */
export function addressOf({ q, category, minPrice, maxPrice, inStock, sort }: Choice): URLSearchParams {
  const entries: [string, string][] = [
    ['q', q.trim()],
    ['category', category],
    ['minPrice', minPrice],
    ['maxPrice', maxPrice],
    ['inStock', inStock ? 'true' : ''],
    ['sort', sort === DEFAULT_SORT ? '' : sort],
  ]
  return new URLSearchParams(entries.filter(([, value]) => value !== ''))
}

/** The choice as the API wants it: prices in cents, the lower one first, and the order always named. */
export function apiQueryOf({ q, category, minPrice, maxPrice, inStock, sort }: Choice): ProductQuery {
  const [min, max] = [centsOf(minPrice), centsOf(maxPrice)]
  const swap = min !== undefined && max !== undefined && min > max
  return {
    ...(q.trim() !== '' && { q: q.trim() }),
    ...(category !== '' && { category }),
    ...(inStock && { inStock: 'true' }),
    minPrice: swap ? max : min,
    maxPrice: swap ? min : max,
    sort,
  }
}

/** Undefined when no price was typed. */
function centsOf(euros: string): number | undefined {
  const cents = Math.round(Number(euros) * 100)
  return euros.trim() === '' || Number.isNaN(cents) ? undefined : cents
}
