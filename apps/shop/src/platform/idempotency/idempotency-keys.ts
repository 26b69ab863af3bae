import type { TransactionOptions } from '../database/transactions.js'

/** How long an answer is kept. */
export const KEPT_FOR_MS = 24 * 60 * 60 * 1000

/** What was answered, and will be again. */
export interface KeptAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Its body, in JSON, to the letter: written once, so that each repetition has the same bytes. */
  readonly text: string
}

export interface KeyedRequest {
  /** Whose key it is; the keys of others are others. */
  readonly owner: string
  readonly key: string
  /** Of all that the request asks for. Two requests with one key are the same when theirs are equal. */
  readonly fingerprint: string
}

/**
 * Requests that may be repeated without being done twice. An answer is kept in the transaction of what it answers
 * for: there is none without the other.
 */
export interface IdempotencyKeys {
  /**
   * Runs the work in a transaction and keeps its answer; gives the kept answer to who comes again. What rejects keeps
   * nothing and may be tried again. Rejects with KeyInFlight while the same key is at work, and with KeyReused when
   * it was used for another request.
   */
  once(
    request: KeyedRequest,
    work: () => Promise<KeptAnswer>,
    options?: TransactionOptions,
  ): Promise<{ readonly answer: KeptAnswer; readonly isReplay: boolean }>
  /** Removes what is no longer kept. Gives how many. */
  removeExpired(now: Date): Promise<number>
}

/** Where the answers are kept. */
export interface KeyStore {
  /** To the end of the transaction, the key is the caller's; false when somebody else has it. */
  tryLock(request: KeyedRequest): Promise<boolean>
  find(owner: string, key: string, now: Date): Promise<(KeptAnswer & { readonly fingerprint: string }) | null>
  /** Puts it in place of what has expired. */
  keep(request: KeyedRequest, answer: KeptAnswer, expiresAt: Date): Promise<void>
  removeExpired(now: Date): Promise<number>
}
