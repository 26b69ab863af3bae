import { createError } from '../errors/catalogue.js'
import type { Next, RoutableRequest } from './messages.js'

/*
 * What becomes of a handler that did not end by calling `next`: it returned a promise, or threw.
 */

/** @internal The setting that gives thrown strings back the meaning they have in Express. */
export const THROWN_SIGNALS = 'thrown routing signals'

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    value !== null &&
    (typeof value === 'object' || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  )
}

/** A rejected promise is an error; one that was rejected with nothing gets an error made for it. */
export function forwardRejection(promise: PromiseLike<unknown>, req: RoutableRequest, next: Next): void {
  promise.then(ignore, (error: unknown) => next(error ? thrown(error, req) : new Error('Rejected promise')))
}

/**
 * Security: `'route'` and `'router'` steer routing only when they are given to `next()`. A string that was thrown
 * may come from anywhere, a client's input included, and must not skip a guard that follows.
 *
 * Differs from Express: there, throwing or rejecting with either string leaves the route or router. An application
 * that relies on it sets `app.enable('thrown routing signals')`.
 */
export function thrown(error: unknown, req: RoutableRequest): unknown {
  if (error !== 'route' && error !== 'router') return error
  const app = req.app as { enabled?: (setting: string) => boolean } | undefined
  if (app?.enabled?.(THROWN_SIGNALS)) return error
  return createError('NOZOMI_THROWN_SIGNAL', [error], { cause: error })
}

function ignore(): void {}
