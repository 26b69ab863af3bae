import { AsyncLocalStorage } from 'node:async_hooks'
import type { TransactionOptions, Transactions } from './transactions.js'

type Act = () => Promise<void>

interface Running {
  readonly acts: Map<string, Act>
  isOver: boolean
}

/** For who must tell others what has changed: not before it is there for them to be seen. */
export interface CommitNotice {
  /** Whether the caller is in a transaction: what it reads may be its own, and not yet there for others. */
  readonly isInTransaction: boolean
  /**
   * Runs when the transaction is over that the caller is in, or at once when it is in none. It runs as well when the
   * transaction was undone: of one that broke at its end nobody knows. Of several of one name in a transaction, one
   * runs. It must not reject.
   */
  afterCommit(name: string, act: Act): Promise<void>
}

/** Transactions that tell when they are over. */
export class CommitNotices implements Transactions, CommitNotice {
  readonly #inner: Transactions
  readonly #running = new AsyncLocalStorage<Running>()

  constructor(inner: Transactions) {
    this.#inner = inner
  }

  get isInTransaction(): boolean {
    return this.#current() !== null
  }

  async transaction<T>(work: () => Promise<T>, options?: TransactionOptions): Promise<T> {
    // One within another is a part of it, and nobody else sees what it did before the whole is over.
    if (this.#current() !== null) return this.#inner.transaction(work, options)
    const running: Running = { acts: new Map(), isOver: false }
    try {
      return await this.#running.run(running, () => this.#inner.transaction(work, options))
    } finally {
      running.isOver = true
      for (const act of running.acts.values()) await act()
    }
  }

  async afterCommit(name: string, act: Act): Promise<void> {
    const running = this.#current()
    if (running === null) await act()
    else running.acts.set(name, act)
  }

  /** A timer that was set in a transaction still knows it when it has long been over. */
  #current(): Running | null {
    const running = this.#running.getStore()
    return running === undefined || running.isOver ? null : running
  }
}
