import { IncomingMessage } from 'node:http'

/*
 * The state of the stream under a request, for those who read a body past it, or read off none.
 *
 * Nothing here is promised by node; `test/server/node-internals.test.mts` watches each of these names.
 */

interface ReadableState {
  flowing: boolean | null
  ended: boolean
  endEmitted: boolean
  dataEmitted: boolean
  destroyed: boolean
  closed: boolean
  closeEmitted: boolean
  encoding: BufferEncoding | null
}

export interface StreamState extends IncomingMessage {
  _readableState: ReadableState
  _eventsCount: number
  _dumped: boolean
  _dump(): void
}

/** Whether nobody has listened to the stream, read from it, paused it or put anything into it. */
export function isUntouched(req: StreamState): boolean {
  if (req._eventsCount !== 0) return false
  // Parity: by the accessors that node reads, too.
  return req._readableState.flowing === null && req.readableLength === 0 && !req.destroyed
}

/** As after the event 'end' of a body that was read, to which nobody has listened. */
export function markRead(req: StreamState, hasData: boolean): void {
  const state = req._readableState
  state.flowing = true
  state.dataEmitted = hasData
  state.ended = true
  state.endEmitted = true
}

/** As after the event 'end' of a request that node has read off, to which nobody has listened. */
export function markDumped(req: StreamState): void {
  const state = req._readableState
  req._dumped = true
  if (dumpingFlows) state.flowing = true
  state.ended = true
  state.endEmitted = true
}

/** As after the event 'close', to which nobody has listened. */
export function markClosed(req: StreamState): void {
  const state = req._readableState
  state.destroyed = true
  state.closed = true
  state.closeEmitted = true
}

/** The end of a request that nobody read: who came to listen after the answer was out still hears of it. */
export function closeDumped(req: StreamState): void {
  if (req._eventsCount === 0) {
    markClosed(req)
    return
  }
  req.emit('end')
  req.destroy()
}

/** Whether node sets a stream flowing that has nothing left to read off: until Node 26. */
const dumpingFlows = doesDumpingFlow()

function doesDumpingFlow(): boolean {
  const req = new IncomingMessage(null as never) as StreamState
  req.complete = true
  req._readableState.ended = true
  req._dump()
  return req.readableFlowing === true
}
