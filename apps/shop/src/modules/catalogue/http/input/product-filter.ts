import { z } from 'zod'
import { expecting, type Refusal } from '../../../../http/input/expectation.js'
import { whole, line } from '../../../../http/input/text.js'
import { PRODUCT_LIMITS } from '../../domain/product.js'
import type { ProductFilter, ProductSort } from '../../domain/product-query.js'
import { searchTerms } from '../../domain/search-text.js'
import { parseSort, SORT_NAMES } from './product-sort.js'

const MAX_TERMS = 8
const PRICE = `a whole number of cents from 0 to ${PRODUCT_LIMITS.price}`

/** The parameters that say which products, and in which order: of lists and of exports. */
export const FILTER_FIELDS = {
  q: expecting(
    `at most 100 characters and ${MAX_TERMS} words`,
    line(0, 100).transform(searchTerms).pipe(z.array(z.string()).max(MAX_TERMS)),
  ).optional(),
  category: expecting(
    'the slug of a category, such as "tea-and-coffee"',
    z.string().regex(/^[a-z0-9-]{1,60}$/),
  ).optional(),
  minPrice: expecting(PRICE, whole(0, PRODUCT_LIMITS.price)).optional(),
  maxPrice: expecting(PRICE, whole(0, PRODUCT_LIMITS.price)).optional(),
  inStock: expecting('true or false', z.enum(['true', 'false'])).optional(),
  sort: expecting(
    `one of ${SORT_NAMES.join(', ')}`,
    z.string().refine((name) => parseSort(name) !== null),
  ).default('name'),
}

type FilterInput = z.output<z.ZodObject<typeof FILTER_FIELDS>>

/** What is wrong with a field, when it is the fields together that are wrong. */
export interface RefusedField extends Refusal {
  readonly field: string
}

/** Null when the prices go together. */
export function refusedPrices({ minPrice, maxPrice }: FilterInput): RefusedField | null {
  if (minPrice === undefined || maxPrice === undefined || minPrice <= maxPrice) return null
  return {
    field: 'minPrice',
    problem: `is ${minPrice}, more than maxPrice`,
    expected: `at most ${maxPrice}, the maxPrice`,
  }
}

export function filterOf({ q, category, minPrice, maxPrice, inStock }: FilterInput): ProductFilter {
  return {
    category: category ?? null,
    minPrice: minPrice ?? null,
    maxPrice: maxPrice ?? null,
    inStock: inStock === undefined ? null : inStock === 'true',
    terms: q ?? [],
  }
}

export function sortOf({ sort }: FilterInput): ProductSort {
  return parseSort(sort) ?? { key: 'name', descending: false }
}
