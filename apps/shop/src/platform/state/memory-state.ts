import { LRUCache } from 'lru-cache'
import type { OpenState, SetOptions, Unsubscribe } from './state.js'

/** When there are more, those that were used longest ago are dropped. */
const DEFAULT_MAX_KEYS = 100_000

/** The state of a shop that runs as one process. Bounded, whatever clients send. */
export class MemoryState implements OpenState {
  readonly description = 'memory (gone when the shop stops)'
  readonly #values: LRUCache<string, string>
  readonly #channels = new Map<string, Set<(message: string) => void>>()

  constructor(maxKeys = DEFAULT_MAX_KEYS) {
    // Resolution 0: the time is asked for at each look, as Redis does it.
    this.#values = new LRUCache({ max: maxKeys, ttlResolution: 0 })
  }

  async get(key: string): Promise<string | null> {
    return this.#values.get(key) ?? null
  }

  async set(key: string, value: string, { expiresInMs = 0 }: SetOptions = {}): Promise<void> {
    this.#values.set(key, value, { ttl: expiresInMs })
  }

  async setIfAbsent(key: string, value: string, { expiresInMs = 0 }: SetOptions = {}): Promise<boolean> {
    if (this.#values.has(key)) return false
    this.#values.set(key, value, { ttl: expiresInMs })
    return true
  }

  async take(key: string): Promise<string | null> {
    const value = this.#values.get(key) ?? null
    this.#values.delete(key)
    return value
  }

  async delete(key: string): Promise<boolean> {
    const wasThere = this.#values.has(key)
    this.#values.delete(key)
    return wasThere
  }

  async deleteIfEqual(key: string, value: string): Promise<boolean> {
    return this.#values.get(key) === value && this.#values.delete(key)
  }

  async increment(key: string, by = 1, { expiresInMs = 0 }: SetOptions = {}): Promise<number> {
    const current = this.#values.get(key)
    const sum = Number(current ?? 0) + by
    if (!Number.isSafeInteger(sum)) throw new RangeError(`${key} does not hold a whole number`)
    const isFirst = current === undefined
    this.#values.set(key, String(sum), isFirst ? { ttl: expiresInMs } : { noUpdateTTL: true })
    return sum
  }

  async expire(key: string, expiresInMs: number): Promise<boolean> {
    const value = this.#values.get(key)
    if (value === undefined) return false
    this.#values.set(key, value, { ttl: expiresInMs })
    return true
  }

  async expiresInMs(key: string): Promise<number | null> {
    if (!this.#values.has(key)) return null
    const left = this.#values.getRemainingTTL(key)
    return Number.isFinite(left) ? Math.ceil(left) : null
  }

  async publish(channel: string, message: string): Promise<void> {
    const listeners = [...(this.#channels.get(channel) ?? [])]
    // Later, as from another process: nobody may count on a listener having run.
    setImmediate(() => {
      for (const listener of listeners) {
        if (this.#channels.get(channel)?.has(listener)) listener(message)
      }
    })
  }

  async subscribe(channel: string, listener: (message: string) => void): Promise<Unsubscribe> {
    const listeners = this.#channels.get(channel) ?? new Set()
    this.#channels.set(channel, listeners)
    // Each subscription is its own, also of one listener.
    const own = (message: string) => listener(message)
    listeners.add(own)
    return async () => {
      listeners.delete(own)
      if (listeners.size === 0 && this.#channels.get(channel) === listeners) this.#channels.delete(channel)
    }
  }

  async check(): Promise<void> {}

  async close(): Promise<void> {
    this.#channels.clear()
    this.#values.clear()
  }
}
