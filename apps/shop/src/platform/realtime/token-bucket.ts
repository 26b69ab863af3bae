/** How much somebody may do: `burst` at once, and `perSecond` in the long run. */
export interface Allowance {
  readonly burst: number
  readonly perSecond: number
}

/** Counts what one client does, in this process. */
export class TokenBucket {
  readonly #allowance: Allowance
  #tokens: number
  #filledAt: number

  constructor(allowance: Allowance, now: number = performance.now()) {
    this.#allowance = allowance
    this.#tokens = allowance.burst
    this.#filledAt = now
  }

  /** Takes one; false when there is none left. */
  take(now: number = performance.now()): boolean {
    const { burst, perSecond } = this.#allowance
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * perSecond)
    this.#filledAt = now
    if (this.#tokens < 1) return false
    this.#tokens--
    return true
  }
}
