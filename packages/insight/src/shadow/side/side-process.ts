import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import type { SideName } from '../../types/shadow.js'
import {
  CONFIGURATION_VARIABLE,
  isSideMessage,
  PROCESS_VARIABLE,
  type RouteToProbe,
  type SideConfiguration,
  type SideMessage,
} from './side-messages.js'

const PRELOAD = join(__dirname, 'preload.js')
/** How much of what a side prints is kept. */
const OUTPUT_LIMIT = 16_384
/** How long a side may take to end when it is told to. */
const STOP_MS = 3000
/** How long the events of a response may come behind the answer. */
const EVENTS_MS = 2000
/** Responses whose events nobody has asked for. */
const KEPT_EVENTS = 5000

export interface SidePlan {
  readonly name: SideName
  readonly application: string
  readonly args: readonly string[]
  readonly execArgv: readonly string[]
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly configuration: SideConfiguration
  readonly startTimeoutMs: number
}

export interface Ready {
  readonly port: number
  readonly asked: number | null
  readonly secure: boolean
  readonly routes: readonly RouteToProbe[]
}

/** A side did not start. */
export class ShadowStartError extends Error {
  readonly side: SideName
  /** The end of what it printed. */
  readonly output: string

  constructor(side: SideName, reason: string, output: string) {
    super(`The application did not start on ${side === 'nozomi' ? 'Nozomi' : 'Express'}: ${reason}`)
    this.name = 'ShadowStartError'
    this.side = side
    this.output = output
  }
}

/** The application in a process of its own, on one of the frameworks. */
export class SideProcess {
  readonly #plan: SidePlan
  readonly #child: ChildProcess
  readonly #events = new Map<number, readonly string[]>()
  readonly #waiting = new Map<number, (events: readonly string[]) => void>()
  readonly #ended: Promise<void>
  #output = ''
  #ending: string | null = null
  ready: Ready | null = null

  constructor(plan: SidePlan) {
    this.#plan = plan
    const { NODE_TEST_CONTEXT: _context, [PROCESS_VARIABLE]: _process, ...env } = process.env
    this.#child = spawn(
      process.execPath,
      [...plan.execArgv, '--require', PRELOAD, plan.application, ...plan.args],
      {
        cwd: plan.cwd,
        env: { ...env, ...plan.env, [CONFIGURATION_VARIABLE]: JSON.stringify(plan.configuration) },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    )
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-OUTPUT_LIMIT)
      })
    }
    this.#ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        this.#ending ??= signal === null ? `ended with code ${code}` : `was ended by ${signal}`
        for (const settle of this.#waiting.values()) settle([])
        resolve()
      })
      this.#child.once('error', (error) => {
        this.#ending ??= error.message
        resolve()
      })
    })
  }

  /** @throws ShadowStartError */
  async start(): Promise<Ready> {
    const { name, startTimeoutMs } = this.#plan
    let timer: NodeJS.Timeout | undefined
    const started = await new Promise<Ready | string>((resolve) => {
      timer = setTimeout(resolve, startTimeoutMs, `it did not listen within ${startTimeoutMs} ms`)
      this.#child.on('message', (message) => {
        if (!isSideMessage(message)) return
        if (message.shadow === 'ready') resolve(message)
        else if (message.shadow === 'failed') resolve(message.reason)
        else this.#note(message)
      })
      void this.#ended.then(() => resolve(`the process ${this.#ending}`))
    })
    clearTimeout(timer)
    if (typeof started !== 'string') {
      this.ready = started
      return started
    }
    // What it printed may come behind what it said.
    await this.stop()
    throw new ShadowStartError(name, started, this.#output)
  }

  /** Waits for the end of the process, for at most this long. */
  async endsWithin(ms: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms)
    })
    await Promise.race([this.#ended, late])
    clearTimeout(timer)
    return this.#ending !== null
  }

  /** How the process ended; null while it runs. */
  get ending(): string | null {
    return this.#ending
  }

  get output(): string {
    return this.#output
  }

  /** What the response to the client on that port emitted; null when the side does not say. */
  async eventsOf(clientPort: number): Promise<readonly string[] | null> {
    const known = this.#events.get(clientPort)
    if (known) {
      this.#events.delete(clientPort)
      return known
    }
    if (this.#ending !== null) return null
    const told = new Promise<readonly string[]>((resolve) => this.#waiting.set(clientPort, resolve))
    const timer = { id: undefined as NodeJS.Timeout | undefined }
    const late = new Promise<null>((resolve) => {
      timer.id = setTimeout(resolve, EVENTS_MS, null)
    })
    const events = await Promise.race([told, late])
    clearTimeout(timer.id)
    this.#waiting.delete(clientPort)
    return events === null || events.length === 0 ? null : events
  }

  /** Ends the process: asks it to, and makes it when it does not. */
  async stop(): Promise<void> {
    if (this.#ending === null) {
      this.#child.kill('SIGTERM')
      const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS)
      await this.#ended
      clearTimeout(timer)
    }
    if (this.#child.connected) this.#child.disconnect()
  }

  #note({ port, events }: Extract<SideMessage, { shadow: 'events' }>): void {
    const waiting = this.#waiting.get(port)
    if (waiting) return waiting(events)
    this.#events.set(port, events)
    const [oldest] = this.#events.keys()
    if (this.#events.size > KEPT_EVENTS && oldest !== undefined) this.#events.delete(oldest)
  }
}
