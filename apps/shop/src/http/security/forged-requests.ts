import type { Request, RequestHandler } from '../framework.js'
import { Problem } from '../problems/problem.js'
import { PROBLEMS } from '../problems/problem-catalogue.js'

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

export function isSafe(req: Request): boolean {
  return SAFE_METHODS.has(req.method)
}

/**
 * Security: a page of another site can make a browser send requests with our cookies (CSRF), or sign its visitor in to
 * the attacker's account. Browsers say where a request comes from (`Sec-Fetch-Site`, and `Origin` with all that
 * writes), and pages can't change that: what comes from elsewhere is refused before anything looks at it. Clients that
 * say neither are no browsers; whoever signs in by a session needs a token besides (modules/identity).
 *
 * Requests with `Authorization` pass: no browser adds that by itself.
 */
export function createForgedRequestGuard(allowedOrigins: readonly string[]): RequestHandler {
  return function forgedRequestGuard(req, _res, next) {
    if (isSafe(req) || req.headers.authorization !== undefined || isOurs(req, allowedOrigins)) return next()
    throw new Problem(PROBLEMS['forged-request'], 'The request comes from a page of another site.')
  }
}

function isOurs(req: Request, allowedOrigins: readonly string[]): boolean {
  const { origin, 'sec-fetch-site': site } = req.headers
  if (origin !== undefined && allowedOrigins.includes(origin)) return true
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  if (origin === undefined) return true
  // The host only: behind a proxy that ends TLS, the scheme that we see may be another. `null` is no URL.
  return URL.canParse(origin) && new URL(origin).host === req.host
}
