/** Runs jobs, a few at a time; how many may wait is bounded. */
export class BoundedQueue {
  readonly #atOnce: number
  readonly #limit: number
  readonly #waiting: (() => Promise<void>)[] = []
  #running = 0
  #failure: unknown = null
  #whenDrained: (() => void)[] = []

  constructor(atOnce: number, limit: number) {
    this.#atOnce = atOnce
    this.#limit = limit
  }

  /** False: there is no room. */
  add(job: () => Promise<void>): boolean {
    if (this.#waiting.length >= this.#limit) return false
    this.#waiting.push(job)
    this.#next()
    return true
  }

  /**
   * Waits until nothing runs or waits.
   *
   * @throws what the first job threw that failed
   */
  async drained(): Promise<void> {
    if (this.#running > 0 || this.#waiting.length > 0) {
      await new Promise<void>((resolve) => this.#whenDrained.push(resolve))
    }
    if (this.#failure !== null) throw this.#failure
  }

  #next(): void {
    while (this.#running < this.#atOnce) {
      const job = this.#waiting.shift()
      if (job === undefined) break
      this.#running++
      void this.#run(job)
    }
    if (this.#running > 0) return
    for (const resolve of this.#whenDrained.splice(0)) resolve()
  }

  async #run(job: () => Promise<void>): Promise<void> {
    try {
      await job()
    } catch (error) {
      this.#failure ??= error
    }
    this.#running--
    this.#next()
  }
}
