import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Log } from '../log/log.js'
import { StartError } from '../configuration/start-error.js'
import { migrateDatabase } from './migrations.js'
import type { FillDatabase, OpenDatabase } from './open-database.js'
import { releaseLostClients } from './release-lost-clients.js'

const POOL_SIZE = 10
const CONNECT_TIMEOUT_MS = 5000
const STATEMENT_TIMEOUT_MS = 10_000
/** The server gives a statement up; should nothing come from there at all, we do, a little later. */
const TIMEOUTS = {
  statement_timeout: STATEMENT_TIMEOUT_MS,
  query_timeout: STATEMENT_TIMEOUT_MS + 2000,
  keepAlive: true,
}

export interface PostgresOptions {
  /** `postgres://user:password@host:5432/name` */
  readonly url: string
  /** The schema that holds the tables; made when it does not exist. */
  readonly schema: string
  readonly log: Log
  readonly fill: FillDatabase
}

/** Connects to a PostgreSQL server and brings its schema up to date. Throws a StartError when it does not answer. */
export async function openPostgres({ url, schema, log, fill }: PostgresOptions): Promise<OpenDatabase> {
  const connection: pg.ClientConfig = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'nozomi-shop',
    options: `-c search_path=${schema}`,
  }
  await prepare(connection, schema, url, fill)
  const pool = new pg.Pool({ ...connection, max: POOL_SIZE, ...TIMEOUTS })
  releaseLostClients(pool)
  // An idle connection that breaks would otherwise end the process; the pool replaces it by itself.
  pool.on('error', (error) => log.warn(`a connection to PostgreSQL broke: ${error.message}`))
  // The same of one that is in use; what it was used for rejects besides.
  pool.on('connect', (client) => client.on('error', () => {}))
  return {
    database: drizzle(pool),
    description: `PostgreSQL at ${withoutPassword(url)}`,
    close: () => pool.end(),
  }
}

/** Migrates and fills, under a lock: of several instances that start together, one does it and the others wait. */
async function prepare(
  connection: pg.ClientConfig,
  schema: string,
  url: string,
  fill: FillDatabase,
): Promise<void> {
  const client = new pg.Client(connection)
  try {
    await client.connect()
  } catch (error) {
    throw new StartError(
      `PostgreSQL at ${withoutPassword(url)} does not let us in: ${reasonOf(error)}\n` +
        `Check DATABASE_URL, or unset it to use the embedded database.`,
    )
  }
  try {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [`nozomi-shop ${schema}`])
    const database = drizzle(client)
    await migrateDatabase(database, schema)
    await fill(database)
  } finally {
    await client.end()
  }
}

/** Security: the password stays out of terminals and logs. */
function withoutPassword(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `${hostname}:${port === '' ? '5432' : port}${pathname}`
}

/** node-postgres gives an AggregateError without a message when each address of a name refuses. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}
