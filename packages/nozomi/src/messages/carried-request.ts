import { IncomingMessage } from 'node:http'
import { carrier, type Carried } from './carrier.js'
import { detachAbortSignal, type IncomingState } from './node-state.js'
import { isUntouched } from './stream-state.js'

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
  if (req._consuming || req._readableState.resumeScheduled || req.readableDidRead) return
  req._dump()
}
