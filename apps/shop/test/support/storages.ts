import { randomUUID } from 'node:crypto'
import { setFlagsFromString } from 'node:v8'
import pg from 'pg'
import type { StorageChoice } from '#shop/platform/database/configuration.js'
import { once } from './once.js'
import { PgliteClusters } from './pglite-clusters.js'

/** A storage for one test run, and how all of it is removed afterwards. */
export interface TestStorage {
  readonly choice: StorageChoice
  remove(): Promise<void>
}

/** A PostgreSQL server for tests; each run has a schema of its own in it. */
const POSTGRES_URL = process.env.TEST_DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/postgres'

const clusters = new PgliteClusters()

export function memoryStorage(): TestStorage {
  return { choice: { kind: 'memory' }, remove: async () => {} }
}

/**
 * PGlite without a folder: it begins with the migrations done and without data.
 *
 * Perf: of WebAssembly that runs for seconds only, V8 compiles in the background what will never pay: without that, a
 * test file takes about a quarter less CPU.
 */
export function pgliteStorage(): TestStorage {
  setFlagsFromString('--liftoff-only')
  return { choice: { kind: 'pglite', folder: null, open: clusters.open }, remove: async () => {} }
}

export function postgresStorage(): TestStorage {
  const schema = `shop_test_${randomUUID().replaceAll('-', '')}`
  return {
    choice: { kind: 'postgres', url: POSTGRES_URL, schema },
    remove: () => onPostgres((client) => client.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)),
  }
}

/** A storage that suites run on. */
export interface NamedStorage {
  readonly title: string
  readonly create: () => TestStorage
  /** Why there is none; false when there is. */
  readonly skip: string | false
}

/**
 * Those on which suites run with a framework. Storages and frameworks do not know each other, and the embedded database takes the most of
 * a processor: with Express it is left out where there is a PostgreSQL.
 */
export async function storagesOfTests(
  framework: 'express' | 'nozomi' = 'nozomi',
): Promise<readonly NamedStorage[]> {
  const missing = await postgresIsMissing()
  const embedded = { title: 'PGlite', create: pgliteStorage, skip: false } as const
  return [
    ...(framework === 'express' && missing === false ? [] : [embedded]),
    { title: 'PostgreSQL', create: postgresStorage, skip: missing },
    { title: 'the in-memory storage', create: memoryStorage, skip: false },
  ]
}

/** Why tests on a real PostgreSQL can't run; false when they can. */
export const postgresIsMissing = once(async (): Promise<string | false> => {
  try {
    await onPostgres((client) => client.query('SELECT 1'))
    return false
  } catch (error) {
    return `no PostgreSQL at ${new URL(POSTGRES_URL).host} (TEST_DATABASE_URL): ${String(error)}; the same suite ran on PGlite`
  }
})

async function onPostgres(use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: POSTGRES_URL, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await use(client)
  } finally {
    await client.end()
  }
}
