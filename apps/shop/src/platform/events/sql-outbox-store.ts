import { and, asc, eq, gt, lt, lte, sql } from 'drizzle-orm'
import type { CurrentDatabase } from '../database/database.js'
import { query } from '../database/database-errors.js'
import { outbox } from './events-tables.js'
import { anewAt, type AttemptResult, type OutboxEvent, type OutboxRow, type OutboxStore } from './outbox.js'

export class SqlOutboxStore implements OutboxStore {
  readonly #sql: CurrentDatabase

  constructor(database: CurrentDatabase) {
    this.#sql = database
  }

  async add(events: readonly OutboxEvent[]): Promise<void> {
    if (events.length === 0) return
    const rows = events.map(({ id, aggregate, type, occurredAt, data }) => ({
      eventId: id,
      aggregate,
      type,
      occurredAt,
      // Not by the column: a null in JSON is none of SQL.
      data: sql`${JSON.stringify(data)}::jsonb`,
      state: 'pending' as const,
      attempts: 0,
      nextAttemptAt: occurredAt,
    }))
    await query(async () => this.#sql.current.insert(outbox).values(rows))
  }

  takeDue(now: Date, limit: number): Promise<readonly OutboxRow[]> {
    // An earlier one that is pending, whoever is at work on it, keeps back those that follow it.
    const isFirst = sql`NOT EXISTS (
      SELECT 1 FROM outbox earlier WHERE earlier.state = 'pending'
        AND earlier.aggregate = ${outbox.aggregate} AND earlier.position < ${outbox.position})`
    return query(async () => {
      const rows = await this.#sql.current
        .select()
        .from(outbox)
        .where(and(eq(outbox.state, 'pending'), lte(outbox.nextAttemptAt, now), isFirst))
        .orderBy(asc(outbox.position))
        .limit(limit)
        .for('update', { skipLocked: true })
      return rows.map(rowOf)
    })
  }

  async settle(position: number, result: AttemptResult): Promise<void> {
    await query(async () => this.#sql.current.update(outbox).set(result).where(eq(outbox.position, position)))
  }

  oldestPending(): Promise<Date | null> {
    return query(async () => {
      const [row] = await this.#sql.current
        .select({ occurredAt: outbox.occurredAt })
        .from(outbox)
        .where(eq(outbox.state, 'pending'))
        .orderBy(asc(outbox.position))
        .limit(1)
      return row?.occurredAt ?? null
    })
  }

  removeDelivered(before: Date): Promise<number> {
    return query(async () => {
      const removed = await this.#sql.current
        .delete(outbox)
        .where(and(eq(outbox.state, 'delivered'), lt(outbox.settledAt, before)))
        .returning({ position: outbox.position })
      return removed.length
    })
  }

  dead(limit: number, after: number | null): Promise<readonly OutboxRow[]> {
    return query(async () => {
      const rows = await this.#sql.current
        .select()
        .from(outbox)
        .where(and(eq(outbox.state, 'dead'), after === null ? undefined : gt(outbox.position, after)))
        .orderBy(asc(outbox.position))
        .limit(limit)
      return rows.map(rowOf)
    })
  }

  revive(eventId: string, now: Date): Promise<boolean> {
    return query(async () => {
      const revived = await this.#sql.current
        .update(outbox)
        .set(anewAt(now))
        .where(and(eq(outbox.eventId, eventId), eq(outbox.state, 'dead')))
        .returning({ position: outbox.position })
      return revived.length > 0
    })
  }

  reviveAll(now: Date): Promise<number> {
    return query(async () => {
      const revived = await this.#sql.current
        .update(outbox)
        .set(anewAt(now))
        .where(eq(outbox.state, 'dead'))
        .returning({ position: outbox.position })
      return revived.length
    })
  }
}

function rowOf(row: typeof outbox.$inferSelect): OutboxRow {
  const { position, eventId: id, aggregate, type, occurredAt, data, ...rest } = row
  return { position, event: { id, aggregate, type, occurredAt, data }, ...rest }
}
