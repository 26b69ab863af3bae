import type { Destination, ServiceLevel } from '../domain/order.js'

export interface ShipmentRequest {
  /** An order is shipped once: the same request again gives the same shipment. */
  readonly orderId: string
  readonly weightGrams: number
  readonly destination: Destination
  readonly level: ServiceLevel
}

export interface Shipment {
  readonly tracking: string
  readonly price: { readonly amount: number; readonly currency: string }
  /** The first and the last working day on which the parcel may come. */
  readonly delivery: { readonly min: number; readonly max: number }
}

/** Who brings parcels to people. In the container as `shipping`; the client of the shipping service fits behind it. */
export interface Shipping {
  /**
   * Rejects with ShipmentRefused (domain/errors.ts) when it will never do; with any other error when the same request
   * may be taken later.
   */
  createShipment(request: ShipmentRequest): Promise<Shipment>
}
