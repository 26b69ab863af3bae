import { AsyncLocalStorage } from 'node:async_hooks'
import { type MemoryTable, RowsInTransaction, StoredRows } from './memory-table.js'
import { retryConflicts } from './retry-conflicts.js'
import type { TransactionOptions, Transactions } from './transactions.js'

/**
 * The tables of the in-memory repositories, with transactions like those of PostgreSQL: for tests, and for trying the
 * shop without a database.
 *
 * Transactions come one after another, each on a view of its own that is stored at its end; so all of them are
 * serializable. What somebody changes meanwhile outside of a transaction is a conflict, and the transaction is run
 * again.
 */
export class MemoryDatabase implements Transactions {
  readonly #tables = new Map<string, StoredRows<unknown, unknown>>()
  readonly #sequences = new Map<string, number>()
  readonly #running = new AsyncLocalStorage<MemoryTransaction>()
  #last: Promise<unknown> = Promise.resolve()

  /** The table of a name; its rows are of one type wherever it is asked for. */
  table<K, V>(name: string): MemoryTable<K, V> {
    if (!this.#tables.has(name)) this.#tables.set(name, new StoredRows())
    const stored = this.#tables.get(name) as StoredRows<unknown, unknown>
    const rows = () => this.#running.getStore()?.rowsOf(stored) ?? stored
    return {
      get: (key) => rows().get(key) as V | undefined,
      has: (key) => rows().has(key),
      set: (key, row) => rows().set(key, row),
      delete: (key) => rows().delete(key),
      values: () => rows().values() as readonly V[],
    }
  }

  /** The next number of a sequence, from 1. As in PostgreSQL, a transaction that is undone does not give it back. */
  nextOf(sequence: string): number {
    const next = (this.#sequences.get(sequence) ?? 0) + 1
    this.#sequences.set(sequence, next)
    return next
  }

  transaction<T>(work: () => Promise<T>, { attempts }: TransactionOptions = {}): Promise<T> {
    const outer = this.#running.getStore()
    if (outer !== undefined) return outer.nested(work)
    return retryConflicts(() => this.#inTurn(() => this.#once(work)), isConflict, attempts)
  }

  async #once<T>(work: () => Promise<T>): Promise<T> {
    const transaction = new MemoryTransaction()
    try {
      const result = await this.#running.run(transaction, work)
      transaction.store()
      return result
    } finally {
      transaction.end()
    }
  }

  #inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(run, run)
    this.#last = turn.catch(() => {})
    return turn
  }
}

class MemoryTransaction {
  readonly #views = new Map<StoredRows<unknown, unknown>, RowsInTransaction<unknown, unknown>>()
  #isOver = false

  rowsOf(stored: StoredRows<unknown, unknown>): MemoryTable<unknown, unknown> {
    if (this.#isOver)
      throw new Error('a query came after the end of its transaction: something was not awaited')
    const view = this.#views.get(stored) ?? new RowsInTransaction(stored)
    this.#views.set(stored, view)
    return view
  }

  async nested<T>(work: () => Promise<T>): Promise<T> {
    const before = new Map([...this.#views].map(([stored, view]) => [stored, view.savepoint()]))
    try {
      return await work()
    } catch (error) {
      for (const stored of this.#views.keys()) {
        const restore = before.get(stored)
        if (restore === undefined) this.#views.delete(stored)
        else restore()
      }
      throw error
    }
  }

  store(): void {
    const views = [...this.#views.values()]
    if (!views.every((view) => view.isValid())) throw new MemoryConflict()
    for (const view of views) view.store()
  }

  end(): void {
    this.#isOver = true
  }
}

/** What SQLSTATE 40001 is in PostgreSQL. */
class MemoryConflict extends Error {
  override readonly name = 'MemoryConflict'
}

function isConflict(error: unknown): boolean {
  return error instanceof MemoryConflict
}
