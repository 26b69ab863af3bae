import { z } from 'zod'
import { expecting } from '../../../http/input/expectation.js'
import { whole } from '../../../http/input/text.js'

export const MAX_PRODUCTS = 100
export const MAX_WAIT_SECONDS = 25

const PRODUCTS = `1 to ${MAX_PRODUCTS} ids of products with commas between them, such as "1,2,3"`

const products = expecting(
  PRODUCTS,
  z
    .string()
    .regex(/^[1-9]\d{0,9}(?:,[1-9]\d{0,9})*$/)
    .transform((text): ReadonlySet<number> => new Set(text.split(',').map(Number)))
    .refine((ids) => ids.size <= MAX_PRODUCTS && Math.max(...ids) <= 2_147_483_647),
)

/** Any text: what is no id of ours counts as one that is too old. */
const position = z.string().max(100)

const LAST_EVENT = 'the id of the last event that was seen'

export const streamQuery = z.strictObject({
  products,
  lastEventId: expecting(LAST_EVENT, position).optional(),
})

/** What browsers send when they come back. */
export const streamHeaders = z.object({ 'last-event-id': expecting(LAST_EVENT, z.string()).optional() })

export const pollQuery = z.strictObject({
  products,
  since: expecting('the "since" of the last answer', position).optional(),
  wait: expecting(
    `a whole number of seconds from 0 to ${MAX_WAIT_SECONDS}`,
    whole(0, MAX_WAIT_SECONDS),
  ).default(MAX_WAIT_SECONDS),
})
