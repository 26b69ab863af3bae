import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { getTableColumns, getTableName, sql } from 'drizzle-orm'
import { openPglite } from '#shop/database/pglite-database.js'
import type { OpenDatabase } from '#shop/database/open-database.js'
import { categories, products, seeds } from '#shop/repositories/postgres/tables.js'
import { TEMPLATES_FOLDER } from '#shop/start/configuration.js'
import { SilentLog } from './support/silent-log.js'
import { temporaryFolder } from './support/temporary-folder.js'

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
  const folder = temporaryFolder()
  let opened: OpenDatabase

  before(async () => {
    opened = await openPglite({
      folder: folder.path,
      templates: TEMPLATES_FOLDER,
      log: new SilentLog(),
      fill: async (database) => void (await database.execute('CREATE TABLE IF NOT EXISTS extra (id int)')),
    })
  })

  after(async () => {
    await opened?.close()
    folder.remove()
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
