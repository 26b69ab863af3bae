import type { MemoryDatabase } from '../database/memory-database.js'
import type { MemoryTable } from '../database/memory-table.js'
import { anewAt, type AttemptResult, type OutboxEvent, type OutboxRow, type OutboxStore } from './outbox.js'

/** The slow and obvious one. */
export class MemoryOutboxStore implements OutboxStore {
  readonly #memory: MemoryDatabase
  readonly #rows: MemoryTable<number, OutboxRow>

  constructor(memory: MemoryDatabase) {
    this.#memory = memory
    this.#rows = memory.table('outbox')
  }

  async add(events: readonly OutboxEvent[]): Promise<void> {
    for (const event of events) {
      const position = this.#memory.nextOf('outbox')
      this.#rows.set(position, {
        position,
        event: structuredClone(event),
        state: 'pending',
        attempts: 0,
        nextAttemptAt: event.occurredAt,
        settledAt: null,
        lastError: null,
      })
    }
  }

  async takeDue(now: Date, limit: number): Promise<readonly OutboxRow[]> {
    const pending = this.#inState('pending')
    const first = new Map<string, OutboxRow>()
    for (const row of pending) if (!first.has(row.event.aggregate)) first.set(row.event.aggregate, row)
    return [...first.values()].filter(({ nextAttemptAt }) => nextAttemptAt <= now).slice(0, limit)
  }

  async settle(position: number, result: AttemptResult): Promise<void> {
    const row = this.#rows.get(position)
    if (row !== undefined) this.#rows.set(position, { ...row, ...result })
  }

  async oldestPending(): Promise<Date | null> {
    return this.#inState('pending')[0]?.event.occurredAt ?? null
  }

  async removeDelivered(before: Date): Promise<number> {
    const old = this.#inState('delivered').filter(({ settledAt }) => settledAt !== null && settledAt < before)
    for (const { position } of old) this.#rows.delete(position)
    return old.length
  }

  async dead(limit: number, after: number | null): Promise<readonly OutboxRow[]> {
    return this.#inState('dead')
      .filter(({ position }) => after === null || position > after)
      .slice(0, limit)
  }

  async revive(eventId: string, now: Date): Promise<boolean> {
    const row = this.#inState('dead').find(({ event }) => event.id === eventId)
    if (row === undefined) return false
    this.#rows.set(row.position, { ...row, ...anewAt(now) })
    return true
  }

  async reviveAll(now: Date): Promise<number> {
    const dead = this.#inState('dead')
    for (const row of dead) this.#rows.set(row.position, { ...row, ...anewAt(now) })
    return dead.length
  }

  #inState(state: OutboxRow['state']): OutboxRow[] {
    return this.#rows
      .values()
      .filter((row) => row.state === state)
      .toSorted((left, right) => left.position - right.position)
  }
}
