import { createRouter, type Request, type Router } from '../../../http/framework.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import type { Readiness } from '../services/readiness.js'
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
  router.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/live', (_req, res) => {
    res.json({ status: 'live' })
  })
  router.get('/ready', async (req, res) => {
    const { status, checks } = await readiness.report()
    const isReady = status === 'ready' || status === 'degraded'
    res.status(isReady ? 200 : 503)
    // Security: reasons name hosts and ports.
    res.json(mayKnow(req) ? { status, checks } : { status })
  })
  router.all('/live', allowOnly('GET', 'HEAD'))
  router.all('/ready', allowOnly('GET', 'HEAD'))
  return router
}
