interface Job {
  readonly key: string
  readonly run: () => Promise<void>
}

/** Runs jobs, a few at a time, and those with the same key one after the other; how many may wait is bounded. */
export class BoundedQueue {
  readonly #atOnce: number
  readonly #limit: number
  readonly #waiting: Job[] = []
  readonly #running = new Set<string>()
  #failure: unknown = null
  #whenDrained: (() => void)[] = []

  constructor(atOnce: number, limit: number) {
    this.#atOnce = atOnce
    this.#limit = limit
  }

  /** False: there is no room. */
  add(key: string, run: () => Promise<void>): boolean {
    if (this.#waiting.length >= this.#limit) return false
    this.#waiting.push({ key, run })
    this.#next()
    return true
  }

  /**
   * Waits until nothing runs or waits.
   *
   * @throws what the first job threw that failed
   */
  async drained(): Promise<void> {
    if (this.#running.size > 0 || this.#waiting.length > 0) {
      await new Promise<void>((resolve) => this.#whenDrained.push(resolve))
    }
    if (this.#failure !== null) throw this.#failure
  }

  #next(): void {
    while (this.#running.size < this.#atOnce) {
      const at = this.#waiting.findIndex(({ key }) => !this.#running.has(key))
      const [job] = at === -1 ? [] : this.#waiting.splice(at, 1)
      if (job === undefined) break
      this.#running.add(job.key)
      void this.#run(job)
    }
    if (this.#running.size > 0) return
    for (const resolve of this.#whenDrained.splice(0)) resolve()
  }

  async #run({ key, run }: Job): Promise<void> {
    try {
      await run()
    } catch (error) {
      this.#failure ??= error
    }
    this.#running.delete(key)
    this.#next()
  }
}
