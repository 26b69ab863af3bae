import type { ServiceLevel, ShipmentState } from '../contract/vocabulary.js'

export interface Destination {
  /** Two capital letters of ISO 3166-1: `NL`. */
  readonly country: string
  readonly postalCode: string
}

export interface Money {
  /** In the minor unit: 1290 EUR is 12.90 euros. */
  readonly amount: number
  /** ISO 4217. */
  readonly currency: string
}

/** The first and the last working day on which a parcel may come. */
export interface WorkingDays {
  readonly min: number
  readonly max: number
}

export interface QuoteRequest {
  readonly weightGrams: number
  readonly destination: Destination
  /** Without it: all levels that go there. */
  readonly level?: ServiceLevel | undefined
}

export interface QuoteOption {
  readonly level: ServiceLevel
  readonly price: Money
  readonly delivery: WorkingDays
}

export interface Quote {
  /** Never empty. */
  readonly options: readonly QuoteOption[]
  /** True when the service did not answer, and this is what the shop assumes. */
  readonly estimated: boolean
}

export interface ShipmentRequest {
  /** An order is shipped once: the same request again gives the same shipment. */
  readonly orderId: string
  readonly weightGrams: number
  readonly destination: Destination
  readonly level: ServiceLevel
}

export interface ShipmentEvent {
  readonly state: ShipmentState
  readonly at: Date
}

export interface Shipment extends ShipmentRequest {
  readonly tracking: string
  readonly price: Money
  readonly delivery: WorkingDays
  /** The oldest first; the last one is the present state. Never empty. */
  readonly history: readonly ShipmentEvent[]
}

export interface CallOptions {
  /** Aborting it cancels the call, on the wire too; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined
  /** How long the answer may take. The service is told, and stops working when it is over. Default: no limit. */
  readonly limitMs?: number | undefined
  /** Names the call in the logs of both sides. */
  readonly requestId?: string | undefined
  /** Fields that are sent along: what makes the call a part of a trace (`traceparent`). Names in small letters. */
  readonly fields?: Readonly<Record<string, string>> | undefined
}

/**
 * The shipping service, over whatever transport. Each call rejects with `ShippingRefused` when the request can not be
 * done, and with `ShippingUnavailable` when it could be tried again later.
 */
export interface ShippingClient {
  quote(request: QuoteRequest, options?: CallOptions): Promise<Quote>
  createShipment(request: ShipmentRequest, options?: CallOptions): Promise<Shipment>
  /** The shipment as it is now. */
  track(tracking: string, options?: CallOptions): Promise<Shipment>
  /**
   * What has happened to a shipment so far, then each event as it comes, until it has arrived. `limitMs` is for each
   * answer that is asked for, not for all of it.
   */
  follow(tracking: string, options?: CallOptions): AsyncIterable<ShipmentEvent>
  /** Lets go of its connections. Calls under way are cut off. */
  close(): void
}
