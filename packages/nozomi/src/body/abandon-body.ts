import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import onFinished from 'on-finished'

/*
 * What becomes of a body that nobody wants to the end.
 *
 * Security: body-parser reads it off and answers after that, so a client can keep the server reading for as long as
 * it likes by sending what was refused with the first byte. Here the answer goes out at once and the connection is
 * closed after it.
 *
 * A connection that is closed while the client still sends is reset, and with the reset the client can lose the
 * answer. RFC 9112 §9.6: so the server first closes its own side only, and goes on reading for a while.
 */

/** How much is read, and thrown away, from a client that has its answer. */
const LINGER_BYTES = 256 * 1024
/** How long a client that names no length may go on sending before it is answered. */
const GRACE_MS = 500
/** How long such a client has to notice that the connection is closed. */
const LINGER_MS = 2000

const HTTP2_NO_ERROR = 0

/** The members of the stream under a request of node's HTTP/2 compatibility API that are used here. */
interface Http2Stream {
  readonly writableFinished: boolean
  once(event: 'finish', listener: () => void): unknown
  close(code: number): void
}

/**
 * Gives up the rest of a body before the request is answered.
 *
 * A rest that is known to be at most `affordable` bytes long is left to the server, which reads it off after the
 * answer and keeps the connection. Otherwise the answer says `Connection: close`, and after it the connection (in
 * HTTP/2: the stream) is closed.
 *
 * Differs from Express: which reads the whole rest, however long, before the error is passed on.
 */
export function abandonBody(req: IncomingMessage, res: ServerResponse, affordable: number): void {
  if (req.complete || declaredLength(req) <= affordable) {
    if (req.readableFlowing !== null) req.resume()
  } else {
    if (req.readableFlowing !== null) req.pause()
    if (req.httpVersionMajor > 1) resetAfterAnswer((req as { stream?: Http2Stream }).stream)
    else closeAfterAnswer(req.socket, res)
  }
}

/**
 * Reads what is left of a body that nobody wants, within bounds, and then calls `done`, once: that is when the request
 * can be answered.
 *
 * A rest that is known to be at most `affordable` bytes long is read to its end, as Express does. One of unknown
 * length is read for a moment, because a client may look for an answer only after it has sent everything. When that
 * was not the end, and when the rest is known to be longer, the connection is closed after the answer.
 */
export function settleBody(
  req: IncomingMessage,
  res: ServerResponse,
  affordable: number,
  done: () => void,
): void {
  const length = declaredLength(req)
  // Undefined: a request without a connection, made by a tool; its body was never on its way.
  if (onFinished.isFinished(req) !== false || req.destroyed) {
    done()
  } else if (length <= affordable) {
    readUntil(req, Number.POSITIVE_INFINITY, null, done)
  } else if (length < Number.POSITIVE_INFINITY) {
    abandonBody(req, res, affordable)
    done()
  } else {
    readUntil(req, LINGER_BYTES, GRACE_MS, () => {
      if (!req.complete) abandonBody(req, res, 0)
      done()
    })
  }
}

/** Reads until the end, a number of bytes, or some time, whichever comes first. Asks nothing of the socket. */
function readUntil(req: IncomingMessage, bytes: number, ms: number | null, done: () => void): void {
  let left = bytes
  const timer = ms === null ? undefined : setTimeout(stop, ms)
  req.on('data', count).on('end', stop).on('close', stop)
  req.resume()

  function count(chunk: Buffer | string): void {
    left -= chunk.length
    if (left < 0) stop()
  }

  function stop(): void {
    clearTimeout(timer)
    // Parity: by the name that is watched by who watches listeners go.
    req.removeListener('data', count).removeListener('end', stop).removeListener('close', stop)
    done()
  }
}

/** Whether only its end tells how long the body is. */
export function hasUnknownLength(req: IncomingMessage): boolean {
  return declaredLength(req) === Number.POSITIVE_INFINITY
}

/** The length of the body in bytes; Infinity when it comes in chunks, which name none. RFC 9112 §6.3. */
function declaredLength(req: IncomingMessage): number {
  const length = req.headers['content-length']
  if (length !== undefined) return Number(length)
  const hasChunks = req.headers['transfer-encoding'] !== undefined || req.httpVersionMajor > 1
  return hasChunks ? Number.POSITIVE_INFINITY : 0
}

/**
 * RFC 9113 §8.1: a client that is still sending when it has the whole answer is asked to stop, without an error. (The
 * response of the compatibility API finishes only with the stream, so the stream is waited for.)
 */
function resetAfterAnswer(stream: Http2Stream | undefined): void {
  if (!stream) return
  if (stream.writableFinished) stream.close(HTTP2_NO_ERROR)
  else stream.once('finish', () => stream.close(HTTP2_NO_ERROR))
}

function closeAfterAnswer(socket: Socket | undefined, res: ServerResponse): void {
  if (typeof res.setHeader === 'function' && !res.headersSent) res.setHeader('Connection', 'close')
  if (typeof socket?.destroySoon !== 'function') return
  // This is what node calls after an answer with this field. Security: one that says something else, because its head
  // was already sent or a handler set the field anew, ends the connection as well; else node reads the whole rest.
  socket.destroySoon = lingeringClose
  onFinished(res, () => lingeringClose.call(socket))
}

/** Sends what is left to send, says that no more will come, and reads on for a while. */
function lingeringClose(this: Socket): void {
  if (this.destroyed || this.writableEnded) return
  const timer = setTimeout(() => this.destroy(), LINGER_MS).unref()
  this.once('close', () => clearTimeout(timer))
  this.end()
  // node:http lets its parser read from the descriptor and stops it there. Only while that is so can it be set
  // going again; so the bytes are diverted after the socket has resumed.
  if (!this.isPaused()) return discard(this)
  this.once('resume', () => discard(this))
  this.resume()
}

/** Takes the incoming bytes from the HTTP parser, so that no request in them is served any more. */
function discard(socket: Socket): void {
  let left = LINGER_BYTES
  socket.removeAllListeners('data')
  socket.removeAllListeners('end')
  socket.on('end', () => socket.destroy())
  socket.on('data', (chunk: Buffer) => {
    left -= chunk.length
    if (left < 0) socket.pause()
  })
}
