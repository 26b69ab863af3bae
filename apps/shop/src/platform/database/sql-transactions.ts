import { AsyncLocalStorage } from 'node:async_hooks'
import type { CurrentDatabase, Database } from './database.js'
import { failureOf, query } from './database-errors.js'
import { retryConflicts } from './retry-conflicts.js'
import type { TransactionOptions, Transactions } from './transactions.js'

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'

interface Running {
  readonly database: Database
  isOver: boolean
}

/** Transactions of PostgreSQL, on either driver. What runs inside of one finds it through the asynchronous context. */
export class SqlTransactions implements Transactions, CurrentDatabase {
  readonly #database: Database
  readonly #running = new AsyncLocalStorage<Running>()

  constructor(database: Database) {
    this.#database = database
  }

  get current(): Database {
    const running = this.#running.getStore()
    if (running === undefined) return this.#database
    // Its connection may be in the hands of somebody else by now.
    if (running.isOver)
      throw new Error('a query came after the end of its transaction: something was not awaited')
    return running.database
  }

  transaction<T>(work: () => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    const { isolation: isolationLevel = 'read committed', attempts } = options
    if (this.#running.getStore() !== undefined) {
      return this.current.transaction((savepoint) => this.#run(savepoint, work))
    }
    const once = () =>
      query(() =>
        this.#database.transaction((transaction) => this.#run(transaction, work), { isolationLevel }),
      )
    return retryConflicts(once, isConflict, attempts)
  }

  async #run<T>(database: Database, work: () => Promise<T>): Promise<T> {
    const running: Running = { database, isOver: false }
    try {
      return await this.#running.run(running, work)
    } finally {
      running.isOver = true
    }
  }
}

function isConflict(error: unknown): boolean {
  const { code } = failureOf(error)
  return code === SERIALIZATION_FAILURE || code === DEADLOCK_DETECTED
}
