import { AsyncResource } from 'node:async_hooks'
import type { Clock } from '../clock/clock.js'
import type { Transactions } from '../database/transactions.js'
import type { Log } from '../log/log.js'
import type { EventBus } from './event-bus.js'
import type { Outbox, OutboxEvent, OutboxRow, OutboxStore } from './outbox.js'

export interface RelayOptions {
  readonly store: OutboxStore
  readonly transactions: Transactions
  readonly events: EventBus
  readonly clock: Clock
  readonly log: Log
  /** How long to rest when nothing happens, in ms. What other instances have left is found after that. */
  readonly restMs?: number
  /** How long to wait before an event is tried again, in ms, the first time; twice as long each time after. */
  readonly firstPauseMs?: number
  /** How often an event is tried; then it is dead, and the log has it. */
  readonly attempts?: number
}

/** After something was appended: how long, and how often, it is looked for. It is there when its transaction ends. */
const EAGER_FOR_MS = 2000
const EAGER_REST_MS = 15
const LONGEST_PAUSE_MS = 300_000
const BATCH = 50
const ERROR_CHARACTERS = 500

/**
 * Brings events from the outbox to the event bus: at least once, and those of one aggregate in their order. Of several
 * instances, one works on an event at a time. An event that is dead does not keep back those that follow it.
 *
 * An event is marked in the transaction that holds it while it is published: who dies in between leaves it as it was,
 * and it is published again.
 */
export class OutboxRelay implements Outbox {
  readonly #options: Required<RelayOptions>
  /** The timers are not a part of whatever transaction or request has called `append`. */
  readonly #own = new AsyncResource('OutboxRelay')
  #working: Promise<unknown> = Promise.resolve()
  #timer: NodeJS.Timeout | null = null
  #isRunning = false
  #isBusy = false
  #eagerUntil = 0

  constructor(options: RelayOptions) {
    this.#options = { restMs: 1000, firstPauseMs: 200, attempts: 20, ...options }
  }

  async append(...events: readonly OutboxEvent[]): Promise<void> {
    await this.#options.store.add(events)
    this.#eagerUntil = Date.now() + EAGER_FOR_MS
    if (this.#isRunning && !this.#isBusy) this.#rest()
  }

  start(): void {
    this.#isRunning = true
    this.#rest()
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    this.#isRunning = false
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#working
  }

  /** One round: publishes what is due. Gives how many events it has dealt with. */
  relayOnce(): Promise<number> {
    const { store, transactions, clock } = this.#options
    return transactions.transaction(async () => {
      const due = await store.takeDue(clock.now(), BATCH)
      for (const row of due) await this.#attempt(row)
      return due.length
    })
  }

  async #attempt(row: OutboxRow): Promise<void> {
    const { store, events, clock } = this.#options
    const { aggregate: _aggregate, ...event } = row.event
    const attempts = row.attempts + 1
    try {
      await this.#own.runInAsyncScope(() => events.publish(event))
    } catch (error) {
      return this.#failed(row, attempts, error)
    }
    const now = clock.now()
    const result = { attempts, nextAttemptAt: now, settledAt: now, lastError: null }
    await store.settle(row.position, { ...result, state: 'delivered' })
  }

  async #failed({ position, event }: OutboxRow, attempts: number, error: unknown): Promise<void> {
    const { store, clock, log, firstPauseMs, attempts: most } = this.#options
    const now = clock.now()
    const lastError = String(error).slice(0, ERROR_CHARACTERS)
    const fields = { event: event.type, eventId: event.id, aggregate: event.aggregate, attempt: attempts }
    if (attempts >= most) {
      log.error('an event could not be published and is dead', error, fields)
      const result = { attempts, nextAttemptAt: now, settledAt: now, lastError }
      return store.settle(position, { ...result, state: 'dead' })
    }
    log.warn(`an event will be published again: ${lastError}`, fields)
    const pauseMs = Math.min(firstPauseMs * 2 ** (attempts - 1), LONGEST_PAUSE_MS)
    const nextAttemptAt = new Date(now.getTime() + pauseMs)
    await store.settle(position, { state: 'pending', attempts, nextAttemptAt, settledAt: null, lastError })
  }

  #rest(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    const pauseMs = Date.now() < this.#eagerUntil ? EAGER_REST_MS : this.#options.restMs
    this.#own.runInAsyncScope(() => {
      this.#timer = setTimeout(() => (this.#working = this.#work()), pauseMs)
    })
  }

  async #work(): Promise<void> {
    this.#isBusy = true
    try {
      while (this.#isRunning && (await this.relayOnce()) > 0);
    } catch (error) {
      this.#options.log.warn(`the outbox can not be read: ${String(error)}`)
    } finally {
      this.#isBusy = false
      if (this.#isRunning) this.#rest()
    }
  }
}
