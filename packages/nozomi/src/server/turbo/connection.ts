import { AsyncResource } from 'node:async_hooks'
import { channel } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Carrier } from '../../messages/carrier.js'
import { completeRequest } from '../../messages/carried-request.js'
import { Answers, type AnswersOwner } from './answers.js'
import { BodyArrival } from './body-arrival.js'
import { connect, disconnect, ignoreErrors, type SocketOwner } from './connected-socket.js'
import { Deadlines, type Timed } from './deadlines.js'
import { type ConnectionError, refusalError, tellFailure, timeoutError, unfinishedError } from './failure.js'
import { makeRequest, makeResponse, type Request, type Response } from './messages.js'
import { HeadParser } from './protocol/head-parser.js'
import { NEEDS_MORE, REFUSED, type Refusal } from './protocol/refusal.js'
import type { TurboService } from './service.js'
import { handOver, takesUpgrade } from './upgrade.js'

/*
 * One connection: bytes in, requests out, in their order. Their bodies are in body-arrival.ts, their answers in answers.ts.
 *
 * Runs for each packet: no closure, no timer, no object beside the two messages (bench/run.mjs hello).
 *
 * Requests that a client sends without waiting (pipelining) are handled at once, as in node:http, but never more than
 * some at a time. What comes of later ones waits as bytes, and the socket is stopped: so a client that doesn't read its
 * answers, or sends without end, costs no more than its buffers.
 *
 * The file is long because it is one state machine: reading, holding and ending change the same few fields.
 */

const requestStart = channel('http.server.request.start')

/** Parity: before Node 26 a connection that has never sent a request is not idle, and outlives `server.close()`. */
const FRESH_IS_IDLE = Number.parseInt(process.versions.node, 10) >= 26

/** What the next bytes are. */
const HEAD = 0
const BODY = 1
/** Nothing: the last request has come, or was refused. Bytes are thrown away. */
const OVER = 2

class Connection implements Carrier, AnswersOwner, SocketOwner, Timed {
  readonly service: TurboService
  readonly socket: Socket
  readonly #parser: HeadParser
  readonly #body: BodyArrival
  readonly #answers: Answers
  readonly #deadlines = new Deadlines()
  #phase = HEAD
  #keepsAlive = true
  #requests = 0
  /** Bytes that came and must wait, because enough requests are under way. */
  #rest: Buffer | null = null
  /** Whether the last bytes came where node's parser reads no socket by itself. */
  #isStreamed = false
  #isRunning = false
  #isHeld = false
  /** The client sends no more. */
  #hasEnded = false
  /** All of a body has come, and its request is about to be told. */
  #isEnding = false
  /** A refusal that waits until the requests before it are answered. */
  #failure: ConnectionError | null = null
  #hasFailed = false
  /** As in node:http, requests run in the async context that the server was in when the connection came. */
  readonly #context = new AsyncResource('NozomiConnection')
  #since: number

  constructor(service: TurboService, socket: Socket) {
    this.service = service
    this.socket = socket
    this.#parser = new HeadParser(service.limits)
    this.#body = new BodyArrival(service, socket, this.#context)
    this.#answers = new Answers(socket, this)
    this.#since = service.keep(this)
    this.#deadlines.begin(service.server, socket)
    connect(socket, this, service.packet)
  }

  get server(): unknown {
    return this.service.server
  }

  /** How many requests have come. */
  get requests(): number {
    return this.#requests
  }

