import type { MemoryDatabase } from '../database/memory-database.js'
import type { MemoryTable } from '../database/memory-table.js'
import type { KeptAnswer, KeyedRequest, KeyStore } from './idempotency-keys.js'

interface KeptRow {
  readonly id: string
  readonly fingerprint: string
  readonly answer: KeptAnswer
  readonly expiresAt: Date
}

export class MemoryKeyStore implements KeyStore {
  readonly #rows: MemoryTable<string, KeptRow>

  constructor(memory: MemoryDatabase) {
    this.#rows = memory.table('idempotency_keys')
  }

  /** Transactions come one after another. */
  async tryLock(): Promise<boolean> {
    return true
  }

  async find(
    owner: string,
    key: string,
    now: Date,
  ): Promise<(KeptAnswer & { readonly fingerprint: string }) | null> {
    const row = this.#rows.get(JSON.stringify([owner, key]))
    if (row === undefined || row.expiresAt <= now) return null
    return { ...row.answer, fingerprint: row.fingerprint }
  }

  async keep({ owner, key, fingerprint }: KeyedRequest, answer: KeptAnswer, expiresAt: Date): Promise<void> {
    const id = JSON.stringify([owner, key])
    this.#rows.set(id, { id, fingerprint, answer: structuredClone(answer), expiresAt })
  }

  async removeExpired(now: Date): Promise<number> {
    const expired = this.#rows.values().filter(({ expiresAt }) => expiresAt <= now)
    for (const { id } of expired) this.#rows.delete(id)
    return expired.length
  }
}
