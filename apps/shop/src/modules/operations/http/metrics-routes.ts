import { createRouter, type HandlerOf, type Router } from '../../../http/framework.js'
import { unauthenticated } from '../../../http/principal.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import { readMetrics } from './contracts/operations-contracts.js'
import { hasToken } from './operations-token.js'

export interface MetricsSource {
  readonly contentType: string
  /** In a cluster, of all processes. */
  readonly text: () => Promise<string>
}

/** `/metrics`, as Prometheus reads it. */
export function createMetricsRoutes({ contentType, text }: MetricsSource, token: string | null): Router {
  const router = createRouter()
  const read: HandlerOf<typeof readMetrics> = async (req, res) => {
    if (token !== null && !hasToken(req, token))
      throw unauthenticated('The metrics are for who has METRICS_TOKEN.')
    res.set({ 'Content-Type': contentType, 'Cache-Control': 'no-store' }).send(await text())
  }
  router.route('/').get(readMetrics, read).all(allowOnly('GET', 'HEAD'))
  return router
}
