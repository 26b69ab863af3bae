import type { Database } from './database.js'

export interface OpenDatabase {
  readonly database: Database
  /** For people: which engine, and where its data is. Without a password. */
  readonly description: string
  /** Waits for what is under way, then lets go of all that was held. */
  close(): Promise<void>
}

/** Lays in what a new database shall hold. Runs at each start, after the migrations, in one process at a time. */
export type FillDatabase = (database: Database) => Promise<void>
