import { sql } from 'drizzle-orm'
import { StorageUnavailable } from '../../domain/errors.js'
import type { Log } from '../log/log.js'
import { CommitNotices, type CommitNotice } from './commit-notices.js'
import { type StorageChoice, TEMPLATES_FOLDER } from './configuration.js'
import type { CurrentDatabase } from './database.js'
import { MemoryDatabase } from './memory-database.js'
import type { FillDatabase, OpenDatabase } from './open-database.js'
import { openPglite, openPgliteInMemory } from './pglite-database.js'
import { openPostgres } from './postgres-database.js'
import { SqlTransactions } from './sql-transactions.js'
import type { Transactions } from './transactions.js'

interface OpenStorage {
  /** For people: what it is and where. */
  readonly description: string
  readonly transactions: Transactions
  /** For who waits for the end of a transaction. */
  readonly commits: CommitNotice
  /** Rejects when it does not answer. */
  check(): Promise<void>
  close(): Promise<void>
}

export interface SqlStorage extends OpenStorage {
  readonly kind: 'sql'
  readonly sql: CurrentDatabase
}

export interface MemoryStorage extends OpenStorage {
  readonly kind: 'memory'
  readonly memory: MemoryDatabase
}

/** Where repositories store, open. A module makes its repositories for whichever of the two it gets. */
export type Storage = SqlStorage | MemoryStorage

/** Lays in what a new storage shall hold. */
export interface Fill {
  readonly sql: FillDatabase
  readonly memory: (memory: MemoryDatabase) => Promise<void>
}

export async function openStorage(choice: StorageChoice, fill: Fill, log: Log): Promise<Storage> {
  if (choice.kind === 'memory') return openMemory(fill)
  const { database, description, close } = await openSql(choice, fill.sql, log)
  const current = new SqlTransactions(database)
  const transactions = new CommitNotices(current)
  const check = async (): Promise<void> => {
    try {
      await database.execute(sql`SELECT 1`)
    } catch (error) {
      throw new StorageUnavailable(error)
    }
  }
  return { kind: 'sql', sql: current, transactions, commits: transactions, description, check, close }
}

function openSql(
  choice: Exclude<StorageChoice, { kind: 'memory' }>,
  fill: FillDatabase,
  log: Log,
): Promise<OpenDatabase> {
  if (choice.kind === 'postgres') return openPostgres({ url: choice.url, schema: choice.schema, log, fill })
  const options = { templates: TEMPLATES_FOLDER, log, fill }
  return choice.folder === null
    ? openPgliteInMemory({ ...options, open: choice.open })
    : openPglite({ ...options, folder: choice.folder })
}

async function openMemory(fill: Fill): Promise<MemoryStorage> {
  const memory = new MemoryDatabase()
  await fill.memory(memory)
  const transactions = new CommitNotices(memory)
  return {
    kind: 'memory',
    memory,
    transactions,
    commits: transactions,
    description: 'memory (gone when the shop stops)',
    check: async () => {},
    close: async () => {},
  }
}
