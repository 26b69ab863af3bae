import { isUint8Array } from 'node:util/types'
import { sendWhole } from './carried-response.js'
import type { OutgoingState } from './node-state.js'

/*
 * A handler that sets its own Content-Length and then writes another number of bytes breaks the connection for
 * everybody on it: what is too much is read as the start of the next answer, and what is missing is waited for.
 *
 * Security: never more bytes leave than were promised (response splitting on a shared proxy connection). When the
 * whole body is known and the head has not gone out, the field is put right. Otherwise the body is cut, or ends
 * early, and the connection is closed so that nobody takes the answer for a whole one (RFC 9112 §6.3, §8).
 * Differs from Express: which writes what it is given.
 */

/** @internal Bytes of the body that went out so far, and bytes promised: -1 for none, undefined while unknown. */
export const bodyBytes = Symbol('nozomi.bodyBytes')
export const promisedBytes = Symbol('nozomi.promisedBytes')

/** @internal What is noted on a response. */
export interface Counted {
  [bodyBytes]: number | undefined
  [promisedBytes]: number | undefined
  /** Undefined where something else than node made the response. */
  _contentLength: number | null | undefined
}

type Chunk = string | Uint8Array
type Response = Omit<OutgoingState, '_contentLength'> & Counted

/** The method that an override stands before, looked up when it is called. */
type NextMethod = (name: 'write' | 'end') => (...args: never[]) => unknown

/** No length was promised. */
const NONE = -1
/** More was written than was promised: the answer has been ended, and what still comes is dropped. */
const CUT = -2
/** The field holds no length, but what one client takes for one, and another one for another: `3, 3`, `0x3`, `-1`. */
const UNREADABLE = -3

/** `write` and `end` for responses whose own ones, or those of node, are found by `next`. */
export function createContentLengthOverrides(next: NextMethod) {
  return {
    write(this: Response, ...args: unknown[]): boolean {
      const promised = promisedOf(this)
      const [chunk, encoding, callback] = args
      if (promised === CUT) return dropped(encoding, callback)
      if (promised === NONE || isLeftToNode(this) || !isChunk(chunk) || !hasBody(this))
        return writeNode(next, this, args)
      if (promised === UNREADABLE) {
        // The body follows in pieces, and node frames them.
        this.removeHeader('Content-Length')
        return writeNode(next, this, args)
      }
      const bytes = (this[bodyBytes] ?? 0) + byteLengthOf(chunk, encoding)
      if (bytes > promised) {
        cut(next, this, chunk, encoding, callback, promised, bytes)
        return true
      }
      this[bodyBytes] = bytes
      return writeNode(next, this, args)
    },

    end(this: Response, ...args: unknown[]): Response {
      const promised = promisedOf(this)
      const [chunk, encoding, callback] = args
      if (promised === CUT) {
        dropped(chunk, encoding, callback)
        return this
      }
      if (promised === NONE || this.writableEnded || isLeftToNode(this) || !hasBody(this))
        return endNode(next, this, args)
      const bytes = (this[bodyBytes] ?? 0) + (isChunk(chunk) ? byteLengthOf(chunk, encoding) : 0)
      if (bytes === promised) return endNode(next, this, args)
      if (!this.headersSent) {
        if (isChunked(this)) this.removeHeader('Content-Length')
        else this.setHeader('Content-Length', bytes)
        return endNode(next, this, args)
      }
      if (bytes > promised) return cut(next, this, chunk as Chunk, encoding, callback, promised, bytes)
      closeAfterwards(this, bytes, promised)
      return endNode(next, this, args)
    },
  }
}

function promisedOf(res: Response): number {
  // The field can change until the head goes out; then it is read once from what went out.
  if (!res._header) {
    const length = parseLength(res.getHeader('Content-Length'))
    return length >= 0 && isChunked(res) ? UNREADABLE : length
  }
  res[promisedBytes] ??= lengthInHead(res, res._header)
  return res[promisedBytes]
}

/**
 * What has left can't be put right: where nobody can say how long the body is, none is sent. A coding beside the length
 * overrides it (RFC 9112 §6.3), and frames the body by itself.
 *
 * Perf: node notes the length when it writes the head; to search the head for it takes 2 µs.
 */
