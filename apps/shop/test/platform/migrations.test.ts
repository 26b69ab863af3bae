import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import {
  fingerprintOf,
  MIGRATIONS_FOLDER,
  migrateDatabase,
  readMigrations,
} from '#shop/platform/database/migrations.js'
import { PGLITE_VERSION } from '#shop/platform/database/pglite-database.js'
import { loadEmptyCluster } from '#shop/platform/database/pglite-template.js'
import { TEMPLATES_FOLDER } from '#shop/platform/database/configuration.js'
import { SilentLog } from '../support/silent-log.js'
import { temporaryFolder } from '../support/temporary-folder.js'

/** A folder of migrations, by number, in the order in which they came. */
function folderOf(path: string, files: Readonly<Record<string, string>>): string {
  mkdirSync(join(path, 'meta'), { recursive: true })
  const entries = Object.keys(files).map((tag, idx) => ({ idx, tag, when: 1000 + Number.parseInt(tag, 10) }))
  writeFileSync(join(path, 'meta/_journal.json'), JSON.stringify({ entries }))
  for (const [tag, text] of Object.entries(files)) writeFileSync(join(path, `${tag}.sql`), text)
  return path
}

const BREAK = '\n--> statement-breakpoint\n'

describe('the migrations', () => {
  it('each have an entry in the journal, with a time of their own', () => {
    const files = readdirSync(MIGRATIONS_FOLDER).filter((name) => name.endsWith('.sql'))
    const migrations = readMigrations(MIGRATIONS_FOLDER)
    assert.deepEqual(
      migrations.map(({ tag }) => `${tag}.sql`),
      files.toSorted(),
    )
    assert.equal(new Set(migrations.map(({ when }) => when)).size, migrations.length)
    const journal = JSON.parse(readFileSync(join(MIGRATIONS_FOLDER, 'meta/_journal.json'), 'utf8'))
    assert.equal(journal.dialect, 'postgresql')
  })

  it('run once each, in blocks with gaps, also those of a lower block that came later', async () => {
    const folder = temporaryFolder()
    const empty = await loadEmptyCluster(TEMPLATES_FOLDER, PGLITE_VERSION, new SilentLog())
    const client = await PGlite.create({ loadDataDir: empty })
    const database = drizzle(client)
    const first = {
      '0001_a': 'CREATE TABLE a (id int)',
      '0030_d': `CREATE TABLE d (id int)${BREAK}INSERT INTO d VALUES (1)`,
    }
    const migrate = (files: Readonly<Record<string, string>>) =>
      migrateDatabase(database, 'public', readMigrations(folderOf(folder.path, files)))
    await migrate(first)
    const later = { ...first, '0010_b': 'CREATE TABLE b (id int)', '0020_c': 'INSERT INTO b VALUES (2)' }
    await migrate(later)
    await migrate(later)
    const { rows } = await client.query('SELECT (SELECT count(*) FROM d) AS d, (SELECT count(*) FROM b) AS b')
    assert.deepEqual(rows, [{ d: 1, b: 1 }])
    // All of them or none.
    const broken = { ...later, '0040_e': 'CREATE TABLE e (id int)', '0041_f': 'CREATE TABLE e (id int)' }
    await assert.rejects(migrate(broken))
    await assert.rejects(client.query('SELECT * FROM e'))
    await client.close()
    folder.remove()
  })

  it('have another fingerprint when any of them changes, so that the template is made anew', () => {
    const folder = temporaryFolder()
    const fingerprint = (files: Readonly<Record<string, string>>) =>
      fingerprintOf(readMigrations(folderOf(folder.path, files)))
    const one = fingerprint({ '0001_a': 'x' })
    assert.equal(fingerprint({ '0001_a': 'x' }), one)
    assert.notEqual(fingerprint({ '0001_a': 'y' }), one)
    assert.notEqual(fingerprint({ '0001_a': 'x', '0010_b': '' }), one)
    folder.remove()
  })
})
