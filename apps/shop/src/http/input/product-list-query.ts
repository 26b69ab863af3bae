import { z } from 'zod'
import { PRODUCT_LIMITS } from '../../domain/product.js'
import type { Position, ProductFilter, ProductSort } from '../../domain/product-query.js'
import { searchTerms } from '../../domain/search-text.js'
import { parseCursor } from './cursor.js'
import { expecting } from './expectation.js'
import { parseSort, SORT_NAMES } from './product-sort.js'
import { decimal, line } from './text.js'

export const DEFAULT_LIMIT = 24
export const MAX_LIMIT = 100
/** A database has to walk over all that a page skips; who wants more goes on with a cursor, which costs nothing. */
export const MAX_SKIPPED = 10_000
const MAX_PAGE = 10_001
const MAX_TERMS = 8

const PRICE = `a whole number of cents from 0 to ${PRODUCT_LIMITS.price}`

const fields = z.strictObject({
  q: expecting(
    `at most 100 characters and ${MAX_TERMS} words`,
    line(0, 100).transform(searchTerms).pipe(z.array(z.string()).max(MAX_TERMS)),
  ).optional(),
  category: expecting(
    'the slug of a category, such as "tea-and-coffee"',
    z.string().regex(/^[a-z0-9-]{1,60}$/),
  ).optional(),
  minPrice: expecting(PRICE, decimal(0, PRODUCT_LIMITS.price)).optional(),
  maxPrice: expecting(PRICE, decimal(0, PRODUCT_LIMITS.price)).optional(),
  inStock: expecting('true or false', z.enum(['true', 'false'])).optional(),
  sort: expecting(
    `one of ${SORT_NAMES.join(', ')}`,
    z.string().refine((name) => parseSort(name) !== null),
  ).default('name'),
  limit: expecting(`a whole number from 1 to ${MAX_LIMIT}`, decimal(1, MAX_LIMIT)).default(DEFAULT_LIMIT),
  page: expecting(`a whole number from 1 to ${MAX_PAGE}`, decimal(1, MAX_PAGE)).optional(),
  cursor: expecting('the nextCursor of a list in the same order', z.string()).optional(),
})

/** The parameters that a list takes; the README has them all. */
export const LIST_PARAMETERS: readonly string[] = Object.keys(fields.shape)

export interface ProductListQuery {
  readonly filter: ProductFilter
  readonly sort: ProductSort
  readonly limit: number
  /** By number, counted from 1, or after a position. */
  readonly place: { readonly page: number } | { readonly after: Position }
}

export const productListQuery = fields.transform((input, context): ProductListQuery => {
  const refuse = (field: string, problem: string, expected: string): never => {
    context.addIssue({ code: 'custom', path: [field], params: { problem, expected } })
    return z.NEVER
  }
  const { minPrice = null, maxPrice = null, limit, page = 1 } = input
  if (minPrice !== null && maxPrice !== null && minPrice > maxPrice) {
    return refuse('minPrice', `is ${minPrice}, more than maxPrice`, `at most ${maxPrice}, the maxPrice`)
  }
  if (input.page !== undefined && input.cursor !== undefined) {
    return refuse('page', 'is given together with a cursor', 'a page or a cursor')
  }
  if ((page - 1) * limit > MAX_SKIPPED) {
    const last = Math.floor(MAX_SKIPPED / limit) + 1
    return refuse('page', `is ${page}`, `at most ${last} with this limit; go on with nextCursor`)
  }
  const sort = parseSort(input.sort) ?? { key: 'name', descending: false }
  const filter = {
    category: input.category ?? null,
    minPrice,
    maxPrice,
    inStock: flag(input.inStock),
    terms: input.q ?? [],
  }
  if (input.cursor === undefined) return { filter, sort, limit, place: { page } }
  const after = parseCursor(input.cursor, sort)
  if (after === null)
    return refuse('cursor', 'is not one of this order', 'the nextCursor of a list in the same order')
  return { filter, sort, limit, place: { after } }
})

function flag(text: 'true' | 'false' | undefined): boolean | null {
  return text === undefined ? null : text === 'true'
}
