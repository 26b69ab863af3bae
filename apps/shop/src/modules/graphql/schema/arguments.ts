import { GraphQLError } from 'graphql'
import { z } from 'zod'
import { PRODUCT_LIMITS } from '../../catalogue/domain/product.js'
import type { Position, ProductFilter, ProductSort, SortKey } from '../../catalogue/domain/product-query.js'
import { searchTerms } from '../../catalogue/domain/search-text.js'
import { parseGraphCursor } from './graph-cursor.js'
import { MAX_FIRST } from './schema.js'

/** What the arguments of `products` are; their types the schema has checked, and nothing else. */
export interface ProductsArguments {
  readonly filter?: {
    readonly q?: string | null
    readonly category?: string | null
    readonly minPrice?: number | null
    readonly maxPrice?: number | null
    readonly inStock?: boolean | null
  } | null
  readonly orderBy: string
  readonly descending: boolean
  readonly first: number
  readonly after?: string | null
}

export interface ProductsQuestion {
  readonly filter: ProductFilter
  readonly sort: ProductSort
  readonly first: number
  readonly after: Position | null
}

const MAX_TERMS = 8
const price = z.int().min(0).max(PRODUCT_LIMITS.price)
const query = z
  .string()
  .max(100)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)

/** Throws a GraphQLError that names the argument which is not right. */
export function readProductsArguments(args: ProductsArguments): ProductsQuestion {
  const { first, after } = args
  if (first < 1 || first > MAX_FIRST)
    throw badArgument('first', first, `a whole number from 1 to ${MAX_FIRST}`)
  const sort: ProductSort = { key: args.orderBy.toLowerCase() as SortKey, descending: args.descending }
  const position = typeof after === 'string' ? parseGraphCursor(after, sort) : null
  if (typeof after === 'string' && position === null)
    throw badArgument('after', after, 'the endCursor of a list in the same order')
  return { filter: readFilter(args.filter ?? {}), sort, first, after: position }
}

/** Null when it can't be the id of a product. */
export function productId(text: string): number | null {
  return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= 2_147_483_647 ? Number(text) : null
}

function readFilter(filter: NonNullable<ProductsArguments['filter']>): ProductFilter {
  const { q = '', category = null, minPrice = null, maxPrice = null, inStock = null } = filter
  const expectedPrice = `a whole number from 0 to ${PRODUCT_LIMITS.price}`
  const terms = query.safeParse(q ?? '').success ? searchTerms(q ?? '') : null
  if (terms === null || terms.length > MAX_TERMS)
    throw badArgument('filter.q', q, `at most 100 characters and ${MAX_TERMS} words`)
  if (category !== null && !/^[a-z0-9-]{1,60}$/.test(category))
    throw badArgument('filter.category', category, 'the slug of a category')
  for (const [name, value] of Object.entries({ minPrice, maxPrice })) {
    if (value !== null && !price.safeParse(value).success)
      throw badArgument(`filter.${name}`, value, expectedPrice)
  }
  if (minPrice !== null && maxPrice !== null && minPrice > maxPrice)
    throw badArgument('filter.minPrice', minPrice, `at most ${maxPrice}, the maxPrice`)
  return { category, minPrice, maxPrice, inStock, terms }
}

export function badArgument(argument: string, value: unknown, expected: string): GraphQLError {
  const problem = `is ${JSON.stringify(value).slice(0, 60)}`
  return new GraphQLError(`${argument} ${problem}; expected ${expected}.`, {
    extensions: { code: 'BAD_USER_INPUT', argument, problem, expected },
  })
}
