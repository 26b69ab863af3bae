import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pinned, SERVER_CORE } from './pinning.mjs'

const SERVE = fileURLToPath(new URL('serve.mjs', import.meta.url))
const STARTING_MS = 60_000

/** A contestant that listens, in a process of its own, on a core of its own. */
export class ContestantProcess {
  #child
  #complaints = ''

  /**
   * Starts one. `nodeFlags` are flags of node, `openFiles` asks for as many file descriptors as there may be, `pin`
   * keeps it on its core.
   */
  static async start({ node, contestant, scenario, nodeFlags = [], openFiles = false, pin = true }) {
    const args = [SERVE, contestant, scenario.application, JSON.stringify(scenario.options)]
    const command = [node, ...nodeFlags, ...args]
    const server = new ContestantProcess()
    await server.#start(withOpenFiles(openFiles, pin ? pinned(SERVER_CORE, command) : command))
    return server
  }

  async #start([command, ...args]) {
    this.startedAt = performance.now()
    this.#child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // Frameworks do less for development in production, and colours are nobody's business here.
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', NODE_OPTIONS: '' },
    })
    this.#child.stderr.setEncoding('utf8').on('data', (text) => {
      this.#complaints = (this.#complaints + text).slice(-4000)
    })
    const { port } = await this.#message(STARTING_MS)
    this.listeningAfterMs = performance.now() - this.startedAt
    this.port = port
    this.pid = this.#child.pid
  }

  /** Asks it for what serve.mjs knows about itself. */
  async ask(ask, argument) {
    this.#child.send({ ask, argument })
    return (await this.#message(STARTING_MS)).answer
  }

  /** The most memory that was ever resident, in bytes: null where the system does not say. */
  peakMemory() {
    try {
      const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))
      return Number(kilobytes) * 1024
    } catch {
      return null
    }
  }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    if (this.#child.connected) this.#child.disconnect()
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 3000)
    await gone
    clearTimeout(timer)
  }

  /** The next message; an error with its last words when it ends or stays silent instead. */
  async #message(timeoutMs) {
    const waiting = new AbortController()
    const { signal } = waiting
    const timer = setTimeout(() => waiting.abort(), timeoutMs)
    try {
      const outcome = await Promise.race([
        once(this.#child, 'message', { signal }).then(([message]) => message),
        once(this.#child, 'exit', { signal }).then(([code]) => ({ ended: code })),
      ])
      if (!('ended' in outcome)) return outcome
      throw new Error(`it ended with ${outcome.ended}: ${this.#complaints}`)
    } catch (error) {
      if (error.name !== 'AbortError') throw error
      this.#child.kill('SIGKILL')
      throw new Error(`it said nothing for ${timeoutMs / 1000} s: ${this.#complaints}`, { cause: error })
    } finally {
      clearTimeout(timer)
      waiting.abort()
    }
  }
}

function withOpenFiles(isWanted, command) {
  return isWanted ? ['bash', '-c', 'ulimit -n "$(ulimit -Hn)"; exec "$@"', 'bash', ...command] : command
}
