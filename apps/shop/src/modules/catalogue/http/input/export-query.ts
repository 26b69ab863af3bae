import { z } from 'zod'
import { expecting, refusal } from '../../../../http/input/expectation.js'
import type { ProductFilter, ProductSort } from '../../domain/product-query.js'
import { FILTER_FIELDS, filterOf, refusedPrices, sortOf } from './product-filter.js'

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const

export type ExportFormat = (typeof EXPORT_FORMATS)[number]

export interface ExportQuery {
  readonly filter: ProductFilter
  readonly sort: ProductSort
  /** Null when `Accept` is to choose. */
  readonly format: ExportFormat | null
}

export const exportQuery = z
  .strictObject({
    ...FILTER_FIELDS,
    format: expecting(`one of ${EXPORT_FORMATS.join(', ')}`, z.enum(EXPORT_FORMATS)).optional(),
  })
  .transform((input, context): ExportQuery => {
    const refused = refusedPrices(input)
    if (refused !== null) {
      const { field, ...rest } = refused
      context.addIssue(refusal(rest, [field]))
      return z.NEVER
    }
    return { filter: filterOf(input), sort: sortOf(input), format: input.format ?? null }
  })
