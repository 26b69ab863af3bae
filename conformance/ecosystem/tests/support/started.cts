import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { TestContext } from 'node:test'

export interface StartOptions {
  /** The folder that the program runs in. */
  cwd: string
  /** Flags for Node.js, such as `--require ./setup.cjs`; relative files are looked up in `cwd`. */
  execArgv?: string[]
  env?: Record<string, string>
}

/** A server in a process of its own, which sends `{ port }` when it listens. Ends with the test. */
export class Started {
  readonly url: string
  readonly child: ChildProcess
  readonly #output: string[]

  private constructor(child: ChildProcess, url: string, output: string[]) {
    this.child = child
    this.url = url
    this.#output = output
  }

  static async start(t: TestContext, path: string, options: StartOptions): Promise<Started> {
    const { NODE_OPTIONS: _, ...inherited } = process.env
    const child = fork(path, {
      cwd: options.cwd,
      execArgv: options.execArgv ?? [],
      env: { ...inherited, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    t.after(() => stop(child))
    const output: string[] = []
    child.stdout?.on('data', (chunk: Buffer) => output.push(String(chunk)))
    child.stderr?.on('data', (chunk: Buffer) => output.push(String(chunk)))
    const died = once(child, 'exit').then(([code]) => {
      throw new Error(`${path} ended with ${code} before it listened:\n${output.join('')}`)
    })
    died.catch(() => {})
    const [message] = (await Promise.race([once(child, 'message'), died])) as [{ port: number }]
    return new Started(child, `http://127.0.0.1:${message.port}`, output)
  }

  /** Everything the process has printed. */
  get output(): string {
    return this.#output.join('')
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}
