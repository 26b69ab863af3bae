import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** A Drizzle database on PostgreSQL, whichever driver carries it: PGlite in this process, or node-postgres. */
export type Database = PgDatabase<PgQueryResultHKT>
