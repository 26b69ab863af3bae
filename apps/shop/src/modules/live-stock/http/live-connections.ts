import type { Log } from '../../../platform/log/log.js'
import type { StockFeed } from '../services/stock-feed.js'

/** A connection that stays open: an event stream, or a poll that waits. */
export interface LiveConnection {
  /** From time to time. */
  beat(): void
  /** Ends the response in good order; the client may come again. */
  end(): void
}

export interface LiveLimits {
  /** How many connections may be open at a time, on one instance. */
  readonly connections: number
  readonly heartbeatMs: number
  /** After how long a client that takes nothing is given up. */
  readonly stalledMs: number
  /** What clients are told to wait before they come again. */
  readonly retryMs: number
  /** How long a poll waits at most. */
  readonly pollMs: number
  /** How many changes are kept for those who come back. */
  readonly kept: number
}

export const LIVE_LIMITS: LiveLimits = {
  connections: 10_000,
  heartbeatMs: 15_000,
  stalledMs: 60_000,
  retryMs: 2000,
  pollMs: 25_000,
  kept: 2000,
}

/** All open connections of this instance, with one timer for all of them, and none when there are none. */
export class LiveConnections {
  readonly limits: LiveLimits
  readonly #feed: StockFeed
  readonly #log: Log
  readonly #open = new Set<LiveConnection>()
  #timer: NodeJS.Timeout | null = null
  #isDraining = false

  constructor(feed: StockFeed, limits: LiveLimits, log: Log) {
    this.#feed = feed
    this.limits = limits
    this.#log = log
  }

  get size(): number {
    return this.#open.size
  }

  /** Whether the shop is about to stop: nothing new is kept open. */
  get isDraining(): boolean {
    return this.#isDraining
  }

  get isFull(): boolean {
    return this.#open.size >= this.limits.connections
  }

  add(connection: LiveConnection): void {
    this.#open.add(connection)
    this.#timer ??= setInterval(() => this.#beat(), this.limits.heartbeatMs)
  }

  remove(connection: LiveConnection): void {
    this.#open.delete(connection)
    if (this.#open.size === 0) this.#stopTimer()
  }

  drain(): void {
    this.#isDraining = true
    for (const connection of this.#open) connection.end()
  }

  #beat(): void {
    for (const connection of this.#open) connection.beat()
    this.#feed.check().catch((error: unknown) => {
      this.#log.debug(`it is not known whether changes were missed: ${String(error)}`)
    })
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
    this.#timer = null
  }
}
