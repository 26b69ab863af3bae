import { KeyInFlight, KeyReused } from '../../domain/errors.js'
import type { Clock } from '../clock/clock.js'
import type { TransactionOptions, Transactions } from '../database/transactions.js'
import {
  type IdempotencyKeys,
  KEPT_FOR_MS,
  type KeptAnswer,
  type KeyedRequest,
  type KeyStore,
} from './idempotency-keys.js'

export class StoredIdempotencyKeys implements IdempotencyKeys {
  readonly #store: KeyStore
  readonly #transactions: Transactions
  readonly #clock: Clock
  /** What this instance is at work on: where transactions wait for one another, the store's lock would never be met. */
  readonly #inFlight = new Set<string>()

  constructor(store: KeyStore, transactions: Transactions, clock: Clock) {
    this.#store = store
    this.#transactions = transactions
    this.#clock = clock
  }

  async once(
    request: KeyedRequest,
    work: () => Promise<KeptAnswer>,
    options?: TransactionOptions,
  ): Promise<{ answer: KeptAnswer; isReplay: boolean }> {
    const name = JSON.stringify([request.owner, request.key])
    if (this.#inFlight.has(name)) throw new KeyInFlight(request.key)
    this.#inFlight.add(name)
    try {
      return await this.#transactions.transaction(() => this.#locked(request, work), options)
    } finally {
      this.#inFlight.delete(name)
    }
  }

  removeExpired(now: Date): Promise<number> {
    return this.#store.removeExpired(now)
  }

  async #locked(
    request: KeyedRequest,
    work: () => Promise<KeptAnswer>,
  ): Promise<{ answer: KeptAnswer; isReplay: boolean }> {
    if (!(await this.#store.tryLock(request))) throw new KeyInFlight(request.key)
    const kept = await this.#store.find(request.owner, request.key, this.#clock.now())
    if (kept !== null) {
      const { fingerprint, ...answer } = kept
      if (fingerprint !== request.fingerprint) throw new KeyReused(request.key)
      return { answer, isReplay: true }
    }
    const answer = await work()
    await this.#store.keep(request, answer, new Date(this.#clock.now().getTime() + KEPT_FOR_MS))
    return { answer, isReplay: false }
  }
}
