import type { Request, RequestHandler, Response } from 'nozomi'
import { TIMEOUT_FIELD } from '../../contract/vocabulary.js'
import { invalidInput } from '../domain/refused.js'
import type { Observation, ObservedCall, Operation } from '../observation/observation.js'
import { requestIdFrom } from '../observation/request-id.js'
import { CallCancelled, CallScope, type Call } from '../use-cases/call.js'

/** What the service keeps of a request beside what the framework does. */
interface CallLocals {
  operation: Operation
  /** What went wrong on our side, for the log. */
  failure: unknown
}

function localsOf(res: Response): CallLocals {
  return res.locals as CallLocals
}

/** Names each request, and counts and logs it when it has ended, whichever way. */
export function observe(observation: Observation): RequestHandler {
  return function observeCall(req, res, next) {
    const requestId = requestIdFrom(req.get('X-Request-Id'))
    res.set('X-Request-Id', requestId)
    const locals = localsOf(res)
    locals.operation = 'other'
    const call: ObservedCall = observation.begin('http', requestId, () => locals.operation)
    res.once('close', () =>
      call.end(res.writableFinished ? String(res.statusCode) : 'cancelled', locals.failure),
    )
    next()
  }
}

/** Says which operation the requests of a route are. */
export function asOperation(operation: Operation): RequestHandler {
  return function nameOperation(_req, res, next) {
    localsOf(res).operation = operation
    next()
  }
}

export function noteFailure(res: Response, error: unknown): void {
  localsOf(res).failure = error
}

/**
 * A handler with a time limit: the service's, or the shorter one that the caller names. Its work is told when the
 * caller goes away; then nothing is answered.
 */
export function limited<T>(
  limitMs: number,
  work: (req: Request, call: Call) => Promise<T>,
  answer: (res: Response, result: T) => void,
): RequestHandler {
  return async function limitedHandler(req, res) {
    const scope = new CallScope(timeoutOf(req, limitMs))
    res.once('close', () => {
      scope.end()
      if (!res.writableFinished) scope.cancel()
    })
    try {
      answer(res, await scope.run((call) => work(req, call)))
    } catch (error) {
      if (!(error instanceof CallCancelled)) throw error
    }
  }
}

function timeoutOf(req: Request, limitMs: number): number {
  const sent = req.get(TIMEOUT_FIELD)
  if (sent === undefined) return limitMs
  if (!/^[1-9]\d{0,8}$/.test(sent)) {
    const problem = `is ${JSON.stringify(sent.slice(0, 60))}`
    throw invalidInput([{ field: TIMEOUT_FIELD, problem, expected: 'a whole number of milliseconds from 1' }])
  }
  return Math.min(limitMs, Number(sent))
}
