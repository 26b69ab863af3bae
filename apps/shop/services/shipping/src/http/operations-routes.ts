import nozomi, { type Router } from 'nozomi'
import type { Observation } from '../observation/observation.js'
import { asOperation } from './http-call.js'

/** What a load balancer is told. */
export interface Readiness {
  /** What is asked, by name. Each rejects when it is not well. */
  readonly checks: Readonly<Record<string, () => Promise<void>>>
}

const CHECK_LIMIT_MS = 1000

/** `/health/live`, `/health/ready` and `/metrics`. */
export function createOperationsRoutes({ checks }: Readiness, observation: Observation): Router {
  const routes = nozomi.Router()
  routes.use(['/health', '/metrics'], asOperation('operations'), (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  routes.get('/health/live', (_req, res) => {
    res.json({ status: 'live' })
  })
  routes.get('/health/ready', async (_req, res) => {
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, check]) => [name, await resultOf(check)] as const),
    )
    const ok = results.every(([, result]) => result.ok)
    res
      .status(ok ? 200 : 503)
      .json({ status: ok ? 'ready' : 'not ready', checks: Object.fromEntries(results) })
  })
  routes.get('/metrics', async (_req, res) => {
    res.type(observation.contentType).send(await observation.metrics())
  })
  return routes
}

interface CheckResult {
  readonly ok: boolean
  readonly ms: number
  readonly error?: string
}

async function resultOf(check: () => Promise<void>): Promise<CheckResult> {
  const started = performance.now()
  const ms = (): number => Math.round(performance.now() - started)
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    const error = new Error(`no answer within ${CHECK_LIMIT_MS} ms`)
    timer = setTimeout(() => reject(error), CHECK_LIMIT_MS)
  })
  try {
    await Promise.race([check(), limit])
    return { ok: true, ms: ms() }
  } catch (error) {
    return { ok: false, ms: ms(), error: error instanceof Error ? error.message : String(error) }
  } finally {
    clearTimeout(timer)
  }
}
