import { problems } from '@nozomi/schema'
import type { Log } from '../../platform/log/log.js'
import type { ErrorRequestHandler, RequestHandler } from '../framework.js'
import { Problem } from './problem.js'
import { PROBLEMS } from './problem-catalogue.js'
import { problemOf, type Translate } from './problem-of.js'
import { problemOfVersion } from '../versions/asked-version.js'

/** The last handler: answers every error as `application/problem+json`, and logs those that are ours. */
export function createProblemHandler(log: Log, translations: readonly Translate[]): ErrorRequestHandler {
  return problems({
    problemOf: (error, _found, req) => {
      const problem = problemOfVersion(error, req) ?? problemOf(error, req.method, translations)
      return {
        // Security: what broke is for the log, in development too.
        stack: undefined,
        issues: undefined,
        ...problem.toJSON(),
        headers: { 'Cache-Control': 'no-store', ...problem.headers },
      }
    },
    onError: (error, req) => log.error(`${req.method} ${req.originalUrl}`, error),
  })
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
