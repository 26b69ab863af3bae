import { channel } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { carrier, type Carried, type Carrier } from '../../messages/carrier.js'
import { carriedRequestOverrides, completeRequest, dropRequest } from '../../messages/carried-request.js'
import {
  carriedResponseOverrides,
  closeSoon,
  emitClose,
  emitFinish,
} from '../../messages/carried-response.js'
import { type IncomingState, needsDrain, type OutgoingState } from '../../messages/node-state.js'
import {
  abortedError,
  answerTo,
  type ConnectionError,
  refusalError,
  timeoutError,
  unfinishedError,
} from './failure.js'
import { ChunkedDecoder, NEEDS_MORE, REFUSED } from './protocol/chunked-decoder.js'
import { HeadParser } from './protocol/head-parser.js'
import type { Refusal } from './protocol/refusal.js'
import type { TurboService } from './service.js'

/*
 * One connection: bytes in, requests out, in their order; responses back, in the same order.
 *
 * Runs for each packet and each answer: no closure, no timer, no object beside the two messages (bench/run.mjs hello).
 *
 * Requests that a client sends without waiting (pipelining) are handled at once, as in node:http, but never more than
 * some at a time; their answers wait for their turn. What has come of later ones waits as bytes, and the socket is
 * stopped: so a client that doesn't read its answers, or sends without end, costs no more than its buffers.
 */

const requestStart = channel('http.server.request.start')
const responseCreated = channel('http.server.response.created')
const responseFinish = channel('http.server.response.finish')

/** Requests of one connection that are handled at a time. */
const MOST_AT_A_TIME = 32

/** What the next bytes are. */
const HEAD = 0
const COUNTED_BODY = 1
const CHUNKED_BODY = 2
/** Nothing: the last request has come, or was refused. Bytes are thrown away. */
const OVER = 3

type Request = IncomingState & Carried
type Response = OutgoingState & Carried

export class Connection implements Carrier {
  readonly socket: Socket
  readonly #server: TurboService
  readonly #parser: HeadParser
  #decoder: ChunkedDecoder | null = null
  #phase = HEAD
  /** Bytes of a counted body that have not come yet. */
  #left = 0
  /** The request whose body is coming. */
  #reading: Request | null = null
  #keepsAlive = true
  /** Bytes that came and must wait, because enough requests are under way. */
  #rest: Buffer | null = null
  #isRunning = false
  #isHeld = false
  #isBodyStopped = false

  /** Responses that have not left, in the order of their requests. */
  readonly #open: Response[] = []
  /** Those of them that were sent whole. */
  readonly #whole: Response[] = []
  /** The first of the open ones that is not written yet. */
  #turn = 0
  /** Bytes that wait for their turn. */
  #pending = 0
  #requests = 0
  /** A refusal that waits until the requests before it are answered. */
  #failure: ConnectionError | null = null
  #hasFailed = false

  /** When the state began that a time-out is counted from. */
  #since: number
  #bytesSeen = 0
  #quietSince: number

