import type { Shipment } from '../domain/shipment.js'

/** Where shipments are kept when the process ends. */
export interface Journal {
  /** Resolves when the shipment, as it is now, is safe. Rejects with `Unavailable` when it can not be kept. */
  append(shipment: Shipment): Promise<void>
  /** Rejects when nothing can be kept at the moment. */
  check(): Promise<void>
  close(): Promise<void>
}
