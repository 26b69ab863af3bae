import type { Shipment } from '../domain/shipment.js'
import type { Quote } from '../domain/tariff.js'
import type { Call } from './call.js'

export interface CreatedShipment {
  readonly shipment: Shipment
  /** False when the order had been shipped before. */
  readonly created: boolean
}

/**
 * What the service does, behind every transport. Input comes as it was sent, and is checked here, once: a wrong one
 * throws `Refused`.
 */
export interface Shipping {
  quote(input: unknown, call: Call): Promise<Quote>
  createShipment(input: unknown, call: Call): Promise<CreatedShipment>
  /** The shipment as it is now. */
  find(input: unknown, call: Call): Promise<Shipment>
  /** The shipment as it is now, and again after each change, until it has arrived. */
  follow(input: unknown, call: Call): AsyncIterable<Shipment>
}
