import { channel, tracingChannel } from 'node:diagnostics_channel'
import type { Next, Path, RoutableRequest, RoutableResponse } from './messages.js'
import { isThenable, thrown } from './settle.js'

/*
 * What is published of each handler that runs, on two tracing channels: that of Express's own router, by its name and with
 * its fields, so that an agent made for Express finds it here; and `nozomi.layer`, which is ours, with a channel beside it
 * for each call of `next`. Both get the same object.
 *
 * Perf: with no subscriber a handler asks `isTraced()`, one comparison for each of the channels in it, and nothing else in
 * this file runs. Watched by bench/diagnostics.mjs.
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

/** A handler has called `next`. */
export interface NextCall {
  /** The handler; the object that its start was published with. */
  run: HandlerTrace
  /** What it gave. */
  error: unknown
  /** How often it has called, with this time. */
  count: number
}

const expressChannel = tracingChannel<'express.router.request', HandlerTrace>('express.router.request')
const layerChannel = tracingChannel<'nozomi.layer', HandlerTrace>('nozomi.layer')
const nextChannel = channel('nozomi.layer.next')

/** Whether anybody wants to hear of handlers. */
export function isTraced(): boolean {
  return expressChannel.hasSubscribers || layerChannel.hasSubscribers || nextChannel.hasSubscribers
}

/** Where a router keeps the matched pattern on a request that is traced. */
export const matchedPattern = Symbol('nozomi.matchedPattern')

/** Parity: a registered symbol, which copies of Express's router use too: an error is reported once, by its origin. */
const seenErrors = Symbol.for('router.tracing.publishedErrors')

interface TracedRequest extends RoutableRequest {
  [matchedPattern]?: Path | undefined
  [seenErrors]?: Set<unknown>
}

/** Runs a handler and reports its start, its calls of `next`, its end, its settling and its error. */
export function runTraced(trace: HandlerTrace, next: Next, run: (next: Next) => unknown): void {
  trace.route ??= (trace.req as TracedRequest)[matchedPattern]
  if (trace.errorHandler) rememberError(trace.req, trace.incomingError)
  const goOn: Next = (error) => {
    reportError(trace, error)
    // A router that ran inside the handler has left the pattern of its own layer.
    ;(trace.req as TracedRequest)[matchedPattern] = trace.route
    next(error)
  }
  let count = 0
  const calledNext: Next = (error) => {
    count++
    if (nextChannel.hasSubscribers) nextChannel.publish({ run: trace, error, count } satisfies NextCall)
    goOn(error)
  }
  const start = () => layerChannel.start.runStores(trace, () => runAndEnd(trace, run, calledNext, goOn))
  const result = expressChannel.start.runStores(trace, start)
  if (isThenable(result)) reportSettled(trace, result, goOn)
}

/** Runs the handler; gives its promise when it is to be waited for. */
function runAndEnd(trace: HandlerTrace, run: (next: Next) => unknown, calledNext: Next, goOn: Next): unknown {
  let result: unknown
  try {
    result = run(calledNext)
  } catch (error) {
    const failure = thrown(error, trace.req)
    goOn(failure)
    recordFailure(trace, failure)
    publishEnd(trace)
    return undefined
  }
  if (isThenable(result)) publishPending(trace)
  else {
    trace.result = result
    publishEnd(trace)
  }
  return result
}

/** Between `end` and the settling of a promise, `error` would say that it was done. */
function publishPending(trace: HandlerTrace): void {
  if (!('error' in trace)) {
    publishEnd(trace)
    return
  }
  const { error } = trace
  delete trace.error
  publishEnd(trace)
  trace.error = error
}

function publishEnd(trace: HandlerTrace): void {
  expressChannel.end.publish(trace)
  layerChannel.end.publish(trace)
}

function reportSettled(trace: HandlerTrace, promise: PromiseLike<unknown>, goOn: Next): void {
  promise.then(
    (value) => {
      trace.result = value
      publishSettled(trace)
    },
    (reason: unknown) => {
      const error = reason ? thrown(reason, trace.req) : new Error('Rejected promise')
      goOn(error)
      recordFailure(trace, error)
      publishSettled(trace)
    },
  )
}

function publishSettled(trace: HandlerTrace): void {
  expressChannel.asyncStart.runStores(trace, () => expressChannel.asyncEnd.publish(trace))
  layerChannel.asyncStart.runStores(trace, () => layerChannel.asyncEnd.publish(trace))
}

/** An error is published when its handler gives it on, and by the first that does. */
function reportError(trace: HandlerTrace, error: unknown): void {
  if (trace.errorHandler && error !== trace.incomingError) forgetError(trace.req, trace.incomingError)
  if (!error || !rememberError(trace.req, error)) return
  trace.error = error
  expressChannel.error.publish(trace)
  layerChannel.error.publish(trace)
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
