import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { PgTable } from 'drizzle-orm/pg-core'
import { getTableColumns, getTableName, sql } from 'drizzle-orm'
import * as accounts from '#shop/modules/accounts/repositories/postgres/tables.js'
import * as orders from '#shop/modules/orders/repositories/postgres/tables.js'
import * as stock from '#shop/modules/stock/repositories/postgres/tables.js'
import { openStorage, type Storage } from '#shop/platform/database/storage.js'
import * as events from '#shop/platform/events/events-tables.js'
import { idempotencyKeys } from '#shop/platform/idempotency/sql-key-store.js'
import { SilentLog } from '../support/silent-log.js'

const TABLES: readonly PgTable[] = [accounts, orders, stock, events, { idempotencyKeys }].flatMap((tables) =>
  Object.values(tables),
)

describe('the tables of stock, orders, accounts and events', () => {
  let storage: Storage

  before(async () => {
    const nothing = { sql: async () => {}, memory: async () => {} }
    storage = await openStorage({ kind: 'pglite', folder: null }, nothing, new SilentLog())
  })

  after(() => storage?.close())

  for (const table of TABLES) {
    it(`are those that the migrations make: ${getTableName(table)}`, async () => {
      assert.ok(storage.kind === 'sql')
      const { rows } = (await storage.sql.current.execute(sql`
        SELECT column_name AS name, data_type AS type, is_nullable = 'NO' AS "notNull"
        FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = ${getTableName(table)}`)) as unknown as {
        rows: { name: string; type: string; notNull: boolean }[]
      }
      const seen = Object.values(getTableColumns(table)).map((column) => [
        column.name,
        column.getSQLType().replace('timestamp (3)', 'timestamp'),
        column.notNull,
      ])
      const made = rows.map(({ name, type, notNull }) => [name, type, notNull])
      assert.deepEqual(made.toSorted(), seen.toSorted())
    })
  }
})