  /** Whether the connection waits for a request. */
  get isIdle(): boolean {
    const { activity } = this
    return activity === 'idle' || (FRESH_IS_IDLE && activity === 'head' && this.#parser.isIdle())
  }

  get activity(): Timed['activity'] {
    if (this.#body.req !== null) return 'body'
    if (this.#phase !== HEAD) return 'waiting'
    if (!this.#parser.isIdle()) return 'head'
    if (this.#answers.count > 0) return 'waiting'
    return this.#requests === 0 ? 'head' : 'idle'
  }

  get since(): number {
    return this.#since
  }

  checkTime(): void {
    this.#deadlines.check(this)
  }

  failForTime(): void {
    this.fail(timeoutError())
  }

  // Bytes in

  takeBytes(chunk: Buffer, isStreamed: boolean): void {
    this.#isStreamed = isStreamed
    // Whoever asked the socket itself to go on has what it wanted.
    this.#body.isStopped = false
    if (this.#rest === null) this.#run(chunk)
    else {
      this.#rest = Buffer.concat([this.#rest, chunk])
      if (this.#isHeld) this.socket.pause()
    }
  }

  #run(bytes: Buffer): void {
    this.#isRunning = true
    try {
      this.#readAll(bytes)
    } finally {
      this.#isRunning = false
      if (this.#answers.isCorked) this.#uncork()
    }
  }

  #readAll(bytes: Buffer): void {
    let at = 0
    while (at >= 0 && at < bytes.length && this.#phase !== OVER) {
      // Parity: what has come of a body is its request's, even if the connection is given up.
      if (this.socket.destroyed && this.#phase !== BODY) return
      if (this.#phase === BODY) at = this.#readBody(bytes, at)
      else if (!this.#mustHold()) at = this.#readHead(bytes, at)
      else return this.#hold(this.service.packet.kept(bytes.subarray(at)))
    }
  }

  #readHead(bytes: Buffer, at: number): number {
    const parser = this.#parser
    if (parser.isIdle()) this.#since = this.service.clock.now
    const end = parser.parse(bytes, at)
    if (end >= 0) {
      // A body that comes with its head is no reason: who answers and then destroys the request counts on the answer.
      const { length } = parser
      if (length >= 0 && end + length < bytes.length && !this.#answers.isCorked) this.#cork()
      return this.#context.runInAsyncScope(takeRequest, null, this, bytes, end)
    }
    if (end === REFUSED) this.#refuse(parser.refusal as Refusal, bytes, at)
    return end
  }

  /** Perf: of requests that came together, answers that come at once leave together. */
  #cork(): void {
    this.#answers.isCorked = true
    this.socket.cork()
  }

  #uncork(): void {
    this.#answers.isCorked = false
    this.socket.uncork()
  }

  #readBody(bytes: Buffer, at: number): number {
    const body = this.#body
    const end = body.read(bytes, at)
    if (end >= 0) return this.#endSoon(bytes, end)
    if (end === REFUSED) this.#refuse(body.refusal, bytes, at)
    return end
  }

  /**
   * Parity: whoever reads gets the last bytes in a turn before the end, and what follows them waits so long; unless node
   * would read the socket as a stream.
   */
  #endSoon(bytes: Buffer, end: number): number {
    if (this.#isStreamed) {
      this.#endBody()
      return end
    }
    this.#rest = this.service.packet.kept(bytes.subarray(end))
    this.#isEnding = true
    process.nextTick(endRequest, this)
    return NEEDS_MORE
  }

  /** Whether the handler has given up the request whose body is coming, and 'close' is yet to be emitted. */
  get isGivenUp(): boolean {
    const { req } = this.#body
    return req !== null && req.destroyed && !req.closed
  }

  endRequest(): void {
    const rest = this.#rest
    if (!this.#isEnding || rest === null) return
    this.#isEnding = false
    this.#rest = null
    this.#endBody()
    if (rest.length > 0) this.#run(rest)
  }

  #endBody(): void {
    const body = this.#body
    const req = body.finish()
    this.#phase = this.#keepsAlive ? HEAD : OVER
    this.#context.runInAsyncScope(completeRequest, null, req)
    // The stream of the request will not ask for more.
    if (body.isStopped) this.#goOn()
  }

  /** Makes the messages of a head and hands them on. Gives the offset from which to go on. */
  takeRequest(bytes: Buffer, end: number): number {
    const parser = this.#parser
    const { service } = this
    const { length } = parser
    const req = makeRequest(service, this, parser)
    // RFC 9110 §7.8: an Upgrade may be ignored. That of a request with a body is, as nobody agrees on what follows it.
    if (parser.isUpgrade && length === 0 && takesUpgrade(service.server, req)) {
      this.#leave(req, service.packet.kept(bytes.subarray(end)))
      return NEEDS_MORE
    }
    this.#requests++
    this.#keepsAlive = parser.keepAlive
    const res = makeResponse(service, this, req, this.#keepsAlive)
    this.#answers.add(res)
    if (length !== 0) {
      this.#body.begin(req, length)
      this.#phase = BODY
    }
    if (requestStart.hasSubscribers) {
      requestStart.publish({ request: req, response: res, socket: this.socket, server: service.server })
    }
    service.dispatch(this, req, res, parser)
    if (length === 0) {
      if (!this.#keepsAlive) this.#phase = OVER
      completeRequest(req)
    }
    return end
  }

  // The carrier of the messages

  get isGathering(): boolean {
    return this.#answers.isCorked
  }

  isTurnOf(res: ServerResponse): boolean {
    return this.#answers.isTurnOf(res)
  }

  sendWhole(res: ServerResponse, head: string, body: string | Uint8Array | null): void {
    this.#answers.sendWhole(res as Response, head, body)
  }

  endAnswer(res: ServerResponse): void {
    this.#answers.endAnswer(res as Response)
  }

  persistence(res: ServerResponse): string | null {
    const { _keepAliveTimeout, _maxRequestsPerSocket } = res as Response
    return _maxRequestsPerSocket ? null : this.service.persistence.fields(_keepAliveTimeout)
  }

  startReading(req: IncomingMessage): void {
    const body = this.#body
    if (req === body.req && body.isStopped) this.#goOn()
  }

  // Back-pressure

  #mustHold(): boolean {
    return this.#answers.isFull && !this.#hasEnded
  }

  #hold(rest: Buffer): void {
    this.#rest = rest
    this.#isHeld = true
    this.socket.pause()
  }

  #release(): void {
    if (!this.#isHeld || this.#isRunning || this.#mustHold()) return
    const rest = this.#rest
    this.#isHeld = false
    this.#rest = null
    if (rest !== null) this.#run(rest)
    if (!this.#isHeld && !this.#body.isStopped) this.socket.resume()
  }

  #goOn(): void {
    this.#body.isStopped = false
    if (!this.#isHeld) this.socket.resume()
  }

  onPendingChange(): void {
    this.#release()
  }

  onAnswered(): void {
    if (this.#answers.count === 0) {
      this.#deadlines.restore(this.service.server, this.socket)
      if (this.#parser.isIdle()) this.#since = this.service.clock.now
      // RFC 9112 §9.6: the client asked for it, whatever the answer said.
      if (this.#failure === null && this.#phase === OVER) this.#close()
    }
    if (this.#failure !== null && this.#isTurnOfFailure()) this.fail(this.#failure)
    this.#release()
  }

  onDrain(): void {
    this.#release()
    this.#answers.drain()
  }

  // Ends

  onLastWritten(): void {
    this.#keepsAlive = false
    if (this.#phase === HEAD) this.#phase = OVER
  }

  onEnd(): void {
    const { socket } = this
    // Nothing can be sent back to the client's buffers any more: what is here is handled at once, as in node:http.
    this.#hasEnded = true
    while (this.#isEnding || this.#isHeld) {
      this.endRequest()
      this.#release()
    }
    const isUnfinished = this.#body.req !== null || !this.#parser.isIdle()
    if (isUnfinished && this.#phase !== OVER) return this.fail(unfinishedError())
    const { last } = this.#answers
    if (this.service.server.httpAllowHalfOpen && last !== undefined) last._last = true
    else socket.end()
  }

  onClose(): void {
    this.service.forget(this)
    this.#phase = OVER
    this.#rest = null
    this.#isEnding = false
    this.#answers.abort()
  }

  #refuse(refusal: Refusal, bytes: Buffer, at: number): void {
    this.#phase = OVER
    const error = refusalError(refusal, this.service.packet.kept(bytes), at)
    // RFC 9112 §9.3.2: the requests before it are answered first.
    this.#failure = error
    if (this.#isTurnOfFailure()) this.fail(error)
  }

  /** Whether all answers before the refused request have left; its own response, if it has one, is the next. */
  #isTurnOfFailure(): boolean {
    const { first } = this.#answers
    return first === undefined || first.req === this.#body.req
  }

  #close(): void {
    const { socket } = this
    if (typeof socket.destroySoon === 'function') socket.destroySoon()
    else socket.end()
  }

  /** Tells listeners, or else the client, that the connection can't go on. */
  fail(error: ConnectionError): void {
    if (this.#hasFailed) return
    this.#hasFailed = true
    this.#failure = null
    this.#phase = OVER
    ignoreErrors(this.socket)
    // What is written now, by whoever hears of it, is to leave before the connection is destroyed.
    if (this.#answers.isCorked) this.#uncork()
    tellFailure(error, this.service.server, this.socket, this.#mayStillAnswer())
  }

  /** Whether nothing has left that is an answer to what failed: a second one would be taken for that of the next request. */
  #mayStillAnswer(): boolean {
    const { current } = this.#answers
    const { req } = this.#body
    if (req !== null && current?.req !== req) return false
    return !current?._headerSent
  }

  onTimeoutSet(): void {
    this.#deadlines.overrule()
  }

  /** socket's 'timeout', whether ours or that of `req.setTimeout()`. Whoever listens decides what becomes of it. */
  onTimeout(): void {
    const { socket } = this
    const isHeardByRequest = this.#body.req?.emit('timeout', socket)
    const isHeardByResponse = this.#answers.current?.emit('timeout', socket)
    const isHeardByServer = this.service.server.emit('timeout', socket)
    if (!isHeardByRequest && !isHeardByResponse && !isHeardByServer) socket.destroy()
  }

  /** The connection is no longer ours. */
  #leave(req: Request, head: Buffer): void {
    this.#phase = OVER
    this.service.forget(this)
    disconnect(this.socket)
    handOver(this.service.server, req, this.socket, head)
  }
}

/** Reads requests from a socket, until it closes. */
export function serve(service: TurboService, socket: Socket): void {
  void new Connection(service, socket)
}

function takeRequest(connection: Connection, bytes: Buffer, end: number): number {
  return connection.takeRequest(bytes, end)
}

/** Parity: a request that was destroyed is complete after it has closed, and so doesn't end. */
function endRequest(connection: Connection): void {
  if (connection.isGivenUp) setImmediate(endGivenUp, connection)
  else connection.endRequest()
}

function endGivenUp(connection: Connection): void {
  connection.endRequest()
}
