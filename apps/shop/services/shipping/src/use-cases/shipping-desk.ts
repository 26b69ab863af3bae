import { randomBytes } from 'node:crypto'
import { announce, assertSameDetails, type Shipment } from '../domain/shipment.js'
import { Refused } from '../domain/refused.js'
import { type Quote, quoteFor } from '../domain/tariff.js'
import { formatTrackingNumber } from '../domain/tracking-number.js'
import { readInput } from '../input/read-input.js'
import { quoteRequest, shipmentRequest, trackRequest } from '../input/requests.js'
import type { Call } from './call.js'
import type { Courier } from './courier.js'
import type { CreatedShipment, Shipping } from './shipping.js'
import type { Shipments } from './shipments.js'

/** The use cases themselves. */
export class ShippingDesk implements Shipping {
  readonly #shipments: Shipments
  readonly #courier: Courier
  readonly #now: () => Date

  constructor({ shipments, courier, now }: { shipments: Shipments; courier: Courier; now: () => Date }) {
    this.#shipments = shipments
    this.#courier = courier
    this.#now = now
  }

  async quote(input: unknown): Promise<Quote> {
    const { weightGrams, destination, level } = readInput(quoteRequest, input)
    return quoteFor({ weightGrams, destination }, level ?? null)
  }

  async createShipment(input: unknown, call: Call): Promise<CreatedShipment> {
    const details = readInput(shipmentRequest, input)
    // From here on it is done, whether or not the caller waits: a second try finds what the first one made.
    call.signal.throwIfAborted()
    const { shipment, created } = await this.#shipments.findOrAdd(details.orderId, () =>
      announce(details, formatTrackingNumber(randomBytes(16)), this.#now()),
    )
    if (created) this.#courier.take(shipment)
    else assertSameDetails(shipment, details)
    return { shipment, created }
  }

  async find(input: unknown): Promise<Shipment> {
    return this.#known(readInput(trackRequest, input).tracking)
  }

  async *follow(input: unknown, call: Call): AsyncGenerator<Shipment> {
    const { tracking } = this.#known(readInput(trackRequest, input).tracking)
    yield* this.#shipments.follow(tracking, call.signal)
  }

  #known(tracking: string): Shipment {
    const shipment = this.#shipments.find(tracking)
    if (shipment) return shipment
    const fields = [
      { field: 'tracking', problem: `is ${JSON.stringify(tracking)}`, expected: 'the number of a shipment' },
    ]
    throw new Refused('unknown-shipment', `There is no shipment ${tracking}.`, fields)
  }
}