function lengthInHead(res: Response, head: string): number {
  if (res._contentLength === null || res.chunkedEncoding) return NONE
  const length = parseLength(res._contentLength ?? /\r\ncontent-length: *([^\r]*)/i.exec(head)?.[1])
  return length === UNREADABLE ? 0 : length
}

function parseLength(value: unknown): number {
  if (value === undefined) return NONE
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 ? value : UNREADABLE
  const text = Array.isArray(value) && value.length === 1 ? String(value[0]) : value
  return typeof text === 'string' && /^[0-9]+$/.test(text) ? Number(text) : UNREADABLE
}

/** RFC 9112 §6.2: no Content-Length beside a Transfer-Encoding, which a client may read either way. */
function isChunked(res: Response): boolean {
  return res.getHeader('Transfer-Encoding') !== undefined
}

/** With this property of its own, node throws for what does not fit. */
function isLeftToNode(res: Response): boolean {
  return (res as { strictContentLength?: boolean }).strictContentLength === true
}

/** RFC 9110 §6.4.1: to HEAD, and with 1xx, 204 and 304, there is no body, whatever the length says. */
function hasBody(res: Response): boolean {
  return res._hasBody && res.req?.method !== 'HEAD' && res.statusCode !== 304 && res.statusCode !== 204
}

/** Writes what was promised and ends the answer, so that the connection is closed even if the handler never ends it. */
function cut(
  next: NextMethod,
  res: Response,
  chunk: Chunk,
  encoding: unknown,
  callback: unknown,
  promised: number,
  bytes: number,
): Response {
  closeAfterwards(res, bytes, promised)
  const room = promised - (res[bodyBytes] ?? 0)
  const done = typeof encoding === 'function' ? encoding : callback
  const ended = endNode(next, res, [Buffer.from(bytesOf(chunk, encoding)).subarray(0, room), done])
  res[bodyBytes] = promised
  res[promisedBytes] = CUT
  return ended
}

/** Handlers that wait for a callback go on. */
function dropped(...args: unknown[]): true {
  const callback = args.find((argument) => typeof argument === 'function')
  if (callback) process.nextTick(callback as () => void)
  return true
}

function closeAfterwards(res: Response, bytes: number, promised: number): void {
  // Node closes the connection after the last answer on it, and writes no answer to a pipelined request any more.
  res._last = true
  // As it stands in the head, where it may be no length at all.
  const field = /\r\ncontent-length: *([^\r]*)/i.exec(res._header ?? '')?.[1] ?? promised
  process.emitWarning(
    `${res.req?.method} ${targetOf(res)}: the handler set Content-Length to ${field} and ` +
      `wrote ${bytes} bytes${bytes > promised ? ' or more' : ''}. The connection is closed after this answer; ` +
      'set the length of what is written, or leave the field to the framework.',
    { code: 'NOZOMI_CONTENT_LENGTH' },
  )
}

/** As it came: a router may have shortened `req.url`. */
function targetOf({ req }: Response): string | undefined {
  return (req as { originalUrl?: string } | undefined)?.originalUrl ?? req?.url
}

/** What node writes. Not `instanceof`: node takes a Uint8Array of any realm (node:vm, test runners). */
function isChunk(chunk: unknown): chunk is Chunk {
  return typeof chunk === 'string' || isUint8Array(chunk)
}

function byteLengthOf(chunk: Chunk, encoding: unknown): number {
  return typeof chunk === 'string'
    ? Buffer.byteLength(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
    : chunk.byteLength
}

function bytesOf(chunk: Chunk, encoding: unknown): Uint8Array {
  if (typeof chunk !== 'string') return chunk
  return Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
}

function writeNode(next: NextMethod, res: Response, args: unknown[]): boolean {
  return next('write').apply(res, args as never[]) as boolean
}

function endNode(next: NextMethod, res: Response, args: unknown[]): Response {
  if (args[2] === undefined && sendWhole(res as never, args[0], args[1])) return res
  return next('end').apply(res, args as never[]) as Response
}
