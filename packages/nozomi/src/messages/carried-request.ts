import { IncomingMessage } from 'node:http'
import { carrier, type Carried } from './carrier.js'
import { detachAbortSignal, type IncomingState } from './node-state.js'
import { isUntouched, markClosed, markDumped } from './stream-state.js'

/*
 * A request that a carrier brought. It is node's own message, and a stream of node's; but as long as nobody looks at it
 * as a stream, nothing of a stream happens.
 *
 * Runs for each request: no closure, no timer, no event that nobody hears.
 */

type Request = IncomingState & Carried

export const carriedRequestOverrides = {
  /** Somebody starts to read. */
  _read(this: Request, size: number): void {
    if (this[carrier]) readCarried(this)
    else IncomingMessage.prototype._read.call(this, size)
  },
}

export function readCarried(req: Request): void {
  if (!req._consuming) {
    req._readableState.readingMore = false
    req._consuming = true
  }
  ;(req as Carried)[carrier]?.startReading(req)
}

/** All of the request has come. */
export function completeRequest(message: IncomingMessage): void {
  const req = message as Request
  req.complete = true
  // Perf: who reads from now on finds the end by this. Only who reads already must be told.
  if (isUntouched(req) && !req._consuming) req._readableState.ended = true
  else req.push(null)
}

/** The answer has left: what nobody read of the request will be read by nobody. */
export function dropRequest(message: IncomingMessage): void {
  const req = message as Request & Record<symbol, () => void>
  if (detachAbortSignal !== null) req[detachAbortSignal]?.()
  const state = req._readableState
  if (req._consuming || state.resumeScheduled || req.readableDidRead) return
  if (!state.ended || !isUntouched(req)) return req._dump()
  // What a stream would come to in some turns of the event loop, with nobody to see it.
  markDumped(req)
  markClosed(req)
}
