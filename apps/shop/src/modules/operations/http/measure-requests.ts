import { Gauge, Histogram, type Registry } from 'prom-client'
import type { RequestHandler } from '../../../http/framework.js'
import { routePatternOf } from '../../../http/route-pattern.js'

/** From a cached read to what somebody notices as a wait. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * Counts and times requests by the pattern of their route. Request time: one closure and one listener a request.
 * Security: no label holds anything that a client chose, or the metrics would grow with whatever is asked for.
 */
export function measureRequests(registry: Registry): RequestHandler {
  const durations = new Histogram({
    name: 'shop_http_request_duration_seconds',
    help: 'Time from the head of a request to the end of its response, by route.',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: SECONDS,
    registers: [registry],
  })
  const underWay = new Gauge({
    name: 'shop_http_requests_under_way',
    help: 'Requests that are being answered.',
    registers: [registry],
  })
  return function measureRequest(req, res, next) {
    const started = performance.now()
    underWay.inc()
    res.once('close', () => {
      underWay.dec()
      const status = res.writableFinished ? res.statusCode : 'aborted'
      const route = routePatternOf(req) ?? (res.statusCode === 404 ? '(nothing)' : '(no route)')
      durations.observe({ method: req.method, route, status }, (performance.now() - started) / 1000)
    })
    next()
  }
}
