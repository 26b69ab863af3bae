/*
 * Where a method was called: the stack as V8 notes it, which becomes a text only when somebody reads it.
 */

export interface CallSite {
  readonly stack: string
}

/** Wrappers of sessions, compression and agents stand between a handler and the end of its answer. */
const MOST_FRAMES = 30

/** Notes who called `below`, a function on the stack; its own frame and those above it are left out. */
export function noteCallSite(below: (...args: never[]) => unknown): CallSite {
  const site = { stack: '' }
  const limit = Error.stackTraceLimit
  const isRaised = raiseLimit(limit)
  Error.captureStackTrace(site, below)
  if (isRaised) Error.stackTraceLimit = limit
  return site
}

/** Where the intrinsics are frozen the limit stays what it is. */
function raiseLimit(limit: number): boolean {
  if (limit >= MOST_FRAMES) return false
  return Reflect.set(Error, 'stackTraceLimit', MOST_FRAMES)
}
