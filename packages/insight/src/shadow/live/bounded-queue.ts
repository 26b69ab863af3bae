export interface Job {
  /** Jobs with the same key run one after the other. */
  readonly key: string
  /** Jobs that were marked so late wait for this one. */
  readonly isBarrier: boolean
  /** What `mark()` gave: the job waits for all barriers that were added before. */
  readonly mark: number
  readonly run: () => Promise<void>
}

/** Runs jobs, a few at a time, each after those that it may depend on; how many may wait is bounded. */
export class BoundedQueue {
  readonly #atOnce: number
  readonly #limit: number
  readonly #waiting: Job[] = []
  readonly #running = new Set<string>()
  /** The numbers of the barriers that are not over. */
  readonly #barriers = new Map<Job, number>()
  #lastBarrier = 0
  #failure: unknown = null
  #whenDrained: (() => void)[] = []

  constructor(atOnce: number, limit: number) {
    this.#atOnce = atOnce
    this.#limit = limit
  }

  /** The present, for jobs that depend on what was added until now. */
  mark(): number {
    return this.#lastBarrier
  }

  /** False: there is no room. */
  add(job: Job): boolean {
    if (this.#waiting.length >= this.#limit) return false
    this.#waiting.push(job)
    if (job.isBarrier) this.#barriers.set(job, ++this.#lastBarrier)
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
      const at = this.#waiting.findIndex((one) => this.#mayRun(one))
      const [job] = at === -1 ? [] : this.#waiting.splice(at, 1)
      if (job === undefined) break
      this.#running.add(job.key)
      void this.#run(job)
    }
    if (this.#running.size > 0) return
    for (const resolve of this.#whenDrained.splice(0)) resolve()
  }

  #mayRun({ key, mark }: Job): boolean {
    if (this.#running.has(key)) return false
    // The first that was added has the lowest number.
    const [oldest = Number.POSITIVE_INFINITY] = this.#barriers.values()
    return oldest > mark
  }

  async #run(job: Job): Promise<void> {
    try {
      await job.run()
    } catch (error) {
      this.#failure ??= error
    }
    this.#running.delete(job.key)
    this.#barriers.delete(job)
    this.#next()
  }
}
