import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** A Drizzle database on PostgreSQL, whichever driver carries it: PGlite in this process, or node-postgres. */
export type Database = PgDatabase<PgQueryResultHKT>

/** What repositories hold. */
export interface CurrentDatabase {
  /**
   * The transaction that is under way (Transactions), or the database itself when there is none. To be read anew for
   * each query: a repository lives longer than a transaction.
   */
  readonly current: Database
}
