/** What a run may use, all operations together. */
export class Budget {
  readonly #maxRequests: number
  readonly #deadline: number
  #requests = 0
  #stopped: string | null = null

  constructor({ maxRequests, maxTimeMs }: { maxRequests: number; maxTimeMs: number }) {
    this.#maxRequests = maxRequests
    this.#deadline = performance.now() + maxTimeMs
  }

  get requests(): number {
    return this.#requests
  }

  /** Why the run ends before it is through; null if it does not. */
  get stopped(): string | null {
    return this.#stopped
  }

  /** @returns whether one more request may be sent; it counts then. */
  take(): boolean {
    if (this.#stopped !== null) return false
    if (this.#requests >= this.#maxRequests)
      this.stop(`${this.#maxRequests} requests were sent (maxRequests)`)
    else if (performance.now() >= this.#deadline) this.stop('its time was over (maxTimeMs)')
    else this.#requests++
    return this.#stopped === null
  }

  stop(reason: string): void {
    this.#stopped ??= reason
  }
}
