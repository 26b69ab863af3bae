import { EventEmitter, once } from 'node:events'
import { hasArrived, type Shipment } from '../domain/shipment.js'
import { Unavailable } from './call.js'
import type { Journal } from './journal.js'

/**
 * All shipments, the latest state of each. What it gives out is kept in the journal already.
 *
 * It has a bound: when it is full, those that arrived first are forgotten, with their orders.
 */
export class Shipments {
  readonly #journal: Journal
  readonly #capacity: number
  readonly #byTracking = new Map<string, Shipment>()
  readonly #byOrder = new Map<string, Shipment>()
  /** Orders whose shipment is being written: a second request for one waits for the first. */
  readonly #underWay = new Map<string, Promise<Shipment>>()
  /** The tracking numbers of those that arrived, in that order. */
  readonly #arrived = new Set<string>()
  /** Emits the tracking number of a shipment that changed. */
  readonly #changes = new EventEmitter().setMaxListeners(0)

  /** `kept` is what the journal had. */
  constructor({
    journal,
    capacity,
    kept,
  }: { journal: Journal; capacity: number; kept: readonly Shipment[] }) {
    this.#journal = journal
    this.#capacity = capacity
    const arrivedFirst = [...kept.filter(hasArrived), ...kept.filter((shipment) => !hasArrived(shipment))]
    for (const shipment of arrivedFirst.slice(-capacity)) this.#put(shipment)
  }

  get size(): number {
    return this.#byTracking.size
  }

  find(tracking: string): Shipment | undefined {
    return this.#byTracking.get(tracking)
  }

  unfinished(): Shipment[] {
    return [...this.#byTracking.values()].filter((shipment) => !hasArrived(shipment))
  }

  /** The shipment of an order; makes it when there is none, once, however many ask at the same time. */
  async findOrAdd(
    orderId: string,
    make: () => Shipment,
  ): Promise<{ readonly shipment: Shipment; readonly created: boolean }> {
    const known = this.#byOrder.get(orderId)
    if (known) return { shipment: known, created: false }
    const other = this.#underWay.get(orderId)
    if (other) return { shipment: await other, created: false }
    const writing = this.#add(make())
    this.#underWay.set(orderId, writing)
    try {
      return { shipment: await writing, created: true }
    } finally {
      this.#underWay.delete(orderId)
    }
  }

  /** Keeps the next state of a shipment and tells who follows it. */
  async update(shipment: Shipment): Promise<void> {
    await this.#journal.append(shipment)
    this.#put(shipment)
    this.#changes.emit(shipment.tracking)
  }

  /**
   * The shipment as it is, and again after each change, until it has arrived. Who reads slowly gets the latest state
   * and not those between. Ends with the reason of the signal when that is aborted.
   */
  async *follow(tracking: string, signal: AbortSignal): AsyncGenerator<Shipment> {
    let given: Shipment | undefined
    for (;;) {
      signal.throwIfAborted()
      const shipment = this.#byTracking.get(tracking)
      if (shipment === undefined) return
      if (shipment === given) {
        await once(this.#changes, tracking, { signal }).catch(() => signal.throwIfAborted())
        continue
      }
      given = shipment
      yield shipment
      if (hasArrived(shipment)) return
    }
  }

  async #add(shipment: Shipment): Promise<Shipment> {
    this.#makeRoom()
    await this.#journal.append(shipment)
    this.#put(shipment)
    return shipment
  }

  #put(shipment: Shipment): void {
    this.#byTracking.set(shipment.tracking, shipment)
    this.#byOrder.set(shipment.orderId, shipment)
    if (hasArrived(shipment)) this.#arrived.add(shipment.tracking)
  }

  #makeRoom(): void {
    if (this.#byTracking.size + this.#underWay.size < this.#capacity) return
    const [tracking] = this.#arrived
    const oldest = tracking === undefined ? undefined : this.#byTracking.get(tracking)
    if (oldest === undefined) throw new Unavailable('The service has as many parcels on the way as it can.')
    this.#arrived.delete(oldest.tracking)
    this.#byTracking.delete(oldest.tracking)
    this.#byOrder.delete(oldest.orderId)
  }
}
