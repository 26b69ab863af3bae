import { AsyncResource } from 'node:async_hooks'
import type { Log } from '../log/log.js'
import type { OpenEventBus, ShopEvent, Subscription } from './event-bus.js'

export interface InProcessOptions {
  readonly log: Log
  /** How long to wait before an event is delivered again, in ms, the first time; twice as long each time after. */
  readonly firstPauseMs?: number
  /** How often an event is tried; then it is given up, and the log has it. */
  readonly attempts?: number
}

const LONGEST_PAUSE_MS = 30_000

/**
 * The bus of a shop that runs as one process: at least once, as long as the process lives. Each consumer gets its
 * events one after another, in their order; one that fails is tried again before the next.
 */
export class InProcessEventBus implements OpenEventBus {
  readonly description = 'in the process'
  readonly #consumers = new Map<string, Consumer>()
  readonly #options: Required<InProcessOptions>
  #isClosed = false

  constructor({ log, firstPauseMs = 100, attempts = 8 }: InProcessOptions) {
    this.#options = { log, firstPauseMs, attempts }
  }

  async publish(event: ShopEvent): Promise<void> {
    if (this.#isClosed) throw new Error('the event bus is closed')
    // A copy: through a broker, nobody would see later changes either.
    const kept = structuredClone(event)
    for (const consumer of this.#consumers.values()) consumer.offer(kept)
  }

  async subscribe(subscription: Subscription): Promise<() => Promise<void>> {
    const { consumer: name } = subscription
    const consumer = this.#consumers.get(name) ?? new Consumer(name, this.#options)
    this.#consumers.set(name, consumer)
    consumer.members.push(subscription)
    return async () => {
      consumer.members.splice(consumer.members.indexOf(subscription), 1)
      await consumer.handling
      if (consumer.members.length === 0 && this.#consumers.get(name) === consumer) {
        consumer.stop()
        this.#consumers.delete(name)
      }
    }
  }

  async check(): Promise<void> {}

  async close(): Promise<void> {
    this.#isClosed = true
    for (const consumer of this.#consumers.values()) consumer.stop()
    await Promise.all([...this.#consumers.values()].map((consumer) => consumer.handling))
    this.#consumers.clear()
  }
}

/** The queue of one consumer name, and who of its members is next. */
class Consumer {
  readonly members: Subscription[] = []
  /** What is under way; it does not reject. */
  handling: Promise<void> = Promise.resolve()
  readonly #name: string
  readonly #options: Required<InProcessOptions>
  /** A handler is not a part of the transaction or the request that has published. */
  readonly #own = new AsyncResource('EventConsumer')
  readonly #queue: { readonly event: ShopEvent; readonly attempt: number }[] = []
  #isBusy = false
  #isStopped = false
  #pause: NodeJS.Timeout | null = null

  constructor(name: string, options: Required<InProcessOptions>) {
    this.#name = name
    this.#options = options
  }

  offer(event: ShopEvent): void {
    if (!this.members.some(({ types }) => types.includes(event.type))) return
    this.#queue.push({ event, attempt: 1 })
    this.#continue()
  }

  stop(): void {
    this.#isStopped = true
    if (this.#pause !== null) clearTimeout(this.#pause)
  }

  #continue(): void {
    if (this.#isBusy || this.#isStopped) return
    const next = this.#queue.shift()
    if (next === undefined) return
    this.#isBusy = true
    this.handling = this.#own.runInAsyncScope(() => this.#deliver(next.event, next.attempt))
  }

  async #deliver(event: ShopEvent, attempt: number): Promise<void> {
    // Not in the stack, nor before the end, of whoever published.
    await new Promise((resolve) => setImmediate(resolve))
    const pauseMs = await this.#tryOnce(event, attempt)
    if (pauseMs === null) {
      this.#isBusy = false
      this.#continue()
      return
    }
    this.#queue.unshift({ event, attempt: attempt + 1 })
    if (this.#isStopped) return
    this.#pause = setTimeout(() => {
      this.#isBusy = false
      this.#continue()
    }, pauseMs)
  }

  /** After how long it is to be tried again; null when it need not be. */
  async #tryOnce(event: ShopEvent, attempt: number): Promise<number | null> {
    const member = this.members.find(({ types }) => types.includes(event.type))
    if (member === undefined) return null
    // In turn, as a broker deals it out.
    this.members.push(...this.members.splice(this.members.indexOf(member), 1))
    const { log, attempts, firstPauseMs } = this.#options
    try {
      await member.handle(event)
      return null
    } catch (error) {
      const fields = { consumer: this.#name, event: event.type, eventId: event.id, attempt }
      if (attempt >= attempts) {
        log.error('an event was given up', error, fields)
        return null
      }
      log.warn(`an event will be delivered again: ${String(error)}`, fields)
      return Math.min(firstPauseMs * 2 ** (attempt - 1), LONGEST_PAUSE_MS)
    }
  }
}
