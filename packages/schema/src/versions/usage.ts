import type { Request } from 'express-serve-static-core'

/** The consumers that are no longer counted by name. */
export const OTHERS = '(others)'

/** Security: what a client says of itself may be long. */
const LONGEST_NAME = 200

/** What became of a request: it came to the routes of its version, or was refused for what the version is at that time. */
export type VersionOutcome = 'served' | 'gone' | 'brownout'

/** One request of a version. */
export interface VersionUse {
  readonly version: string
  readonly req: Request
  /** What the option `consumer` said; null where there is none. */
  readonly consumer: string | null
  readonly outcome: VersionOutcome
  /** Of the answer. */
  readonly status: number
}

/** How much one consumer used a version since the process started. */
export interface VersionUsage {
  readonly version: string
  /** Null where it is not known; `(others)` for those that are no longer counted by name. */
  readonly consumer: string | null
  /** All requests, with those that were refused. */
  readonly count: number
  readonly refused: number
  readonly first: Date
  readonly last: Date
}

interface Counted {
  count: number
  refused: number
  firstMs: number
  lastMs: number
}

/** Counts the use of one version by consumer. At most `maxConsumers` and the others. */
export class UsageCounter {
  readonly #version: string
  readonly #maxConsumers: number
  /** In the order of their last use. */
  readonly #consumers: Map<string | null, Counted> = new Map()
  #others: Counted | null = null

  constructor(version: string, maxConsumers: number) {
    this.#version = version
    this.#maxConsumers = maxConsumers
  }

  add(consumer: string | null, outcome: VersionOutcome, nowMs: number): void {
    const known = this.#consumers.get(consumer)
    const counted = known ?? { count: 0, refused: 0, firstMs: nowMs, lastMs: nowMs }
    counted.count++
    if (outcome !== 'served') counted.refused++
    counted.lastMs = nowMs
    this.#consumers.delete(consumer)
    this.#consumers.set(consumer, counted)
    if (known === undefined && this.#consumers.size > this.#maxConsumers) this.#forgetOldest()
  }

  /** The busiest first. */
  read(): VersionUsage[] {
    const named = [...this.#consumers].map(([consumer, counted]) => this.#usageOf(consumer, counted))
    const all = this.#others === null ? named : [...named, this.#usageOf(OTHERS, this.#others)]
    return all.toSorted((one, other) => other.count - one.count)
  }

  #usageOf(consumer: string | null, { count, refused, firstMs, lastMs }: Counted): VersionUsage {
    const times = { first: new Date(firstMs), last: new Date(lastMs) }
    return { version: this.#version, consumer, count, refused, ...times }
  }

  #forgetOldest(): void {
    const [oldest] = this.#consumers
    if (oldest === undefined) return
    const [consumer, { count, refused, firstMs, lastMs }] = oldest
    this.#consumers.delete(consumer)
    this.#others ??= { count: 0, refused: 0, firstMs, lastMs }
    this.#others.count += count
    this.#others.refused += refused
    this.#others.firstMs = Math.min(this.#others.firstMs, firstMs)
    this.#others.lastMs = Math.max(this.#others.lastMs, lastMs)
  }
}

/** What the option `consumer` says, of a length that can be kept. */
export function consumerName(name: unknown): string | null {
  return name === null || name === undefined ? null : String(name).slice(0, LONGEST_NAME)
}
