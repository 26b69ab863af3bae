import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type Client, clientOf } from './client.js'

const MAIN = fileURLToPath(import.meta.resolve('#shop/main.js'))
const MAIN_ON_EXPRESS = fileURLToPath(import.meta.resolve('#shop/main-on-express.js'))
/** Longer than any suite takes with one process on a busy machine; then it is killed and the test fails. */
const LIMIT_MS = 180_000

/** A shop in a process of its own, as `npm start` has it. */
export class ShopProcess {
  readonly #child: ChildProcess
  readonly #exited: Promise<unknown>
  readonly #limitMs: number
  output = ''

  /**
   * `variables` are all that it sees of the environment, beside what Node itself needs; `program` is what starts it, if
   * not its own main file, and has `limitMs` for that.
   */
  constructor(
    variables: Readonly<Record<string, string>>,
    onExpress = false,
    { program = onExpress ? MAIN_ON_EXPRESS : MAIN, limitMs = LIMIT_MS } = {},
  ) {
    this.#limitMs = limitMs
    const { PATH = '', HOME = '' } = process.env
    const env = { PATH, HOME, PORT: '0', ...variables }
    this.#child = spawn(process.execPath, [program], { env, stdio: 'pipe' })
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
    this.#exited = once(this.#child, 'close')
    const limit = setTimeout(() => this.#child.kill('SIGKILL'), limitMs)
    this.#child.once('close', () => clearTimeout(limit))
  }

  /** Waits until it says where it listens; gives a client for it. */
  async ready(): Promise<Client> {
    await this.#until(() => /open: +http/.test(this.output))
    return clientOf(this.address)
  }

  get address(): string {
    return /http:\/\/\S+/.exec(this.output)?.[0] ?? ''
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async said(words: RegExp): Promise<void> {
    await this.#until(() => words.test(this.output))
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  /** Its exit code; null when a signal ended it. */
  async exitCode(): Promise<number | null> {
    await this.#exited
    return this.#child.exitCode
  }

  async stop(): Promise<number | null> {
    this.signal('SIGTERM')
    return this.exitCode()
  }

  async #until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + this.#limitMs
    while (!condition()) {
      if (this.#child.exitCode !== null || Date.now() > deadline)
        throw new Error(`the shop did not start:\n${this.output}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}
