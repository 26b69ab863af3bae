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
export function apiQueryOf(choice: Choice): URLSearchParams {
  const query = addressOf(choice)
  query.set('sort', choice.sort)
  const [min, max] = [centsOf(choice.minPrice), centsOf(choice.maxPrice)]
  const swap = min !== null && max !== null && min > max
  setOrDelete(query, 'minPrice', swap ? max : min)
  setOrDelete(query, 'maxPrice', swap ? min : max)
  return query
}

/** Null when no price was typed. */
function centsOf(euros: string): number | null {
  const cents = Math.round(Number(euros) * 100)
  return euros.trim() === '' || Number.isNaN(cents) ? null : cents
}

function setOrDelete(query: URLSearchParams, name: string, value: number | null): void {
  if (value === null) query.delete(name)
  else query.set(name, String(value))
}
