import { lt } from 'drizzle-orm'
import type { Clock } from '../clock/clock.js'
import type { CurrentDatabase } from '../database/database.js'
import { query } from '../database/database-errors.js'
import type { Transactions } from '../database/transactions.js'
import type { ShopEvent } from './event-bus.js'
import { handledEvents } from './events-tables.js'
import type { HandledEvents } from './handled-events.js'

export class SqlHandledEvents implements HandledEvents {
  readonly #sql: CurrentDatabase
  readonly #transactions: Transactions
  readonly #clock: Clock

  constructor(sql: CurrentDatabase, transactions: Transactions, clock: Clock) {
    this.#sql = sql
    this.#transactions = transactions
    this.#clock = clock
  }

  once(consumer: string, { id }: Pick<ShopEvent, 'id'>, work: () => Promise<void>): Promise<boolean> {
    return this.#transactions.transaction(async () => {
      // Whoever handles the same event at the same time waits here for the end of our transaction.
      const noted = await query(async () =>
        this.#sql.current
          .insert(handledEvents)
          .values({ consumer, eventId: id, handledAt: this.#clock.now() })
          .onConflictDoNothing()
          .returning({ eventId: handledEvents.eventId }),
      )
      if (noted.length === 0) return false
      await work()
      return true
    })
  }

  forget(before: Date): Promise<number> {
    return query(async () => {
      const forgotten = await this.#sql.current
        .delete(handledEvents)
        .where(lt(handledEvents.handledAt, before))
        .returning({ eventId: handledEvents.eventId })
      return forgotten.length
    })
  }
}
