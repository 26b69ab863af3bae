import { once } from 'node:events'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type StartOptions, Started } from './started.cjs'

/** An application of tests/apm in a process of its own, as agents must be loaded before all else. */
export class Traced {
  readonly #started: Started

  private constructor(started: Started) {
    this.#started = started
  }

  /** Relative files in the flags are looked up beside the applications. */
  static async start(
    t: TestContext,
    script: string,
    options: Omit<StartOptions, 'cwd'> = {},
  ): Promise<Traced> {
    const cwd = join(__dirname, '..', 'apm')
    return new Traced(await Started.start(t, join(cwd, script), { cwd, ...options }))
  }

  get url(): string {
    return this.#started.url
  }

  /** Asks the agent's setup for what it has seen until now. */
  async report<T>(): Promise<T> {
    this.#started.child.send('report')
    const [message] = await once(this.#started.child, 'message')
    return message as T
  }

  /** Everything the process has printed. */
  get output(): string {
    return this.#started.output
  }
}
