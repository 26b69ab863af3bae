import { z } from 'zod'
import { CURRENCY_DIGITS, type Currency } from '../../domain/money.js'
import { component } from './components.js'

/** Schemas of answers that several modules have. */

export const moneySchema = component(
  'Money',
  z.object({
    amount: z.int().meta({ description: 'In the minor unit of the currency: 1290 EUR is 12.90 euros.' }),
    currency: z.enum(Object.keys(CURRENCY_DIGITS) as [Currency, ...Currency[]]),
  }),
)

/** A list that goes on with a cursor. */
export function sliceSchema<S extends z.ZodType>(item: S) {
  return z.object({
    items: z.array(item),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'Where the next slice begins; null after the last.' }),
  })
}

export const idempotencyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .min(8)
    .max(100)
    .meta({ description: 'Of this request and its repetitions only, such as a UUID. Kept for 24 hours.' }),
})

export const ifMatchHeader = z.object({
  'If-Match': z.string().meta({ description: 'The ETag as it was read, or `*`.' }),
})
