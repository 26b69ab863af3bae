import type { Database } from '../repositories/postgres/database.js'

export interface OpenDatabase {
  readonly database: Database
  /** For people: which engine, and where its data is. Without a password. */
  readonly description: string
  /** Waits for what is under way, then lets go of all that was held. */
  close(): Promise<void>
}

/** Where the SQL of the migrations is. */
export const MIGRATIONS_FOLDER = new URL('../../migrations', import.meta.url)
