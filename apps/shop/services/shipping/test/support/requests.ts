import { randomUUID } from 'node:crypto'
import type { QuoteRequest, ShipmentRequest } from '../../client/index.js'

export function aQuoteRequest(changes: Partial<QuoteRequest> = {}): QuoteRequest {
  return { weightGrams: 1500, destination: { country: 'NL', postalCode: '1012 AB' }, ...changes }
}

/** Each has an order of its own. */
export function aShipmentRequest(changes: Partial<ShipmentRequest> = {}): ShipmentRequest {
  const destination = { country: 'DE', postalCode: '10115' }
  return { orderId: `order-${randomUUID()}`, weightGrams: 800, destination, level: 'standard', ...changes }
}
