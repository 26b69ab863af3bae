/** As PostgreSQL has them. */
export type IsolationLevel = 'read committed' | 'repeatable read' | 'serializable'

export interface TransactionOptions {
  /** Default: `read committed`. */
  readonly isolation?: IsolationLevel
  /** How often the work is tried when it meets others on the same data; default 10. */
  readonly attempts?: number
}

export interface Transactions {
  /**
   * Runs work in one transaction: all that repositories do in it is stored together, or not at all when it rejects.
   * The repositories find the transaction by themselves.
   *
   * The work is run again when it met others (a serialization failure, a deadlock), so it must do nothing that can't
   * be undone: what others shall hear of goes into the outbox or comes after. Rejects with TransactionConflict when
   * the attempts are used up.
   *
   * All that the work begins must be awaited in it. A transaction within a transaction is a part of that one: undone
   * alone when it rejects, stored only with the whole, with the isolation of the whole.
   */
  transaction<T>(work: () => Promise<T>, options?: TransactionOptions): Promise<T>
}
