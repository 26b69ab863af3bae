import { and, eq, gt, lte, sql } from 'drizzle-orm'
import { integer, json, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { KeyInFlight } from '../../domain/errors.js'
import type { CurrentDatabase } from '../database/database.js'
import { failureOf, query, UNIQUE_VIOLATION } from '../database/database-errors.js'
import type { KeptAnswer, KeyedRequest, KeyStore } from './idempotency-keys.js'

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    owner: text('owner').notNull(),
    key: text('key').notNull(),
    fingerprint: text('fingerprint').notNull(),
    status: integer('status').notNull(),
    headers: jsonb('headers').$type<Record<string, string>>().notNull(),
    // Not jsonb, which has an order of its own for the fields of an object.
    body: json('body').notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.owner, table.key] })],
)

export class SqlKeyStore implements KeyStore {
  readonly #sql: CurrentDatabase

  constructor(database: CurrentDatabase) {
    this.#sql = database
  }

  tryLock({ owner, key }: KeyedRequest): Promise<boolean> {
    // The schema is a part of it: several shops may share a database.
    const name = JSON.stringify(['idempotency', owner, key])
    return query(async () => {
      const result = (await this.#sql.current.execute(
        sql`SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || ${name}::text, 0)) AS locked`,
      )) as unknown as { rows: { locked: boolean }[] }
      return result.rows[0]?.locked === true
    })
  }

  find(
    owner: string,
    key: string,
    now: Date,
  ): Promise<(KeptAnswer & { readonly fingerprint: string }) | null> {
    return query(async () => {
      const { fingerprint, status, headers, body } = idempotencyKeys
      const [row] = await this.#sql.current
        // As text: what is parsed and written again may come out otherwise.
        .select({ fingerprint, status, headers, text: sql<string>`${body}::text` })
        .from(idempotencyKeys)
        .where(
          and(
            eq(idempotencyKeys.owner, owner),
            eq(idempotencyKeys.key, key),
            gt(idempotencyKeys.expiresAt, now),
          ),
        )
      return row ?? null
    })
  }

  async keep({ owner, key, fingerprint }: KeyedRequest, answer: KeptAnswer, expiresAt: Date): Promise<void> {
    const { status, headers, text: body } = answer
    const row = {
      fingerprint,
      status,
      headers: { ...headers },
      body: sql`${body}::json`,
      expiresAt,
    }
    try {
      await query(async () => {
        const { current } = this.#sql
        // What is there has expired, or `find` would have found it; unless the snapshot of the transaction is older.
        await current
          .delete(idempotencyKeys)
          .where(and(eq(idempotencyKeys.owner, owner), eq(idempotencyKeys.key, key)))
        await current.insert(idempotencyKeys).values({ owner, key, ...row })
      })
    } catch (error) {
      if (failureOf(error).code === UNIQUE_VIOLATION) throw new KeyInFlight(key)
      throw error
    }
  }

  removeExpired(now: Date): Promise<number> {
    return query(async () => {
      const removed = await this.#sql.current
        .delete(idempotencyKeys)
        .where(lte(idempotencyKeys.expiresAt, now))
        .returning({ key: idempotencyKeys.key })
      return removed.length
    })
  }
}