  constructor(server: TurboService, socket: Socket) {
    this.#server = server
    this.socket = socket
    this.#parser = new HeadParser(server.limits)
    this.#since = server.clock.now
    this.#quietSince = this.#since
    socket.on('data', this.#onData)
    socket.on('end', this.#onEnd)
    socket.on('error', this.#onError)
    socket.on('close', this.#onClose)
    socket.on('drain', this.#onDrain)
    socket.on('timeout', this.#onTimeout)
  }

  /** Whether the connection waits for a request. One that never sent any is not idle, as in node:http. */
  get isIdle(): boolean {
    return this.#phase === HEAD && this.#requests > 0 && this.#open.length === 0 && this.#parser.isIdle()
  }

  // ---- Bytes in

  readonly #onData = (chunk: Buffer): void => {
    if (this.#rest !== null) this.#rest = Buffer.concat([this.#rest, chunk])
    else this.#run(chunk)
  }

  #run(bytes: Buffer): void {
    this.#isRunning = true
    let at = 0
    while (at >= 0 && at < bytes.length && this.#phase !== OVER && !this.socket.destroyed) {
      if (this.#phase === HEAD) {
        if (this.#mustHold()) {
          this.#hold(bytes.subarray(at))
          break
        }
        at = this.#readHead(bytes, at)
      } else if (this.#phase === COUNTED_BODY) at = this.#readCounted(bytes, at)
      else at = this.#readChunked(bytes, at)
    }
    this.#isRunning = false
  }

  #readHead(bytes: Buffer, at: number): number {
    const parser = this.#parser
    if (parser.isIdle()) this.#since = this.#server.clock.now
    const end = parser.parse(bytes, at)
    if (end >= 0) {
      const isLast = end === bytes.length
      if (!isLast) this.socket.cork()
      const next = this.#takeRequest(bytes, end)
      if (!isLast) this.socket.uncork()
      return next
    }
    if (end === REFUSED) this.#refuse(parser.refusal as Refusal, bytes, at)
    return end
  }

  #readCounted(bytes: Buffer, at: number): number {
    const end = Math.min(at + this.#left, bytes.length)
    this.#left -= end - at
    this.onData(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end))
    if (this.#left === 0) this.#endRequest()
    return end
  }

  #readChunked(bytes: Buffer, at: number): number {
    const decoder = this.#decoder as ChunkedDecoder
    const end = decoder.decode(bytes, at, this)
    if (end >= 0) {
      const req = this.#reading as Request
      req.complete = true
      req._addHeaderLines(decoder.trailers, decoder.trailers.length)
      this.#decoder = null
      this.#endRequest()
    } else if (end === REFUSED) this.#refuse(decoder.refusal as Refusal, bytes, at)
    return end
  }

  /** Content of a request: for whoever reads it, and not faster than they do. */
  onData(bytes: Buffer): void {
    const req = this.#reading as Request
    if (req._dumped || req.destroyed) return
    if (req.push(bytes)) return
    this.#isBodyStopped = true
    this.socket.pause()
  }

  #endRequest(): void {
    const req = this.#reading as Request
    this.#reading = null
    this.#phase = this.#keepsAlive ? HEAD : OVER
    completeRequest(req)
    // The stream of the request is over; it will not ask for more.
    if (this.#isBodyStopped) this.#goOn()
  }

  // ---- Requests

  /** Makes the messages of a head and hands them on. Gives the offset from which to go on. */
  #takeRequest(bytes: Buffer, end: number): number {
    const parser = this.#parser
    const server = this.#server
    const { length } = parser
    const req = this.#makeRequest()
    if (parser.isUpgrade && length === 0 && this.#takesUpgrade(req)) {
      this.#handOver(req, bytes.subarray(end))
      return NEEDS_MORE
    }
    this.#requests++
    this.#keepsAlive = parser.keepAlive
    const res = this.#makeResponse(req)
    if (length !== 0) {
      this.#reading = req
      this.#left = length
      this.#phase = length > 0 ? COUNTED_BODY : CHUNKED_BODY
      if (length < 0) this.#decoder = new ChunkedDecoder(server.limits)
    }
    if (requestStart.hasSubscribers) {
      requestStart.publish({ request: req, response: res, socket: this.socket, server: server.server })
    }
    server.dispatch(this, req, res, parser)
    if (length === 0) {
      if (!this.#keepsAlive) this.#phase = OVER
      completeRequest(req)
    }
    return end
  }

  #makeRequest(): Request {
    const parser = this.#parser
    const { server } = this.#server
    const req = new this.#server.IncomingMessage(this.socket) as Request
    req.httpVersionMajor = 1
    req.httpVersionMinor = parser.minor
    req.httpVersion = parser.minor === 1 ? '1.1' : '1.0'
    req.method = parser.method
    req.url = parser.target
    req.upgrade = parser.isUpgrade
    if (server.joinDuplicateHeaders) req.joinDuplicateHeaders = true
    const { rawHeaders } = parser
    req._addHeaderLines(rawHeaders, rawHeaders.length)
    if (req[carrier] === undefined) req._read = carriedRequestOverrides._read
    req[carrier] = this
    return req
  }

  #makeResponse(req: Request): Response {
    const { server } = this.#server
    const { socket } = this
    const res = new this.#server.ServerResponse(req, {
      highWaterMark: socket.writableHighWaterMark,
      rejectNonStandardBodyWrites: server.rejectNonStandardBodyWrites,
    } as never) as Response
    if (res[carrier] === undefined) res._finish = carriedResponseOverrides._finish
    res[carrier] = this
    res.shouldKeepAlive = this.#keepsAlive
    res._keepAliveTimeout = server.keepAliveTimeout
    res._maxRequestsPerSocket = server.maxRequestsPerSocket as number
    if (responseCreated.hasSubscribers) responseCreated.publish({ request: req, response: res })
    this.#open.push(res)
    if (this.#open.length === this.#turn + 1) this.#assign(res)
    else res._onPendingData = this.#onPending
    return res
  }

  /** How many requests have come on this connection. */
  get requests(): number {
    return this.#requests
  }

  // ---- Responses

  isTurnOf(res: ServerResponse): boolean {
    return this.#open[this.#turn] === res && this.socket.writable
  }

  persistence(res: Response): string | null {
    return res._maxRequestsPerSocket ? null : this.#server.persistence.text(res._keepAliveTimeout)
  }

  sendWhole(res: ServerResponse, head: string, body: string | Uint8Array | null): void {
    const { socket } = this
    this.#whole.push(res as Response)
    if (body === null) socket.write(head, 'latin1', this.#onSent)
    else if (typeof body === 'string') socket.write(head + body, 'utf8', this.#onSent)
    else {
      socket.cork()
      socket.write(head, 'latin1')
      socket.write(body, this.#onSent)
      socket.uncork()
    }
    this.#nextTurn()
  }

  endAnswer(res: ServerResponse): void {
    res.prependOnceListener('finish', () => this.#settle(res as Response))
    if (this.#open[this.#turn] === res) this.#nextTurn()
  }

  /** An answer that was sent whole has left. */
  readonly #onSent = (error?: Error | null): void => {
    const res = this.#whole.shift() as Response
    if (error) return
    this.#settle(res)
    emitFinish(res)
  }

  /** An exchange is over. */
  #settle(res: Response): void {
    const { socket } = this
    const req = res.req as Request
    const index = this.#open.indexOf(res)
    if (index === -1) return
    this.#open.splice(index, 1)
    if (index < this.#turn) this.#turn--
    if (responseFinish.hasSubscribers) {
      responseFinish.publish({ request: req, response: res, socket, server: this.#server.server })
    }
    dropRequest(req)
    setSocket(res, null)
    if ((socket as { _httpMessage?: unknown })._httpMessage === res) detach(socket)
    closeSoon(res)
    if (res._last) this.#close()
    else {
      if (this.#open.length === 0) this.#since = this.#server.clock.now
      if (this.#isHeld) this.#release()
    }
    if (this.#failure !== null && this.#open.length === 0) this.#fail(this.#failure)
  }

  #nextTurn(): void {
    const ended = this.#open[this.#turn] as Response
    this.#turn++
    if (ended._last) {
      // What was asked after it will not be answered.
      this.#phase = OVER
      return
    }
    const next = this.#open[this.#turn]
    if (next !== undefined) this.#assign(next)
  }

  /** Lets a response write to the socket, and writes what it has. */
  #assign(res: Response): void {
    const { socket } = this
    ;(socket as { _httpMessage?: unknown })._httpMessage = res
    setSocket(res, socket)
    if (res._eventsCount !== 0) res.emit('socket', socket)
    if (res.outputData.length !== 0 || res.finished) res._flush()
  }

  readonly #onPending = (bytes: number): void => {
    this.#pending += bytes
    if (this.#isHeld) this.#release()
  }

  #close(): void {
    const { socket } = this
    this.#phase = OVER
    if (typeof socket.destroySoon === 'function') socket.destroySoon()
    else (socket as Socket).end()
  }

  // ---- Back-pressure

  startReading(req: IncomingMessage): void {
    if (req !== this.#reading || !this.#isBodyStopped) return
    this.#goOn()
  }

  #goOn(): void {
    this.#isBodyStopped = false
    if (!this.#isHeld) this.socket.resume()
  }

  #mustHold(): boolean {
    if (this.#open.length === 0) return false
    return (
      this.#open.length - this.#turn >= MOST_AT_A_TIME ||
      this.socket.writableNeedDrain ||
      this.#pending > this.socket.writableHighWaterMark
    )
  }

  #hold(rest: Buffer): void {
    this.#rest = rest
    this.#isHeld = true
    this.socket.pause()
  }

  #release(): void {
    if (this.#isRunning || this.#mustHold()) return
    const rest = this.#rest
    this.#isHeld = false
    this.#rest = null
    if (rest !== null) this.#run(rest)
    if (!this.#isHeld && !this.#isBodyStopped) this.socket.resume()
  }

  readonly #onDrain = (): void => {
    if (this.#isHeld) this.#release()
    const res = this.#open[this.#turn] as (Response & Record<symbol, boolean>) | undefined
    if (needsDrain === null || res === undefined || res.finished || !res[needsDrain]) return
    res[needsDrain] = false
    res.emit('drain')
  }

  // ---- Ends

  readonly #onEnd = (): void => {
    const { socket } = this
    if (this.#reading !== null || !this.#parser.isIdle()) {
      if (this.#phase !== OVER) return this.#fail(unfinishedError())
    }
    const last = this.#open.at(-1)
    if (this.#server.server.httpAllowHalfOpen && last !== undefined) last._last = true
    else socket.end()
  }

  readonly #onError = (error: Error): void => this.#fail(error)

  readonly #onClose = (): void => {
    this.#server.forget(this)
    this.#phase = OVER
    this.#rest = null
    const open = this.#open.splice(0)
    this.#whole.length = 0
    this.#turn = 0
    // As node:http has it: all requests first, then their responses.
    for (const res of open) res.req.destroy(abortedError())
    for (const res of open) {
      if (res.socket) emitClose(res)
      else res.destroy(abortedError())
    }
    if ((this.socket as { _httpMessage?: unknown })._httpMessage) detach(this.socket)
  }

  #refuse(refusal: Refusal, bytes: Buffer, at: number): void {
    this.#phase = OVER
    const error = refusalError(refusal, bytes, at)
    // RFC 9112 §9.3.2: the requests before it are answered first.
    const isFirst =
      this.#reading === null ? this.#open.length === 0 : this.#open[this.#turn]?.req === this.#reading
    if (isFirst) this.#fail(error)
    else this.#failure = error
  }

  #fail(error: ConnectionError): void {
    if (this.#hasFailed) return
    this.#hasFailed = true
    this.#failure = null
    this.#phase = OVER
    const { socket } = this
    socket.removeListener('error', this.#onError)
    if (socket.listenerCount('error') === 0) socket.on('error', ignore)
    if (this.#server.server.emit('clientError', error, socket)) return
    const current = this.#open[this.#turn]
    if (socket.writable && !current?._headerSent) socket.write(answerTo(error))
    socket.destroy(error)
  }

  // ---- Time

  checkTime(): void {
    const { clock, server } = this.#server
    const { socket } = this
    if (server.timeout > 0) this.#checkQuiet()
    if (this.#phase === HEAD && this.#open.length === 0) {
      if (this.#requests > 0 && this.#parser.isIdle()) {
        const { keepAliveTimeout } = server
        const buffer = (server as { keepAliveTimeoutBuffer?: number }).keepAliveTimeoutBuffer ?? 1000
        if (keepAliveTimeout > 0 && clock.isOver(keepAliveTimeout + buffer, this.#since))
          socket.emit('timeout')
      } else if (
        clock.isOver(server.headersTimeout, this.#since) ||
        clock.isOver(server.requestTimeout, this.#since)
      ) {
        this.#fail(timeoutError())
      }
    } else if (this.#reading !== null || (this.#phase === HEAD && !this.#parser.isIdle())) {
      if (clock.isOver(server.requestTimeout, this.#since)) this.#fail(timeoutError())
    }
  }

  #checkQuiet(): void {
    const { clock, server } = this.#server
    const bytes = this.socket.bytesRead + this.socket.bytesWritten
    if (bytes !== this.#bytesSeen) {
      this.#bytesSeen = bytes
      this.#quietSince = clock.now
    } else if (clock.isOver(server.timeout, this.#quietSince)) {
      this.#quietSince = clock.now
      this.socket.emit('timeout')
    }
  }

  readonly #onTimeout = (): void => {
    const { socket } = this
    const res = this.#open[this.#turn]
    const req = this.#reading
    const isHeard = [
      req?.emit('timeout', socket),
      res?.emit('timeout', socket),
      this.#server.server.emit('timeout', socket),
    ]
    if (!isHeard.includes(true)) socket.destroy()
  }

  // ---- Upgrade

  #takesUpgrade(req: Request): boolean {
    const server = this.#server.server as {
      shouldUpgradeCallback?(req: unknown): boolean
    } & TurboService['server']
    const takes =
      req.method === 'CONNECT' ||
      Boolean(
        server.shouldUpgradeCallback
          ? server.shouldUpgradeCallback(req)
          : server.listenerCount('upgrade') > 0,
      )
    req.upgrade = takes
    return takes
  }

  /** The connection is no longer ours: whoever listens gets the socket, and what was read beyond the head. */
  #handOver(req: Request, head: Buffer): void {
    const { socket } = this
    const { server } = this.#server
    this.#phase = OVER
    this.#server.forget(this)
    socket.removeListener('data', this.#onData)
    socket.removeListener('end', this.#onEnd)
    socket.removeListener('error', this.#onError)
    socket.removeListener('close', this.#onClose)
    socket.removeListener('drain', this.#onDrain)
    socket.removeListener('timeout', this.#onTimeout)
    completeRequest(req)
    const event = req.method === 'CONNECT' ? 'connect' : 'upgrade'
    if (server.listenerCount(event) === 0) {
      socket.destroy()
      return
    }
    ;(socket as { readableFlowing: boolean | null }).readableFlowing = null
    server.emit(event, req, socket, head)
  }
}

function detach(socket: Socket): void {
  ;(socket as { _httpMessage?: unknown })._httpMessage = null
}

/** To node's types it is read-only. */
function setSocket(res: Response, socket: Socket | null): void {
  ;(res as { socket: Socket | null }).socket = socket
}

function ignore(): void {}
