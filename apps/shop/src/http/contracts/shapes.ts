import { z } from 'zod'
import { CURRENCY_DIGITS, type Currency } from '../../domain/money.js'
import { component } from './component.js'

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
