import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Refusal } from './protocol/refusal.js'

/*
 * What is told of a connection that can't go on: to listeners of 'clientError' in an error, as node:http makes them,
 * and, when there are none, to the client in an answer without a body.
 */

export interface ConnectionError extends Error {
  code?: string
  /** Of a refusal: what was wrong, and the bytes it was found in. */
  reason?: string
  rawPacket?: Buffer
  bytesParsed?: number
  statusCode?: number
}

export function refusalError(refusal: Refusal, packet: Buffer, bytesParsed: number): ConnectionError {
  const error: ConnectionError = new Error(`Parse Error: ${refusal.reason}`)
  error.code = refusal.code
  error.reason = refusal.reason
  error.bytesParsed = bytesParsed
  error.rawPacket = packet
  Object.defineProperty(error, 'statusCode', { value: refusal.status, configurable: true })
  return error
}

/** The client has ended its side in the middle of a request. */
export function unfinishedError(): ConnectionError {
  const reason = 'Invalid EOF state'
  return Object.assign(new Error(`Parse Error: ${reason}`), { code: 'HPE_INVALID_EOF_STATE', reason })
}

export function timeoutError(): ConnectionError {
  return Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
}

function answerTo(error: ConnectionError): string {
  const status = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : (error.statusCode ?? 400)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n\r\n`
}

/** Tells listeners, or else the client, that a connection can't go on. */
export function tellFailure(
  error: ConnectionError,
  server: { emit(event: string, ...args: unknown[]): boolean },
  socket: Socket,
  mayAnswer: boolean,
): void {
  if (server.emit('clientError', error, socket)) return
  if (socket.writable && mayAnswer) socket.write(answerTo(error))
  socket.destroy(error)
}
