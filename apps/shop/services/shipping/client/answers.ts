import { z } from 'zod'
import { SERVICE_LEVELS, SHIPMENT_STATES } from '../contract/vocabulary.js'
import { ShippingUnavailable } from './errors.js'
import type { Quote, Shipment } from './shipping-client.js'

/**
 * What the service answers, as JSON has it; the gRPC client brings its messages into the same form. Fields that are
 * not known are ignored, so that the service can have more.
 */
const level = z.enum(SERVICE_LEVELS)
const price = z.object({ amount: z.int().nonnegative(), currency: z.string().length(3) })
const days = z.int().nonnegative()
const delivery = z.object({ min: days, max: days })

const quote = z.object({ options: z.array(z.object({ level, price, delivery })).min(1) })

const shipment = z.object({
  tracking: z.string().min(1),
  orderId: z.string().min(1),
  weightGrams: z.int(),
  destination: z.object({ country: z.string(), postalCode: z.string() }),
  level,
  price,
  delivery,
  history: z.array(z.object({ state: z.enum(SHIPMENT_STATES), at: z.coerce.date() })).min(1),
})

/** Throws `ShippingUnavailable` with the code `bad-answer` when it is no quote. */
export function readQuote(answer: unknown): Quote {
  return { ...read(quote, answer), estimated: false }
}

/** Throws `ShippingUnavailable` with the code `bad-answer` when it is no shipment. */
export function readShipment(answer: unknown): Shipment {
  return read(shipment, answer)
}

function read<S extends z.ZodType>(schema: S, answer: unknown): z.output<S> {
  const result = schema.safeParse(answer)
  if (result.success) return result.data
  throw new ShippingUnavailable('bad-answer', 'the shipping service answered something else than it should', {
    cause: result.error,
  })
}
