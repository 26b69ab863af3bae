import cors from 'cors'
import type { RequestHandler } from '../framework.js'

/** What a page of another site may read of an answer, beside the fields that it always may. */
const EXPOSED = ['ETag', 'Link', 'Location', 'RateLimit', 'RateLimit-Policy', 'Retry-After', 'X-Request-Id']
const PREFLIGHT_SECONDS = 600

/** Lets the pages of the listed origins use the API. For all others there is no word of CORS, so browsers keep them out. */
export function createCrossOrigin(origins: readonly string[]): RequestHandler {
  const allow = cors({
    origin: [...origins],
    credentials: true,
    exposedHeaders: EXPOSED,
    maxAge: PREFLIGHT_SECONDS,
  })
  return function crossOrigin(req, res, next) {
    // The answer depends on it, also where it gives nothing: a cache must not mix them up.
    res.vary('Origin')
    const isAllowed = origins.includes(req.headers.origin ?? '')
    const isPlainOptions =
      req.method === 'OPTIONS' && req.headers['access-control-request-method'] === undefined
    // OPTIONS that is no preflight asks which methods there are; that is for the routes.
    if (!isAllowed || isPlainOptions) return next()
    allow(req, res, next)
  }
}
