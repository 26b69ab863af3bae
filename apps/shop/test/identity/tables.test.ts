import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { getTableColumns, getTableName, sql } from 'drizzle-orm'
import {
  federatedIdentities,
  refreshTokens,
  tokenFamilies,
  users,
} from '#shop/modules/identity/repositories/postgres/tables.js'
import { TEMPLATES_FOLDER } from '#shop/platform/database/configuration.js'
import type { OpenDatabase } from '#shop/platform/database/open-database.js'
import { openPgliteInMemory } from '#shop/platform/database/pglite-database.js'
import { SilentLog } from '../support/silent-log.js'

/** What PostgreSQL calls the types that Drizzle names. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  'timestamp (3) with time zone': 'timestamp(3) with time zone',
}

describe('the tables of users', () => {
  let opened: OpenDatabase

  before(async () => {
    const options = { templates: TEMPLATES_FOLDER, log: new SilentLog(), fill: async () => {} }
    opened = await openPgliteInMemory(options)
  })

  after(() => opened?.close())

  for (const table of [users, federatedIdentities, tokenFamilies, refreshTokens]) {
    it(`are those that the migrations make: ${getTableName(table)}`, async () => {
      const { rows } = (await opened.database.execute(sql`
        SELECT attname AS name, format_type(atttypid, atttypmod) AS type, attnotnull AS required FROM pg_attribute
        WHERE attrelid = ${getTableName(table)}::regclass AND attnum > 0`)) as unknown as {
        rows: { name: string; type: string; required: boolean }[]
      }
      const made = rows.map(({ name, type, required }) => [name, type, required])
      const seen = Object.values(getTableColumns(table)).map((column) => {
        const type = column.getSQLType()
        return [column.name, TYPE_NAMES[type] ?? type, column.notNull]
      })
      assert.deepEqual(made.toSorted(), seen.toSorted())
    })
  }
})
