import { createRouter, type HandlerOf, type Request, type Router } from '../../../http/framework.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import type { Readiness } from '../services/readiness.js'
import { readLiveness, readReadiness } from './contracts/operations-contracts.js'
import { hasToken } from './operations-token.js'

export interface HealthOptions {
  readonly readiness: Readiness
  /** In production, who has not the token is told the status and nothing else. */
  readonly production: boolean
  readonly token: string | null
}

/**
 * `/health/live`: the process answers; whoever restarts it on anything more would restart a shop whose database is away.
 * `/health/ready`: this instance should get requests.
 */
export function createHealthRoutes({ readiness, production, token }: HealthOptions): Router {
  const router = createRouter()
  const mayKnow = (req: Request): boolean => !production || (token !== null && hasToken(req, token))
  const ready: HandlerOf<typeof readReadiness> = async (req, res) => {
    const { status, checks } = await readiness.report()
    const isReady = status === 'ready' || status === 'degraded'
    // Security: reasons name hosts and ports.
    res.status(isReady ? 200 : 503).json(mayKnow(req) ? { status, checks: [...checks] } : { status })
  }
  router.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.route('/live').get(readLiveness, live).all(allowOnly('GET', 'HEAD'))
  router.route('/ready').get(readReadiness, ready).all(allowOnly('GET', 'HEAD'))
  return router
}

const live: HandlerOf<typeof readLiveness> = (_req, res) => {
  res.json({ status: 'live' })
}
