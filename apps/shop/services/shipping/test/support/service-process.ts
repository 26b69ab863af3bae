import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url))
const SLOW = fileURLToPath(new URL('./slow-service.js', import.meta.url))
/** Longer than any start or end takes on a busy machine; then the process is killed and the test fails. */
const LIMIT_MS = 60_000

/** The service in a process of its own, as people start it. */
export class ServiceProcess {
  readonly #child: ChildProcess
  readonly #exited: Promise<unknown>
  readonly #limit: NodeJS.Timeout
  output = ''

  /**
   * `variables` are all that it sees of the environment, beside what Node itself needs. `slow`: every call waits for a
   * minute.
   */
  constructor(variables: Readonly<Record<string, string>>, { slow = false } = {}) {
    const { PATH = '', HOME = '' } = process.env
    const ports = { SHIPPING_HTTP_PORT: '0', SHIPPING_GRPC_PORT: '0', SHIPPING_STOP_GRACE_MS: '0' }
    const env = { PATH, HOME, SHIPPING_DATA_FILE: 'memory:', ...ports, ...variables }
    this.#child = spawn(process.execPath, [slow ? SLOW : MAIN], { env, stdio: 'pipe' })
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.output += chunk.toString()))
    this.#exited = once(this.#child, 'close')
    this.#limit = setTimeout(() => this.#child.kill('SIGKILL'), LIMIT_MS)
  }

  /** Waits until it says where it listens. */
  async ready(): Promise<{ readonly httpAddress: string; readonly grpcAddress: string }> {
    await this.said(/shipping is open/)
    return {
      httpAddress: /"http":"([^"]+)"/.exec(this.output)?.[1] ?? '',
      grpcAddress: /"grpc":"([^"]+)"/.exec(this.output)?.[1] ?? '',
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async said(words: RegExp): Promise<void> {
    const deadline = performance.now() + LIMIT_MS
    while (!words.test(this.output)) {
      if (!this.isRunning || performance.now() > deadline)
        throw new Error(`the service did not say ${words}:\n${this.output}`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name)
  }

  /** Its exit code; null when a signal ended it. */
  async exitCode(): Promise<number | null> {
    await this.#exited
    clearTimeout(this.#limit)
    return this.#child.exitCode
  }

  async stop(): Promise<number | null> {
    this.signal('SIGTERM')
    return this.exitCode()
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL')
    await this.exitCode()
  }
}
