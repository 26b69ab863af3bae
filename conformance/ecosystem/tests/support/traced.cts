import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

interface TracedOptions {
  /** Flags for Node.js, such as `--require ./setup.cjs`; relative files are looked up beside the applications. */
  execArgv?: string[]
  env?: Record<string, string>
}

/** An application of tests/apm in a process of its own, as agents must be loaded before all else. */
export class Traced {
  readonly url: string
  readonly #child: ChildProcess
  readonly #output: string[]

  private constructor(child: ChildProcess, url: string, output: string[]) {
    this.#child = child
    this.url = url
    this.#output = output
  }

  static async start(t: TestContext, script: string, options: TracedOptions = {}): Promise<Traced> {
    const cwd = join(__dirname, '..', 'apm')
    const { NODE_OPTIONS: _, ...inherited } = process.env
    const child = fork(join(cwd, script), {
      cwd,
      execArgv: options.execArgv ?? [],
      env: { ...inherited, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    t.after(() => stop(child))
    const output: string[] = []
    child.stdout?.on('data', (chunk: Buffer) => output.push(String(chunk)))
    child.stderr?.on('data', (chunk: Buffer) => output.push(String(chunk)))
    const died = once(child, 'exit').then(([code]) => {
      throw new Error(`${script} ended with ${code} before it listened:\n${output.join('')}`)
    })
    died.catch(() => {})
    const [message] = (await Promise.race([once(child, 'message'), died])) as [{ port: number }]
    return new Traced(child, `http://127.0.0.1:${message.port}`, output)
  }

  /** Asks the agent's setup for what it has seen until now. */
  async report<T>(): Promise<T> {
    this.#child.send('report')
    const [message] = await once(this.#child, 'message')
    return message as T
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
