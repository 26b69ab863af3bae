import type { LayerEvent } from '../types/events.js'
import { layerChannel, nextChannel } from './channels.js'

/*
 * One handler of stock Express, while it runs: what Nozomi publishes of its own, in the same order, and to the letter.
 */

export type Next = (error?: unknown) => void

/** What was reported of each request: an error is published once, by the handler that it comes from. */
const reported = new WeakMap<object, Set<unknown>>()

/** Errors of a pattern that could not be matched: no handler has made them. */
export const matchingFailures = new WeakSet<object>()

/**
 * Runs a handler and publishes its start, its calls of `next`, its end, its settling and its error. `call` gets the `next`
 * that the handler is to have. Gives what Express is to go on with: the promise, if there is one.
 */
export function runPublished(run: LayerEvent, goOn: Next, call: (next: Next) => unknown): unknown {
  if (run.errorHandler) remember(run, run.incomingError)
  let count = 0
  const calledNext: Next = (error) => {
    count++
    if (nextChannel.hasSubscribers) nextChannel.publish({ run, error, count })
    report(run, error)
    goOn(error)
  }
  return layerChannel.start.runStores(run, () => {
    let result: unknown
    try {
      result = call(calledNext)
    } catch (error) {
      report(run, error)
      goOn(error)
      recordFailure(run, error)
      layerChannel.end.publish(run)
      return undefined
    }
    return isThenable(result) ? pending(run, result) : returned(run, result)
  })
}

function returned(run: LayerEvent, result: unknown): undefined {
  run.result = result
  layerChannel.end.publish(run)
  return undefined
}

/** Gives a promise of the same outcome: some that are none run a query whenever somebody calls their `then`. */
function pending(run: LayerEvent, result: PromiseLike<unknown>): Promise<unknown> {
  const { error } = run
  // Between `end` and the settling, it would say that it was done.
  if ('error' in run) delete run.error
  layerChannel.end.publish(run)
  if (error !== undefined) run.error = error
  const promise = Promise.resolve(result)
  promise.then(
    (value) => {
      run.result = value
      publishSettled(run)
    },
    (reason: unknown) => {
      report(run, reason)
      // Express, which has the promise after us, goes on with the error before this.
      queueMicrotask(() => {
        recordFailure(run, reason || new Error('Rejected promise'))
        publishSettled(run)
      })
    },
  )
  return promise
}

function publishSettled(run: LayerEvent): void {
  layerChannel.asyncStart.runStores(run, () => layerChannel.asyncEnd.publish(run))
}

function recordFailure(run: LayerEvent, error: unknown): void {
  if (isSignal(error)) run.result = undefined
  else if (!('error' in run)) run.error = error
}

function report(run: LayerEvent, error: unknown): void {
  // An error handler that recovered has dealt with its error; the same object later is a new failure.
  if (run.errorHandler && error !== run.incomingError) reported.get(run.req)?.delete(run.incomingError)
  if (!remember(run, error)) return
  run.error = error
  layerChannel.error.publish(run)
}

/** Notes an error of a request; true the first time. */
function remember({ req }: LayerEvent, error: unknown): boolean {
  if (!error || isSignal(error) || matchingFailures.has(error as object)) return false
  const seen = reported.get(req) ?? new Set()
  reported.set(req, seen)
  if (seen.has(error)) return false
  seen.add(error)
  return true
}

function isSignal(error: unknown): boolean {
  return error === 'route' || error === 'router'
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  )
}
