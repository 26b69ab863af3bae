/*
 * Where a method was called: the stack as V8 notes it, which becomes a text only when somebody reads it.
 */

export interface CallSite {
  readonly stack: string
}

/** Wrappers of sessions, compression and agents stand between a handler and the end of its answer. */
const MOST_FRAMES = 12
/** Between a handler and `next` there are those of the framework alone. Perf: each frame costs, and `next` is called often. */
export const FRAMES_OF_NEXT = 6

/** Notes who called `below`, a function on the stack; its own frame and those above it are left out. */
export function noteCallSite(below: (...args: never[]) => unknown, frames: number = MOST_FRAMES): CallSite {
  const site = { stack: '' }
  const limit = Error.stackTraceLimit
  const isSet = Reflect.set(Error, 'stackTraceLimit', frames)
  Error.captureStackTrace(site, below)
  // Where the intrinsics are frozen the limit stays what it is.
  if (isSet) Error.stackTraceLimit = limit
  return site
}
