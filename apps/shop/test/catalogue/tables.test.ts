import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { getTableColumns, getTableName, sql } from 'drizzle-orm'
import { categories, products } from '#shop/modules/catalogue/repositories/postgres/tables.js'
import { TEMPLATES_FOLDER } from '#shop/platform/database/configuration.js'
import type { OpenDatabase } from '#shop/platform/database/open-database.js'
import { openPgliteInMemory } from '#shop/platform/database/pglite-database.js'
import { seeds } from '#shop/platform/database/seeds.js'
import { SilentLog } from '../support/silent-log.js'

interface ColumnRow {
  column_name: string
  data_type: string
  is_nullable: string
}

/** What information_schema calls the types that Drizzle names. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  'timestamp (3) with time zone': 'timestamp with time zone',
}

describe('the tables that the queries see', () => {
  let opened: OpenDatabase

  before(async () => {
    opened = await openPgliteInMemory({
      templates: TEMPLATES_FOLDER,
      log: new SilentLog(),
      fill: async (database) => void (await database.execute('CREATE TABLE IF NOT EXISTS extra (id int)')),
    })
  })

  after(async () => {
    await opened?.close()
  })

  for (const table of [categories, products, seeds]) {
    it(`are those that the migrations make: ${getTableName(table)}`, async () => {
      const { rows } = (await opened.database.execute(sql`
        SELECT column_name, data_type, is_nullable FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = ${getTableName(table)}`)) as unknown as {
        rows: ColumnRow[]
      }
      const made = rows.map((row) => [row.column_name, row.data_type, row.is_nullable === 'NO'])
      const seen = Object.values(getTableColumns(table)).map((column) => {
        const type = column.getSQLType()
        return [column.name, TYPE_NAMES[type] ?? type, column.notNull]
      })
      assert.deepEqual(made.toSorted(), seen.toSorted())
    })
  }
})
