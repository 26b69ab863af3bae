import { type IncomingMessage, type RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { storeFramedHeader } from '../../messages/answer-framing.js'
import { completeRequest, dropRequest } from '../../messages/carried-request.js'
import { closeSoon, drain, emitClose, emitFinish, emitPrefinish } from '../../messages/carried-response.js'
import { carrier, type Carried, type Carrier } from '../../messages/carrier.js'
import type { IncomingState, OutgoingState } from '../../messages/node-state.js'
import { PlainRequest, PlainResponse } from '../../messages/plain-messages.js'
import { abortedError } from '../aborted-error.js'
import type { CarriedClasses } from '../carried-classes.js'
import { type AnswerHead, readAnswerHead, readTrailers } from './answer-head.js'
import type { AnswerSink, Taken } from './answer-sink.js'
import { type Endpoints, ExchangeSocket, type SocketOwner } from './exchange-socket.js'
import { giveSocket, takeFromWorkers } from './workers.js'

/*
 * One request and its answer, over whatever can bring a request and take an answer: the carrier of the messages where
 * there is no HTTP/1.1 connection.
 *
 * The messages are node's own, and node's methods go on working on them, and so does whoever patches those. Node's writer
 * makes a head of HTTP/1.1 in `_storeHeader`, from which it is read back; what it then writes to `res.socket` is the bare
 * body, because the response is told that its head has left and that it is not chunked.
 */

type Request = IncomingState & Carried
type Response = OutgoingState & Carried & { _trailer: string | undefined; statusMessage: string }

/** A request as it arrives. */
export interface Arrival {
  readonly method: string
  /** As in a request line: mostly a path with a query. */
  readonly target: string
  readonly httpVersion: '1.0' | '1.1' | '2.0'
  /** Name, value, name, value, ... */
  readonly fields: string[]
  readonly endpoints: Endpoints
}

export class Exchange implements Carrier, SocketOwner {
  readonly socket: Socket
  readonly isGathering = false
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly #socket: ExchangeSocket
  readonly #sink: AnswerSink
  readonly #deferContinue: CarriedClasses['deferContinue']
  /** The head of the answer, until it leaves. */
  #head: AnswerHead | null = null
  #hasLeft = false
  /** Of the answer: 'finish' was emitted, and the end was taken. */
  #isFinished = false
  #isEnded = false
  #isOver = false
  /** Of the request. */
  #isComplete = false

  constructor(
    classes: CarriedClasses,
    arrival: Arrival,
    sink: AnswerSink,
    makeSocket: (owner: SocketOwner) => ExchangeSocket = (owner) =>
      new ExchangeSocket(arrival.endpoints, owner),
  ) {
    const socket = makeSocket(this)
    this.#socket = socket
    this.#sink = sink
    this.#deferContinue = classes.deferContinue
    // What a handler may ask of a socket, it has; to node's types it would have to be one.
    this.socket = socket as unknown as Socket
    this.req = makeRequest(classes, this, arrival)
    this.res = makeResponse(classes, this, this.req as Request)
    socket.on('timeout', () => this.#onTimeout())
    socket.on('drain', () => drain(this.res))
  }

  // The request

  /** Hands the request to its listener. Who waits with the body is told to send it when somebody reads it. */
  dispatch(listener: RequestListener): void {
    const { req, res } = this
    if (req.headers.expect?.toLowerCase() === '100-continue') {
      if (this.#deferContinue) this.#deferContinue(req)
      else res.writeContinue()
    }
    listener(req, res)
  }

  /** Content of the request; false when whoever reads it has enough for now, until `sink.resume()`. */
  push(bytes: Buffer): boolean {
    const req = this.req as Request
    if (req._dumped || req.destroyed) return true
    this.#socket.bytesRead += bytes.length
    return req.push(bytes)
  }

  /** All of the request has come. */
  complete(trailers: string[] = []): void {
    const req = this.req as Request
    if (this.#isComplete || req.destroyed) return
    this.#isComplete = true
    req.complete = true
    if (trailers.length > 0) req._addHeaderLines(trailers, trailers.length)
    completeRequest(req)
  }

  /** The client has gone. */
  abort(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.req.destroy(abortedError())
    emitClose(this.res)
    this.#socket.destroy()
  }

  // The carrier of the messages

  isTurnOf(res: ServerResponse): boolean {
    return res === this.res && !this.#hasLeft && !this.#isOver && !this.#socket.destroyed
  }

  sendWhole(_res: ServerResponse, _head: string, body: string | Uint8Array | null): void {
    emitPrefinish(this.res)
    const head = this.#head as AnswerHead
    this.#head = null
    this.#hasLeft = true
    this.#sink.whole(head, bytesOf(body), (error) => {
      if (error) return this.#socket.destroy(error)
      if (this.#isOver) return
      this.#settle()
      emitFinish(this.res)
    })
  }

  endAnswer(res: ServerResponse): void {
    res.prependOnceListener('finish', () => {
      this.#isFinished = true
      if (this.#isEnded) this.#settle()
    })
    this.#socket.end()
  }

  persistence(): null {
    return null
  }

  startReading(): void {
    if (!this.#isComplete) this.#sink.resume()
  }

  /** @throws what the sink says of a status that it can't take; the response has no head then */
  assertStatus(status: number): void {
    this.#sink.assertStatus?.(status)
  }

  /** A head that node has written. */
  storeHead(text: string): void {
    this.#head = readAnswerHead(text)
  }

  storeInformation(text: string): void {
    this.#sink.information(readAnswerHead(text))
  }

  // What is written to the socket

  /** What comes when it is over (who hears of an abort may answer with an error's page) goes nowhere. */
  write(bytes: Buffer, taken: Taken): void {
    if (this.#isOver) return
    this.#letHeadLeave()
    this.#sink.write(bytes, taken)
  }

  end(taken: Taken): void {
    if (this.#isOver) return
    this.#letHeadLeave()
    this.#sink.end(readTrailers((this.res as Response)._trailer ?? ''), (error) => {
      taken(error)
      if (error) return
      this.#isEnded = true
      if (this.#isFinished) this.#settle()
    })
  }

  destroyed(error: Error | null): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#sink.abort(error)
    if (!this.req.destroyed) this.req.destroy()
    process.nextTick(emitClose, this.res)
  }

  #letHeadLeave(): void {
    const head = this.#head
    if (head === null) return
    this.#head = null
    this.#hasLeft = true
    this.#sink.head(head)
  }

  #settle(): void {
    if (this.#isOver) return
    this.#isOver = true
    const { req, res } = this
    dropRequest(req)
    this.#socket._httpMessage = null
    setSocket(res, null)
    closeSoon(res)
    this.#sink.done()
    process.nextTick(destroy, this.#socket)
  }

  /** As node has it: whoever listens decides what becomes of it. */
  #onTimeout(): void {
    const isHeardByRequest = this.req.emit('timeout', this.#socket)
    const isHeardByResponse = this.res.emit('timeout', this.#socket)
    if (!isHeardByRequest && !isHeardByResponse) this.#socket.destroy()
  }
}

function makeRequest(classes: CarriedClasses, exchange: Exchange, arrival: Arrival): Request {
  const RequestClass = classes.IncomingMessage ?? (PlainRequest as unknown as typeof IncomingMessage)
  const req = new RequestClass(exchange.socket) as Request
  if (req.socket !== exchange.socket) giveSocket(req, exchange.socket)
  const { httpVersion, fields } = arrival
  req.httpVersion = httpVersion
  req.httpVersionMajor = Number(httpVersion[0])
  req.httpVersionMinor = Number(httpVersion[2])
  req.method = arrival.method
  req.url = arrival.target
  req._addHeaderLines(fields, fields.length)
  req[carrier] = exchange
  return req
}

function makeResponse(classes: CarriedClasses, exchange: Exchange, req: Request): Response {
  const res = new (classes.ServerResponse ?? PlainResponse)(req) as Response
  if (res._eventsCount !== 0) takeFromWorkers(res)
  // On the response itself, because a foreign application may change its prototype.
  res._storeHeader = storeHeader
  res._writeRaw = writeRaw
  res._finish = finish
  res[carrier] = exchange
  // node takes HTTP/2.0 for something before HTTP/1.1.
  res.shouldKeepAlive = true
  res.useChunkedEncodingByDefault = true
  setSocket(res, exchange.socket)
  ;(exchange.socket as unknown as ExchangeSocket)._httpMessage = res
  return res
}

function storeHeader(this: Response, line: string, fields: unknown): void {
  const exchange = this[carrier] as Exchange
  exchange.assertStatus(this.statusCode)
  storeFramedHeader.call(this, line, fields)
  this._headerSent = true
  this.chunkedEncoding = false
  exchange.storeHead(this._header as string)
}

/** What node writes before the head is that of a 1xx answer; after it, the body. */
function writeRaw(this: Response, data: unknown, encoding: unknown, callback: unknown): boolean {
  if (this._header !== null) {
    const { socket } = this
    // As node: what is written to nobody is dropped.
    return (
      socket !== null &&
      !socket.destroyed &&
      socket.write(data as Buffer, encoding as never, callback as never)
    )
  }
  ;(this[carrier] as Exchange).storeInformation(data as string)
  if (typeof callback === 'function') process.nextTick(callback as () => void)
  return true
}

/** What node calls when all of an answer was written. */
function finish(this: Response): void {
  ;(ServerResponse.prototype as Response)._finish.call(this)
  this[carrier]?.endAnswer(this)
}

function bytesOf(body: string | Uint8Array | null): Buffer | null {
  if (body === null || typeof body === 'string') return body === null ? null : Buffer.from(body)
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
}

function destroy(socket: ExchangeSocket): void {
  socket.destroy()
}

/** To node's types it is read-only. */
function setSocket(res: ServerResponse, socket: Socket | null): void {
  ;(res as { socket: unknown }).socket = socket
}
