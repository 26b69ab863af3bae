import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { getTableColumns, getTableName, sql } from 'drizzle-orm'
import {
  chatMembers,
  chatMessages,
  chatReads,
  chatRooms,
} from '#shop/modules/chat/repositories/postgres/tables.js'
import { notifications } from '#shop/modules/notifications/repositories/postgres/tables.js'
import { openStorage, type Storage } from '#shop/platform/database/storage.js'
import { SilentLog } from '../support/silent-log.js'

describe('the tables of chat and notifications that the queries see', () => {
  let storage: Storage

  before(async () => {
    const nothing = { sql: async () => {}, memory: async () => {} }
    storage = await openStorage({ kind: 'pglite', folder: null }, nothing, new SilentLog())
  })

  after(() => storage?.close())

  for (const table of [chatRooms, chatMembers, chatMessages, chatReads, notifications]) {
    it(`are those that the migrations make: ${getTableName(table)}`, async () => {
      assert.ok(storage.kind === 'sql')
      const { rows } = (await storage.sql.current.execute(sql`
        SELECT column_name, is_nullable FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = ${getTableName(table)}`)) as unknown as {
        rows: { column_name: string; is_nullable: string }[]
      }
      const made = rows.map((row) => [row.column_name, row.is_nullable === 'NO'])
      const seen = Object.values(getTableColumns(table)).map((column) => [column.name, column.notNull])
      assert.deepEqual(made.toSorted(), seen.toSorted())
    })
  }
})
