import type { Log } from '../../platform/log/log.js'
import type { ErrorRequestHandler, RequestHandler } from '../framework.js'
import { Problem } from './problem.js'
import { PROBLEMS } from './problem-catalogue.js'
import { problemOf, type Translate } from './problem-of.js'
import { problemOfVersion } from '../versions/asked-version.js'

/** The last handler: answers every error as `application/problem+json`, and logs those that are ours. */
export function createProblemHandler(log: Log, translations: readonly Translate[]): ErrorRequestHandler {
  return function problemHandler(error, req, res, next) {
    const problem = problemOfVersion(error, req) ?? problemOf(error, req.method, translations)
    if (problem.status >= 500) log.error(`${req.method} ${req.originalUrl}`, error)
    // The framework then ends the connection, so that nobody takes the half for the whole.
    if (res.headersSent) return next(error)
    res
      .status(problem.status)
      .set({ 'Cache-Control': 'no-store', ...problem.headers })
      .type('application/problem+json')
      .send(JSON.stringify(problem))
  }
}

export const unknownRoute: RequestHandler = (req) => {
  throw new Problem(PROBLEMS['unknown-route'], `There is nothing at ${req.method} ${req.originalUrl}.`)
}

/** For the end of a route: the methods that are left have no handler. Answers OPTIONS too. */
export function allowOnly(...methods: readonly string[]): RequestHandler {
  const allow = ['OPTIONS', ...methods].toSorted().join(', ')
  return function allowOnlyHandler(req, res) {
    if (req.method === 'OPTIONS') {
      res.status(204).set('Allow', allow).end()
      return
    }
    throw new Problem(
      PROBLEMS['method-not-allowed'],
      `${req.method} is not for ${req.originalUrl}; it has ${allow}.`,
      {
        headers: { Allow: allow },
      },
    )
  }
}
