import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { Log } from '../platform/log/log.js'
import type { WorkerMessage } from './worker-message.js'

export interface ClusterOptions {
  readonly workers: number
  /** Variables that the workers have beside those of this process. */
  readonly variables: Readonly<Record<string, string>>
  /** How long a worker may take to stop. */
  readonly stopLimitMs: number
  readonly log: Log
  readonly registry: Registry
}

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 10_000
/** Who lived this long did not fail at its start: the pauses begin anew. */
const HEALTHY_MS = 30_000
/** What closing pools may take, after the connections. */
const CLOSE_LIMIT_MS = 5000

/** Processes that answer on one port: replaced when they crash, and renewed one after another without a gap. */
export class ShopCluster {
  readonly #options: ClusterOptions
  readonly #running = new Set<Worker>()
  /** Those that were told to stop: their end is no crash. */
  readonly #leaving = new Set<Worker>()
  readonly #restarts: Counter
  #failures = 0
  #isStopping = false
  #renewing: Promise<void> | null = null

  constructor(options: ClusterOptions) {
    this.#options = options
    const registers = [options.registry]
    this.#restarts = new Counter({
      name: 'shop_worker_crashes_total',
      help: 'Workers that ended by themselves.',
      registers,
    })
    const running = this.#running
    const gauge: Gauge = new Gauge({
      name: 'shop_workers',
      help: 'Processes that answer requests.',
      registers,
      collect: () => gauge.set(running.size),
    })
  }

  /** Resolves when all answer. Rejects when one of them can not start. */
  async start(): Promise<WorkerMessage> {
    const ready = await Promise.all(Array.from({ length: this.#options.workers }, () => this.#launch()))
    const [first] = ready
    if (first === undefined) throw new Error('a cluster has at least one worker')
    return first
  }

  /** Replaces each worker by a new one, which answers before the old one stops. One renewal at a time. */
  renew(): Promise<void> {
    this.#renewing ??= this.#renewAll().finally(() => (this.#renewing = null))
    return this.#renewing
  }

  async stop(): Promise<void> {
    this.#isStopping = true
    await Promise.all([...this.#running].map((worker) => this.#dismiss(worker)))
  }

  async #renewAll(): Promise<void> {
    const { log } = this.#options
    log.info('the workers are being renewed')
    // Those of now: the new ones come into the same set.
    const oldOnes = [...this.#running]
    for (const old of oldOnes) {
      if (this.#isStopping) return
      try {
        await this.#launch()
      } catch (error) {
        log.error('the new worker did not start; the old ones go on', error)
        return
      }
      await this.#dismiss(old)
    }
    log.info('all workers were renewed')
  }

  /** Resolves when it answers; rejects when it ends before. */
  #launch(): Promise<WorkerMessage> {
    const worker = cluster.fork(this.#options.variables)
    const startedAt = performance.now()
    return new Promise((resolve, reject) => {
      let isReady = false
      worker.on('message', (message: WorkerMessage) => {
        if (message.shop !== 'ready' || isReady) return
        isReady = true
        this.#running.add(worker)
        resolve(message)
      })
      worker.once('exit', (code, signal) => {
        this.#running.delete(worker)
        const how = signal ?? `code ${code}`
        if (!isReady) reject(new Error(`worker ${worker.process.pid} ended while it started: ${how}`))
        else if (!this.#leaving.delete(worker) && !this.#isStopping)
          this.#crashed(worker, how, performance.now() - startedAt)
      })
    })
  }

  #crashed(worker: Worker, how: string, livedMs: number): void {
    this.#options.log.error(
      `a worker ended by itself and is replaced`,
      new Error(`worker ${worker.process.pid} ended: ${how}`),
    )
    this.#restarts.inc()
    if (livedMs > HEALTHY_MS) this.#failures = 0
    void this.#replace()
  }

  /** Tries until it works, less and less often: what crashes at once would otherwise take all of the machine. */
  async #replace(): Promise<void> {
    while (!this.#isStopping) {
      await setTimeout(Math.min(FIRST_PAUSE_MS * 2 ** this.#failures, LONGEST_PAUSE_MS))
      this.#failures++
      if (this.#isStopping) return
      try {
        await this.#launch()
        return
      } catch (error) {
        this.#options.log.error('the worker that shall replace another one did not start', error)
      }
    }
  }

  /** Lets a worker finish; resolves when its process has ended. */
  async #dismiss(worker: Worker): Promise<void> {
    if (worker.isDead()) return
    this.#leaving.add(worker)
    const ended = once(worker, 'exit')
    worker.process.kill('SIGTERM')
    const limit = new AbortController()
    const late = setTimeout(this.#options.stopLimitMs + CLOSE_LIMIT_MS, 'late', {
      signal: limit.signal,
    }).catch(() => null)
    if ((await Promise.race([ended, late])) === 'late') {
      worker.process.kill('SIGKILL')
      await ended
    }
    limit.abort()
  }
}
