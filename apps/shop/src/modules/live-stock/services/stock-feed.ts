import type { Log } from '../../../platform/log/log.js'
import type { SequencedChannel, SequencedMessage } from '../../../platform/realtime/sequenced-channel.js'
import type { CatchUp, StockChange, StockLevel } from '../domain/stock-level.js'

/** Who hears of changes. It must not throw. */
export interface StockListener {
  readonly products: ReadonlySet<number>
  changed(change: StockChange): void
  /** Changes were lost: what is known of stocks has to be read anew. */
  lost(): void
}

export interface StockFeedOptions {
  readonly channel: SequencedChannel
  readonly log: Log
  /** How many changes are kept for those who come back. */
  readonly kept: number
}

interface Kept {
  readonly number: number
  readonly level: StockLevel
}

/**
 * The changes of stocks as they come from all instances, to those who listen at this one. Keeps the last ones, so
 * that a client that comes back gets what it missed, from whichever instance. It holds no timer and no connection of
 * its own.
 */
export class StockFeed {
  readonly #channel: SequencedChannel
  readonly #log: Log
  readonly #limit: number
  #kept: Kept[] = []
  #epoch = ''
  #number = 0
  /** Whether it looked the last time as if changes were missing. */
  #suspected = false
  /** By product: a change costs those who want it, not all. */
  readonly #listeners = new Map<number, Set<StockListener>>()
  readonly #all = new Set<StockListener>()
  #unsubscribe: (() => Promise<void>) | null = null

  constructor({ channel, log, kept }: StockFeedOptions) {
    this.#channel = channel
    this.#log = log
    this.#limit = kept
  }

  async start(): Promise<void> {
    this.#unsubscribe = await this.#channel.subscribe((message) => this.#hear(message))
    const { epoch, number } = await this.#channel.position()
    // What was heard meanwhile says better where we are.
    if (this.#epoch === '') this.#moveTo(epoch, number)
  }

  async stop(): Promise<void> {
    await this.#unsubscribe?.()
    this.#unsubscribe = null
  }

  /** What a client that has heard nothing yet counts from. */
  get position(): string {
    return this.#idOf(this.#number)
  }

  get listeners(): number {
    return this.#all.size
  }

  /** What came after an id, of some products; the newest of each. */
  since(id: string, products: ReadonlySet<number>): CatchUp {
    const [, epoch, digits] = /^([\w-]{1,20})\.(\d{1,15})$/.exec(id) ?? []
    const number = Number(digits)
    const oldest = this.#number - this.#kept.length
    if (epoch !== this.#epoch || number < oldest || number > this.#number) return { kind: 'reset' }
    const newest = new Map<number, Kept>()
    for (const kept of this.#kept.slice(number - oldest)) {
      if (products.has(kept.level.productId)) newest.set(kept.level.productId, kept)
    }
    const changes = [...newest.values()]
      .toSorted((left, right) => left.number - right.number)
      .map((kept) => ({ id: this.#idOf(kept.number), level: kept.level }))
    return { kind: 'changes', changes }
  }

  /** Gives what ends it. */
  listen(listener: StockListener): () => void {
    this.#all.add(listener)
    for (const product of listener.products) {
      const listeners = this.#listeners.get(product) ?? new Set()
      this.#listeners.set(product, listeners.add(listener))
    }
    return () => {
      this.#all.delete(listener)
      for (const product of listener.products) {
        const listeners = this.#listeners.get(product)
        listeners?.delete(listener)
        if (listeners?.size === 0) this.#listeners.delete(product)
      }
    }
  }

  /**
   * Compares where we are with where all are: after a broken connection to Redis, changes may be missing that no later
   * one tells of. To be called from time to time.
   */
  async check(): Promise<void> {
    const before = { epoch: this.#epoch, number: this.#number }
    const shared = await this.#channel.position()
    const isBehind = shared.epoch !== this.#epoch || shared.number > this.#number
    // Who has moved meanwhile is only a little late.
    if (isBehind && before.epoch === this.#epoch && before.number === this.#number && this.#suspected) {
      this.#lose(shared.epoch, shared.number)
    }
    this.#suspected = isBehind
  }

  #hear({ epoch, number, message }: SequencedMessage): void {
    const level = JSON.parse(message) as StockLevel
    if (this.#epoch === '') this.#moveTo(epoch, number - 1)
    if (epoch === this.#epoch && number <= this.#number) return
    if (epoch !== this.#epoch || number !== this.#number + 1) this.#lose(epoch, number - 1)
    this.#number = number
    this.#suspected = false
    this.#kept.push({ number, level })
    if (this.#kept.length > this.#limit) this.#kept.shift()
    const change = { id: this.#idOf(number), level }
    for (const listener of this.#listeners.get(level.productId) ?? []) listener.changed(change)
  }

  #lose(epoch: string, number: number): void {
    this.#log.warn('changes of stocks were missed; those who watch get all anew', {
      from: `${this.#epoch}.${this.#number}`,
      to: `${epoch}.${number}`,
    })
    this.#moveTo(epoch, number)
    for (const listener of this.#all) listener.lost()
  }

  #moveTo(epoch: string, number: number): void {
    this.#epoch = epoch
    this.#number = number
    this.#kept = []
  }

  #idOf(number: number): string {
    return `${this.#epoch}.${number}`
  }
}
