import { tracingChannel } from 'node:diagnostics_channel'
import type { Next, Path, RoutableRequest, RoutableResponse } from './messages.js'
import { isThenable, thrown } from './settle.js'

/*
 * What an APM agent sees of each handler that runs: the tracing channel of Express's own router, by its name and with
 * its fields, so that an agent made for Express finds it here.
 *
 * Perf: with no subscriber a layer asks one boolean. Nothing else in this file runs then.
 */

/** One handler, while it runs. */
export interface HandlerTrace {
  req: RoutableRequest
  res: RoutableResponse
  layer: unknown
  /** The function that runs. */
  handler: unknown
  /** The pattern that the request matched in this router. */
  route: Path | undefined
  /** The parameter's name, for a `param()` callback. */
  param?: string
  /** True for an error handler; `incomingError` is then what it was called with. */
  errorHandler?: true
  incomingError?: unknown
  /** What the handler gave `next`, threw or rejected with, when it was the first to say so. */
  error?: unknown
  /** What the handler returned, or its promise resolved to. */
  result?: unknown
}

export const handlerChannel = tracingChannel<'express.router.request', HandlerTrace>('express.router.request')

/** Where a router keeps the matched pattern on a request that is traced. */
export const matchedPattern = Symbol('nozomi.matchedPattern')

/** Parity: a registered symbol, which copies of Express's router use too: an error is reported once, by its origin. */
const seenErrors = Symbol.for('router.tracing.publishedErrors')

interface TracedRequest extends RoutableRequest {
  [matchedPattern]?: Path
  [seenErrors]?: Set<unknown>
}

/** Runs a handler and reports its start, its end, its settling and its error. */
export function runTraced(trace: HandlerTrace, next: Next, run: (next: Next) => unknown): void {
  trace.route ??= (trace.req as TracedRequest)[matchedPattern]
  if (trace.errorHandler) rememberError(trace.req, trace.incomingError)
  const reportingNext: Next = (error) => {
    if (trace.errorHandler && error !== trace.incomingError) forgetError(trace.req, trace.incomingError)
    if (error && rememberError(trace.req, error)) {
      trace.error = error
      handlerChannel.error.publish(trace)
    }
    next(error)
  }
  const result = handlerChannel.start.runStores(trace, () => runAndEnd(trace, reportingNext, run))
  if (isThenable(result)) reportSettled(trace, result, reportingNext)
}

/** Runs the handler; gives its promise when it is to be waited for. */
function runAndEnd(trace: HandlerTrace, next: Next, run: (next: Next) => unknown): unknown {
  let result: unknown
  try {
    result = run(next)
  } catch (error) {
    const failure = thrown(error, trace.req)
    next(failure)
    recordFailure(trace, failure)
    handlerChannel.end.publish(trace)
    return undefined
  }
  if (!isThenable(result)) trace.result = result
  publishEnd(trace, isThenable(result))
  return result
}

/** Between `end` and the settling of a promise, `result` and `error` would say that it was done. */
function publishEnd(trace: HandlerTrace, isPending: boolean): void {
  if (!isPending || !('error' in trace)) {
    handlerChannel.end.publish(trace)
    return
  }
  const { error } = trace
  delete trace.error
  handlerChannel.end.publish(trace)
  trace.error = error
}

function reportSettled(trace: HandlerTrace, promise: PromiseLike<unknown>, next: Next): void {
  const settled = () =>
    handlerChannel.asyncStart.runStores(trace, () => handlerChannel.asyncEnd.publish(trace))
  promise.then(
    (value) => {
      trace.result = value
      settled()
    },
    (reason: unknown) => {
      const error = reason ? thrown(reason, trace.req) : new Error('Rejected promise')
      next(error)
      recordFailure(trace, error)
      settled()
    },
  )
}

function recordFailure(trace: HandlerTrace, error: unknown): void {
  if (isSignal(error)) trace.result = undefined
  else if (!('error' in trace)) trace.error = error
}

/** Notes an error of a request; true the first time. */
export function rememberError(req: RoutableRequest, error: unknown): boolean {
  if (!error || isSignal(error)) return false
  const traced = req as TracedRequest
  const seen = (traced[seenErrors] ??= new Set())
  if (seen.has(error)) return false
  seen.add(error)
  return true
}

/** An error handler that recovered has dealt with its error; the same object later is a new failure. */
function forgetError(req: RoutableRequest, error: unknown): void {
  ;(req as TracedRequest)[seenErrors]?.delete(error)
}

function isSignal(error: unknown): boolean {
  return error === 'route' || error === 'router'
}
