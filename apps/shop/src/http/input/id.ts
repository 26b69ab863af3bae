import { z } from 'zod'
import { type Id, isId } from '../../domain/ids.js'
import { expecting } from './expectation.js'
import { whole } from './text.js'

/** The id of one kind of thing: `idOf<'order'>('the id of an order')`. */
export function idOf<Kind extends string>(what: string): z.ZodType<Id<Kind>> {
  return expecting(
    `${what}, a UUID in small letters`,
    z
      .string()
      .refine((text): text is Id<Kind> => isId<Kind>(text))
      .meta({ format: 'uuid' }),
  )
}

/** What an `integer` of PostgreSQL holds. */
export const MAX_NUMBERED_ID = 2_147_483_647

/** The id of what is numbered: of a product. */
export const numberedId = expecting(`a whole number from 1 to ${MAX_NUMBERED_ID}`, whole(1, MAX_NUMBERED_ID))
