import type { PGlite } from '@electric-sql/pglite'
import type { Log } from '../log/log.js'

/** An embedded PostgreSQL in the memory of the process: open, with the migrations done, and without data. */
export interface MemoryCluster {
  readonly client: PGlite
  close(): Promise<void>
}

/** `templates` is the folder in which the templates of databases are kept. */
export type OpenMemoryCluster = (templates: string, log: Log) => Promise<MemoryCluster>
