import type { ErrorRequestHandler } from '../../../http/framework.js'
import { contextOf } from '../../../http/request-context.js'
import { EmailNotVerified, FederationRefused, FederationUnavailable } from '../domain/errors.js'

/**
 * A visitor who could not be signed in stands with a browser at an address that shows nothing: back to the sign-in page,
 * which says why. Whoever prefers JSON gets the problem.
 */
export const backToSignIn: ErrorRequestHandler = (error, req, res, next) => {
  const failed = reasonOf(error)
  if (failed === null || req.accepts(['json', 'html']) !== 'html') return next(error)
  if (failed === 'unavailable') contextOf(req).log.error(`${req.method} ${req.baseUrl}`, error)
  const { returnTo } = req.query
  const query = new URLSearchParams({ failed })
  if (typeof returnTo === 'string') query.set('then', returnTo)
  res.set('Cache-Control', 'no-store').redirect(303, `/sign-in?${query}`)
}

/** Security: one of three words and not what the provider said; the page has its own text for each. */
function reasonOf(error: unknown): 'refused' | 'unavailable' | 'unverified' | null {
  if (error instanceof EmailNotVerified) return 'unverified'
  if (error instanceof FederationRefused) return 'refused'
  return error instanceof FederationUnavailable ? 'unavailable' : null
}
