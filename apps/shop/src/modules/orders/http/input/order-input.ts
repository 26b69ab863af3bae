import { z } from 'zod'
import { isId } from '../../../../domain/ids.js'
import { expecting, refusal } from '../../../../http/input/expectation.js'
import { idOf } from '../../../../http/input/id.js'
import { slicing } from '../../../../http/input/place-cursor.js'
import { whole, line } from '../../../../http/input/text.js'
import { CART_LIMITS } from '../../domain/cart.js'
import { COUNTRIES } from '../../domain/countries.js'
import { type OrderId, SERVICE_LEVELS } from '../../domain/order.js'
import type { SummaryFilter } from '../../domain/order-summary.js'
import { LINE_FIELDS } from './cart-input.js'

const STORED_STATUSES = ['placed', 'confirmed', 'shipped', 'cancelled'] as const
const REASON_LENGTH = 200
const MOST_TOTAL = 1_000_000_000

export const orderPath: z.ZodType<{ readonly id: OrderId }> = z.object({
  id: idOf<'order'>('the id of an order'),
})

const lines = expecting(
  `a list of 1 to ${CART_LIMITS.lines} lines such as {"productId":7,"quantity":2}`,
  z
    .array(expecting('a line such as {"productId":7,"quantity":2}', z.strictObject(LINE_FIELDS)))
    .min(1)
    .max(CART_LIMITS.lines)
    .superRefine((items, context) => {
      const seen = new Set<number>()
      for (const [index, { productId }] of items.entries()) {
        if (seen.has(productId)) {
          const problem = `is ${productId}, which another line has already`
          const refused = { problem, expected: 'each product in one line' }
          context.addIssue(refusal(refused, [index, 'productId']))
        }
        seen.add(productId)
      }
    }),
)

const destination = expecting(
  'a country and a postal code, such as {"country":"NL","postalCode":"1012 AB"}',
  z.strictObject({
    country: expecting('a country by its two capital letters of ISO 3166-1, such as "NL"', z.enum(COUNTRIES)),
    postalCode: expecting(
      '2 to 10 letters, digits, spaces and hyphens, such as "1012 AB"',
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 -]{0,8}[A-Za-z0-9]$/),
    ),
  }),
)

/** Without `lines`: what is in the cart. */
export const orderBody = expecting(
  'a JSON object such as {"shipTo":{"country":"NL","postalCode":"1012 AB"}}',
  z.strictObject({
    lines: lines.optional(),
    shipTo: destination,
    level: expecting(`one of ${SERVICE_LEVELS.join(', ')}`, z.enum(SERVICE_LEVELS)).default('standard'),
  }),
)

/** There is nothing to say. */
export const confirmationBody = expecting('no body, or {}', z.strictObject({}).prefault({}))

export const cancellationBody = expecting(
  'a JSON object such as {"reason":"ordered twice"}',
  z
    .strictObject({
      reason: expecting(
        `a line of text with 3 to ${REASON_LENGTH} characters`,
        line(3, REASON_LENGTH),
      ).default('cancelled by the customer'),
    })
    .prefault({}),
)

const status = expecting(`one of ${STORED_STATUSES.join(', ')}`, z.enum(STORED_STATUSES)).optional()

const page = slicing((text): OrderId | null => (isId<'order'>(text) ? text : null))

export const ownOrdersQuery = z.strictObject({ status, ...page })

/** In a year that PostgreSQL can read, as the time is in UTC. */
const moment = () =>
  expecting(
    'a time such as 2025-06-01T00:00:00Z, in the years 1 to 9999',
    z.iso
      .datetime({ offset: true })
      .transform((text) => new Date(text))
      .refine((time) => time.getUTCFullYear() >= 1 && time.getUTCFullYear() <= 9999),
  ).optional()

export const staffOrdersQuery = z
  .strictObject({
    status,
    user: expecting('the id of a user', line(1, 100)).optional(),
    from: moment(),
    until: moment(),
    minTotal: expecting(`a whole number of cents from 0 to ${MOST_TOTAL}`, whole(0, MOST_TOTAL)).optional(),
    ...page,
  })
  .transform(({ limit, cursor = null, user, ...input }) => {
    const { status: wanted = null, from = null, until = null, minTotal = null } = input
    const filter: SummaryFilter = { userId: user ?? null, status: wanted, from, until, minTotal }
    return { filter, limit, cursor }
  })
