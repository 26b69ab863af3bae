import { IncomingMessage, ServerResponse } from 'node:http'
import type { StreamState } from './stream-state.js'

/*
 * Where node keeps the state of its messages, as far as a carrier must read or set it. Nothing here is promised by
 * node, so each symbol is looked up, and may be missing: then a node of this release keeps no such state.
 */

const req = new IncomingMessage(null as never)
const res = new ServerResponse(req)

/** Set when all of a response has left (Node 24 and later; before, it is computed). */
export const writableFinished = symbolOf(res, 'kWritableFinished')
/** Callbacks of `res.end()` that wait for that. */
export const endCallbacks = symbolOf(res, 'kEndCallbacks')
/** Set when a write found the connection full: 'drain' will be waited for. */
export const needsDrain = symbolOf(res, 'kNeedDrain')
/** Whether `res.writableCorked` counts the corks of the socket, too (before Node 24). */
export const corksCountSocket = doCorksCountSocket()
/** Lets `req.signal` go of the connection. */
export const detachAbortSignal = symbolOf(IncomingMessage.prototype, 'kDetachAbortSignal')

/** node's request as it sees itself. */
export interface IncomingState extends StreamState {
  _readableState: StreamState['_readableState'] & { readingMore: boolean; resumeScheduled: boolean }
  _consuming: boolean
  _addHeaderLines(fields: string[], count: number): void
  joinDuplicateHeaders: boolean
  upgrade: boolean | null
}

/** node's response as it sees itself. */
export interface OutgoingState extends ServerResponse {
  _header: string | null
  _headerSent: boolean
  _contentLength: number | null
  _hasBody: boolean
  _last: boolean
  _closed: boolean
  _eventsCount: number
  _sent100: boolean
  _expect_continue: boolean
  _removedConnection: boolean
  _removedContLen: boolean
  _defaultKeepAlive: boolean
  _keepAliveTimeout: number
  _maxRequestsPerSocket: number | null | undefined
  _onPendingData: (bytes: number) => void
  maxRequestsOnConnectionReached: boolean
  destroyed: boolean
  finished: boolean
  writable: boolean
  outputData: unknown[]
  _implicitHeader(): void
  _storeHeader(line: string, fields: unknown): void
  _finish(): void
  _flush(): void
  _writeRaw(data: unknown, encoding: unknown, callback: unknown, size: unknown): boolean
  emit(event: string, ...args: unknown[]): boolean
}

/** The symbol under which node keeps something on an object of its own. */
export function symbolOf(holder: object, description: string): symbol | null {
  return Object.getOwnPropertySymbols(holder).find((symbol) => symbol.description === description) ?? null
}

function doCorksCountSocket(): boolean {
  const corked = new ServerResponse(req)
  ;(corked as { socket: unknown }).socket = { writableCorked: 1 }
  return corked.writableCorked === 1
}
