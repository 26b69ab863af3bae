import type { HealthCheck } from '../../../platform/health/health-check.js'
import type { Log } from '../../../platform/log/log.js'

export interface CheckResult {
  readonly name: string
  readonly status: 'ok' | 'failed'
  readonly isNeeded: boolean
  readonly latencyMs: number
  /** Why it failed; for those who may know. */
  readonly reason: string | null
}

/** `degraded`: ready, with something missing. `draining`: about to stop. */
export type ReadinessStatus = 'ready' | 'degraded' | 'unavailable' | 'draining'

export interface ReadinessReport {
  readonly status: ReadinessStatus
  readonly checks: readonly CheckResult[]
}

export interface ReadinessOptions {
  readonly checks: readonly HealthCheck[]
  /** How long one check may take. */
  readonly limitMs: number
  readonly isDraining: () => boolean
  readonly log: Log
}

/** Whether this instance should get requests. */
export class Readiness {
  readonly #options: ReadinessOptions
  /**
   * What is being checked: everybody who asks meanwhile gets that answer, and a check that hangs is not started again
   * beside itself.
   */
  readonly #underWay = new Map<HealthCheck, Promise<void>>()
  #last: ReadinessStatus = 'ready'

  constructor(options: ReadinessOptions) {
    this.#options = options
  }

  async report(): Promise<ReadinessReport> {
    const checks = await Promise.all(this.#options.checks.map((check) => this.#run(check)))
    const status = this.#options.isDraining() ? 'draining' : statusOf(checks)
    this.#note(status, checks)
    return { status, checks }
  }

  async #run(check: HealthCheck): Promise<CheckResult> {
    const { name, isNeeded = true } = check
    const started = performance.now()
    const reason = await this.#failureOf(check)
    const latencyMs = Math.round((performance.now() - started) * 10) / 10
    return { name, status: reason === null ? 'ok' : 'failed', isNeeded, latencyMs, reason }
  }

  /** Null when it works. */
  #failureOf(check: HealthCheck): Promise<string | null> {
    const { limitMs } = this.#options
    return new Promise((resolve) => {
      const limit = setTimeout(() => resolve(`did not answer within ${limitMs} ms`), limitMs)
      const end = (reason: string | null): void => {
        clearTimeout(limit)
        resolve(reason)
      }
      this.#once(check).then(
        () => end(null),
        (error: unknown) => end(reasonOf(error)),
      )
    })
  }

  #once(check: HealthCheck): Promise<void> {
    const known = this.#underWay.get(check)
    if (known !== undefined) return known
    const running = check.check().finally(() => this.#underWay.delete(check))
    this.#underWay.set(check, running)
    return running
  }

  #note(status: ReadinessStatus, checks: readonly CheckResult[]): void {
    if (status === this.#last) return
    const failed = checks
      .filter((check) => check.status === 'failed')
      .map(({ name, reason }) => ({ name, reason }))
    const { log } = this.#options
    if (status === 'ready') log.info(`the shop is ready again, after being ${this.#last}`)
    else log.warn(`the shop is ${status}`, failed.length > 0 ? { failed } : {})
    this.#last = status
  }
}

function statusOf(checks: readonly CheckResult[]): ReadinessStatus {
  const failed = checks.filter(({ status }) => status === 'failed')
  if (failed.some(({ isNeeded }) => isNeeded)) return 'unavailable'
  return failed.length > 0 ? 'degraded' : 'ready'
}

/** With what caused it, since the outermost error often says only that something failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = error.message === '' ? error.name : error.message
  return error.cause === undefined ? own : `${own}: ${reasonOf(error.cause)}`
}
