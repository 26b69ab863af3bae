import { type Slice, sliceOf } from '../../../domain/paging.js'
import type { Clock } from '../../../platform/clock/clock.js'
import type { OutboxRow, OutboxStore } from '../../../platform/events/outbox.js'
import type { Log } from '../../../platform/log/log.js'
import { DeadEventNotFound } from '../domain/errors.js'

export interface DeadEventsDependencies {
  readonly outboxStore: OutboxStore
  readonly clock: Clock
  readonly log: Log
}

/**
 * Events that the relay has given up, after hours without a broker, say: whoever runs the shop looks at them, and has
 * them tried anew when the reason is gone. The relay then finds them as it finds all others.
 */
export class DeadEvents {
  readonly #store: OutboxStore
  readonly #clock: Clock
  readonly #log: Log

  constructor({ outboxStore, clock, log }: DeadEventsDependencies) {
    this.#store = outboxStore
    this.#clock = clock
    this.#log = log
  }

  /** The oldest first. The place of a slice is that of its last event in the outbox. */
  async list(after: number | null, size: number): Promise<Slice<OutboxRow, number>> {
    const found = await this.#store.dead(size + 1, after)
    return sliceOf(found, size, ({ position }) => position)
  }

  /** Rejects with DeadEventNotFound. */
  async retry(eventId: string): Promise<void> {
    if (!(await this.#store.revive(eventId, this.#clock.now()))) throw new DeadEventNotFound(eventId)
    this.#log.info('a dead event will be tried anew', { eventId })
  }

  /** Gives how many there were. */
  async retryAll(): Promise<number> {
    const count = await this.#store.reviveAll(this.#clock.now())
    if (count > 0) this.#log.info('all dead events will be tried anew', { count })
    return count
  }
}
