import type { Server } from 'node:http'
import type { Worker } from '../modules/module.js'
import type { Log } from '../platform/log/log.js'

/** The workers of all modules, started one after another. */
export class RunningWorkers {
  readonly #log: Log
  readonly #started: Worker[] = []

  constructor(log: Log) {
    this.#log = log
  }

  /** When one can not start, those before it are stopped. */
  async start(workers: readonly Worker[], server: Server): Promise<void> {
    try {
      for (const worker of workers) {
        await worker.start(server)
        this.#started.push(worker)
      }
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  async drain(): Promise<void> {
    await this.#each('drain', (worker) => worker.drain?.())
  }

  /** The last that was started is stopped first. */
  async stop(): Promise<void> {
    await this.#each('stop', (worker) => worker.stop())
    this.#started.length = 0
  }

  /** One that fails does not keep the others from it. */
  async #each(what: string, act: (worker: Worker) => Promise<void> | undefined): Promise<void> {
    for (const worker of this.#started.toReversed()) {
      try {
        await act(worker)
      } catch (error) {
        this.#log.error(`the worker ${worker.name} did not ${what} well`, error)
      }
    }
  }
}
