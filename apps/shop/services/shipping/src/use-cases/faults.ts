import { setTimeout as delay } from 'node:timers/promises'
import type { Shipment } from '../domain/shipment.js'
import type { Quote } from '../domain/tariff.js'
import { type Call, Unavailable } from './call.js'
import type { CreatedShipment, Shipping } from './shipping.js'

/** Switches for tests and rehearsals. Handed over in the program; nothing that a client sends reaches them. */
export interface Faults {
  /** How long each call waits before it begins. */
  delayMs: number
  /** The share of calls that fail before anything is done, from 0 to 1. */
  failureRate: number
  /** The share of calls that are done and then fail: the answer is lost. From 0 to 1. */
  lostAnswerRate: number
}

export const NO_FAULTS: Readonly<Faults> = { delayMs: 0, failureRate: 0, lostAnswerRate: 0 }

/** The use cases, with faults before and after them. The switches can be turned at any time. */
export class FaultyShipping implements Shipping {
  readonly #shipping: Shipping
  readonly #faults: Readonly<Faults>

  constructor(shipping: Shipping, faults: Readonly<Faults>) {
    this.#shipping = shipping
    this.#faults = faults
  }

  quote(input: unknown, call: Call): Promise<Quote> {
    return this.#around(call, () => this.#shipping.quote(input, call))
  }

  createShipment(input: unknown, call: Call): Promise<CreatedShipment> {
    return this.#around(call, () => this.#shipping.createShipment(input, call))
  }

  find(input: unknown, call: Call): Promise<Shipment> {
    return this.#around(call, () => this.#shipping.find(input, call))
  }

  async *follow(input: unknown, call: Call): AsyncGenerator<Shipment> {
    await this.#before(call)
    yield* this.#shipping.follow(input, call)
  }

  async #around<T>(call: Call, work: () => Promise<T>): Promise<T> {
    await this.#before(call)
    const result = await work()
    if (Math.random() < this.#faults.lostAnswerRate) throw new Unavailable('The answer was lost, on purpose.')
    return result
  }

  async #before({ signal }: Call): Promise<void> {
    const { delayMs, failureRate } = this.#faults
    if (delayMs > 0) await delay(delayMs, undefined, { signal }).catch(() => signal.throwIfAborted())
    if (Math.random() < failureRate) throw new Unavailable('The service failed, on purpose.')
  }
}
