import { z } from 'zod'
import { SERVICE_LEVELS, SHIPMENT_STATES } from '../../contract/vocabulary.js'
import type { Shipment } from '../domain/shipment.js'

const days = z.int().nonnegative()

/** A line of the journal. Version 1; another layout gets another number. */
const stored = z.object({
  v: z.literal(1),
  tracking: z.string(),
  orderId: z.string(),
  weightGrams: z.int(),
  destination: z.object({ country: z.string(), postalCode: z.string() }),
  level: z.enum(SERVICE_LEVELS),
  price: z.object({ amount: z.int(), currency: z.literal('EUR') }),
  delivery: z.object({ min: days, max: days }),
  history: z.array(z.object({ state: z.enum(SHIPMENT_STATES), at: z.coerce.date() })).min(1),
})

export function formatShipment(shipment: Shipment): string {
  return JSON.stringify({ v: 1, ...shipment })
}

/** Null when the line is no shipment: it was cut off, for example. */
export function parseShipment(line: string): Shipment | null {
  const result = stored.safeParse(parseJson(line))
  if (!result.success) return null
  const { v: _, ...shipment } = result.data
  return shipment
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
