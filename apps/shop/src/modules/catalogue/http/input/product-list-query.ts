import { z } from 'zod'
import { expecting, refusal } from '../../../../http/input/expectation.js'
import { whole } from '../../../../http/input/text.js'
import type { Position, ProductFilter, ProductSort } from '../../domain/product-query.js'
import { parseCursor } from './cursor.js'
import { FILTER_FIELDS, filterOf, refusedPrices, type RefusedField, sortOf } from './product-filter.js'

export const DEFAULT_LIMIT = 24
export const MAX_LIMIT = 100
/** A database has to walk over all that a page skips; who wants more goes on with a cursor, which costs nothing. */
export const MAX_SKIPPED = 10_000
const MAX_PAGE = 10_001

const fields = z.strictObject({
  ...FILTER_FIELDS,
  limit: expecting(`a whole number from 1 to ${MAX_LIMIT}`, whole(1, MAX_LIMIT)).default(DEFAULT_LIMIT),
  page: expecting(`a whole number from 1 to ${MAX_PAGE}`, whole(1, MAX_PAGE)).optional(),
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
  const refuse = ({ field, ...refused }: RefusedField): never => {
    context.addIssue(refusal(refused, [field]))
    return z.NEVER
  }
  const refused = refusedPrices(input) ?? refusedPlace(input)
  if (refused !== null) return refuse(refused)
  const { limit, page = 1, cursor } = input
  const [filter, sort] = [filterOf(input), sortOf(input)]
  if (cursor === undefined) return { filter, sort, limit, place: { page } }
  const after = parseCursor(cursor, sort)
  if (after !== null) return { filter, sort, limit, place: { after } }
  const expected = 'the nextCursor of a list in the same order'
  return refuse({ field: 'cursor', problem: 'is not one of this order', expected })
})

function refusedPlace({ page, cursor, limit }: z.output<typeof fields>): RefusedField | null {
  if (page === undefined) return null
  if (cursor !== undefined) {
    return { field: 'page', problem: 'is given together with a cursor', expected: 'a page or a cursor' }
  }
  if ((page - 1) * limit <= MAX_SKIPPED) return null
  const last = Math.floor(MAX_SKIPPED / limit) + 1
  const expected = `at most ${last} with this limit; go on with nextCursor`
  return { field: 'page', problem: `is ${page}`, expected }
}
