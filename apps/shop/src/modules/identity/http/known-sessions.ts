import type { RequestHandler } from '../../../http/framework.js'

/**
 * Loads the session of requests that bring the cookie of one, and leaves the others alone: they would get a session
 * object that nobody stores. Requests for the files of the page need none.
 */
export function forKnownSessions(sessions: RequestHandler, cookieName: string): RequestHandler {
  return function knownSessions(req, res, next) {
    const mayHave = req.headers.cookie?.includes(`${cookieName}=`) === true
    if (!mayHave || req.path.startsWith('/assets/')) return next()
    return sessions(req, res, next)
  }
}
