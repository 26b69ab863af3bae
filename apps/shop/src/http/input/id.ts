import { z } from 'zod'
import { type Id, isId } from '../../domain/ids.js'
import { expecting } from './expectation.js'

/** The id of one kind of thing: `idOf<'order'>('the id of an order')`. */
export function idOf<Kind extends string>(what: string): z.ZodType<Id<Kind>> {
  return expecting(
    `${what}, a UUID in small letters`,
    z.string().refine((text) => isId(text)),
  ).transform((text) => text as Id<Kind>)
}
