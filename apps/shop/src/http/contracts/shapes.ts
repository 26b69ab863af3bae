import { z } from 'zod'
import { CURRENCY_DIGITS, type Currency, type Money } from '../../domain/money.js'
import { component } from './component.js'

/** Schemas of answers that several modules have, and how values become such. */

export const moneySchema = component(
  'Money',
  z.object({
    amount: z.int().meta({ description: 'In the minor unit of the currency: 1290 EUR is 12.90 euros.' }),
    currency: z.enum(Object.keys(CURRENCY_DIGITS) as [Currency, ...Currency[]]),
  }),
)

export function representMoney({ amount, currency }: Money): z.input<typeof moneySchema> {
  return { amount, currency }
}

/** Which page of a list it is, and how many there are. */
export const pageSchema = z.object({ number: z.int(), size: z.int(), items: z.int(), pages: z.int() })

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
