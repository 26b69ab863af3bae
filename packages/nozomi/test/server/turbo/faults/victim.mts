import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { eventually } from './client.mjs'
import type { Contestant } from './contestants.mjs'

/** What a process uses, in bytes and numbers. */
export interface Usage {
  /** What it has on the heap, and what hangs on that outside of it. */
  heap: number
  arrayBuffers: number
  resident: number
  connections: number
  /** Open file descriptors. */
  files: number
  /** Exceptions that nobody caught. */
  uncaught: number
}

const PROCESS = fileURLToPath(import.meta.resolve('./victim-process.mjs'))

/** A server in a process of its own, whose memory and file descriptors can be looked at. */
export class Victim {
  readonly port: number
  readonly #child: ChildProcess

  /** @param timeoutMs For heads, and for whole requests. */
  static async start({ name }: Contestant, timeoutMs = 60_000): Promise<Victim> {
    const child = fork(PROCESS, [name, String(timeoutMs)], {
      execArgv: ['--expose-gc', '--no-flush-bytecode'],
    })
    const [{ port }] = (await once(child, 'message')) as [{ port: number }]
    return new Victim(child, port)
  }

  private constructor(child: ChildProcess, port: number) {
    this.#child = child
    this.port = port
  }

  async usage(): Promise<Usage> {
    const answer = once(this.#child, 'message')
    this.#child.send('usage')
    const [usage] = (await answer) as [Usage]
    return usage
  }

  /** What it uses when its last connection is gone. */
  async usageAtRest(): Promise<Usage> {
    let usage = await this.usage()
    await eventually(async () => {
      usage = await this.usage()
      return usage.connections === 0
    })
    return usage
  }

  async stop(): Promise<void> {
    const gone = once(this.#child, 'exit')
    this.#child.kill()
    await gone
  }
}
