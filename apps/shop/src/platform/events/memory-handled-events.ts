import type { Clock } from '../clock/clock.js'
import type { MemoryDatabase } from '../database/memory-database.js'
import type { MemoryTable } from '../database/memory-table.js'
import type { ShopEvent } from './event-bus.js'
import type { HandledEvents } from './handled-events.js'

export class MemoryHandledEvents implements HandledEvents {
  readonly #memory: MemoryDatabase
  readonly #clock: Clock
  readonly #handled: MemoryTable<string, { readonly key: string; readonly at: Date }>

  constructor(memory: MemoryDatabase, clock: Clock) {
    this.#memory = memory
    this.#clock = clock
    this.#handled = memory.table('handled_events')
  }

  once(consumer: string, { id }: Pick<ShopEvent, 'id'>, work: () => Promise<void>): Promise<boolean> {
    const key = `${consumer} ${id}`
    return this.#memory.transaction(async () => {
      if (this.#handled.has(key)) return false
      this.#handled.set(key, { key, at: this.#clock.now() })
      await work()
      return true
    })
  }

  async forget(before: Date): Promise<number> {
    const old = this.#handled.values().filter(({ at }) => at < before)
    for (const { key } of old) this.#handled.delete(key)
    return old.length
  }
}
