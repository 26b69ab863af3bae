import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { PACKAGE_FOLDER } from '../configuration/package-folder.js'
import type { Database } from './database.js'

/** Where the SQL of the migrations is, with Drizzle's journal of them. */
export const MIGRATIONS_FOLDER = join(PACKAGE_FOLDER, 'migrations')

export interface Migration {
  /** The name of its file: `0001_catalogue`. */
  readonly tag: string
  /** Tells it from all others, for good; ms since 1970. What the database remembers it by. */
  readonly when: number
  readonly statements: readonly string[]
  readonly hash: string
}

interface Journal {
  readonly entries: readonly { readonly tag: string; readonly when: number }[]
}

const BREAKPOINT = '--> statement-breakpoint'

/** The migrations in the order of their numbers, whatever the order of the journal. */
export function readMigrations(folder: string): readonly Migration[] {
  const journal = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as Journal
  return journal.entries
    .map(({ tag, when }) => {
      const text = readFileSync(join(folder, `${tag}.sql`), 'utf8')
      const hash = createHash('sha256').update(text).digest('hex')
      return { tag, when, statements: text.split(BREAKPOINT), hash }
    })
    .toSorted((left, right) => (left.tag < right.tag ? -1 : 1))
}

/** Changes when any of the migrations does. */
export function fingerprintOf(migrations: readonly Migration[]): string {
  const all = migrations.map(({ tag, hash }) => `${tag} ${hash}`).join('\n')
  return createHash('sha256').update(all).digest('hex').slice(0, 16)
}

/**
 * Runs the migrations that a database has not seen yet, all of them or none.
 *
 * Drizzle's own migrator runs what is newer than the newest that has run. Each module of the shop has a block of
 * numbers, and they do not come in the order of their numbers: here each migration is looked up by itself. The journal
 * and the table in the database are Drizzle's.
 */
export async function migrateDatabase(
  database: Database,
  schema: string,
  migrations: readonly Migration[] = readMigrations(MIGRATIONS_FOLDER),
): Promise<void> {
  const table = sql`${sql.identifier(schema)}.${sql.identifier('__drizzle_migrations')}`
  await database.execute(sql`CREATE SCHEMA IF NOT EXISTS ${sql.identifier(schema)}`)
  await database.execute(
    sql`CREATE TABLE IF NOT EXISTS ${table} (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)`,
  )
  await database.transaction(async (transaction) => {
    const { rows } = (await transaction.execute(sql`SELECT created_at FROM ${table}`)) as unknown as {
      rows: { created_at: string | number }[]
    }
    const seen = new Set(rows.map(({ created_at }) => Number(created_at)))
    for (const { when, statements, hash } of migrations.filter((migration) => !seen.has(migration.when))) {
      for (const statement of statements) await transaction.execute(sql.raw(statement))
      await transaction.execute(sql`INSERT INTO ${table} (hash, created_at) VALUES (${hash}, ${when})`)
    }
  })
}
