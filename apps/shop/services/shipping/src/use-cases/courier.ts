import type { Logger } from 'pino'
import { advance, hasArrived, type Shipment } from '../domain/shipment.js'
import type { Shipments } from './shipments.js'

/**
 * Stands for the carrier: takes each parcel one state further every `stepMs`, until it has arrived. A real service
 * would hear this from the carrier.
 */
export class Courier {
  readonly #shipments: Shipments
  readonly #stepMs: number
  readonly #now: () => Date
  readonly #log: Logger
  readonly #timers = new Map<string, NodeJS.Timeout>()

  /** `stepMs` 0: parcels stay where they are until `step` is called. */
  constructor({
    shipments,
    stepMs,
    now,
    log,
  }: { shipments: Shipments; stepMs: number; now: () => Date; log: Logger }) {
    this.#shipments = shipments
    this.#stepMs = stepMs
    this.#now = now
    this.#log = log
    for (const shipment of shipments.unfinished()) this.take(shipment)
  }

  take({ tracking }: Shipment): void {
    if (this.#stepMs === 0) return
    const timer = setTimeout(() => void this.#stepAndGoOn(tracking), this.#stepMs)
    this.#timers.set(tracking, timer)
  }

  /** Takes one parcel one state further. */
  async step(tracking: string): Promise<void> {
    const shipment = this.#shipments.find(tracking)
    if (shipment && !hasArrived(shipment)) await this.#shipments.update(advance(shipment, this.#now()))
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  async #stepAndGoOn(tracking: string): Promise<void> {
    // A step that could not be kept is tried again at the next turn.
    await this.step(tracking).catch((error: unknown) => {
      this.#log.error({ err: error, tracking }, 'a step of a parcel could not be kept')
    })
    const isStopped = !this.#timers.delete(tracking)
    const shipment = this.#shipments.find(tracking)
    if (!isStopped && shipment && !hasArrived(shipment)) this.take(shipment)
  }
}
