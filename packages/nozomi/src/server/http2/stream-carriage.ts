import type { ServerHttp2Stream } from 'node:http2'
import { createError } from '../../errors/catalogue.js'
import type { CarriedClasses } from '../carried-classes.js'
import type { AnswerHead } from '../exchange/answer-head.js'
import type { AnswerSink, Taken } from '../exchange/answer-sink.js'
import { type Arrival, Exchange } from '../exchange/exchange.js'
import { answerFields } from './answer-fields.js'
import type { Http2Connection } from './connection.js'
import { ErrorCode } from './error-code.js'
import { SecureStreamSocket, StreamSocket } from './stream-socket.js'

/*
 * One request and its answer on a stream of HTTP/2: what the stream brings goes to the exchange, and what the exchange
 * answers goes to the stream, each no faster than the other side takes it.
 *
 * Runs for each request: no closure where a function can be shared.
 */

const carriage = Symbol('nozomi.streamCarriage')

/** `headRequest` is documented, and missing in the types of node. */
type Stream = ServerHttp2Stream & { readonly headRequest: boolean; [carriage]: StreamCarriage }

export class StreamCarriage implements AnswerSink {
  readonly exchange: Exchange
  readonly startedAt = Date.now()
  readonly #stream: ServerHttp2Stream
  readonly #connection: Http2Connection
  isRequestComplete = false
  #isReading = false
  #isGone = false
  /** Of the answer: it is over, or was ended by us. */
  #isOver = false
  /** The head was the end of it. */
  #endsAtHead = false
  /** Trailers may follow the body; then those of the answer, and those of the request. */
  #awaitsTrailers = false
  #trailers: readonly string[] = []
  #requestTrailers: string[] = []

  constructor(
    classes: CarriedClasses,
    arrival: Arrival,
    stream: ServerHttp2Stream,
    connection: Http2Connection,
  ) {
    this.#stream = stream
    this.#connection = connection
    const SocketClass = connection.encrypted ? SecureStreamSocket : StreamSocket
    this.exchange = new Exchange(classes, arrival, this, (owner) => new SocketClass(connection, owner))
    ;(stream as Stream)[carriage] = this
    // Whatever it is, 'close' follows.
    stream.on('error', ignore)
    stream.on('aborted', onGone)
    stream.on('close', onGone)
    connection.began(this)
  }

  /** To be called when the request was handed to its listener. */
  receiveBody(hasBody: boolean): void {
    if (hasBody) this.#stream.on('trailers', onTrailers)
    else this.#complete()
  }

  // What the stream brings

  receive(piece: Buffer): void {
    if (!this.exchange.push(piece)) this.#stream.pause()
  }

  receiveTrailers(fields: readonly string[]): void {
    this.#requestTrailers = fields.filter((_, at) => !(fields[at - (at % 2)] as string).startsWith(':'))
  }

  receiveEnd(): void {
    if (!this.#isGone) this.#complete()
  }

  /** The stream is over, for one reason or another. */
  leave(): void {
    if (this.#isGone) return
    this.#isGone = true
    this.#connection.ended(this)
    if (!this.#isOver && !this.#connection.session.destroyed) this.#connection.countReset()
    this.exchange.abort()
    // What came and was not read keeps the stream from being closed.
    if (!this.#stream.destroyed) this.#stream.resume()
  }

  /** All of the request has not come in time. */
  timeOut(): void {
    const stream = this.#stream
    this.#isOver = true
    if (!stream.headersSent && !stream.closed && !stream.destroyed) {
      stream.respond({ ':status': 408 }, { endStream: true })
    }
    this.exchange.abort()
    stream.close(ErrorCode.CANCEL)
  }

  // What the exchange answers

  assertStatus(status: number): void {
    if (status < 200 || status > 599) throw createError('NOZOMI_HTTP2_STATUS', [status])
  }

  information(head: AnswerHead): void {
    const stream = this.#stream
    if (stream.destroyed || stream.closed || stream.headersSent) return
    stream.additionalHeaders({ ...answerFields(head.fields), ':status': head.status })
  }

  whole(head: AnswerHead, body: Buffer | null, taken: Taken): void {
    const hasContent = body !== null && body.length > 0
    if (!this.#respond(head, !hasContent, false)) return
    if (hasContent) this.#stream.end(body, taken as () => void)
    else process.nextTick(taken)
  }

  head(head: AnswerHead): void {
    const { status } = head
    const endsAtHead =
      (this.#stream as Stream).headRequest || status === 204 || status === 205 || status === 304
    if (!this.#respond(head, endsAtHead, !endsAtHead)) return
    this.#endsAtHead = endsAtHead
    if (endsAtHead) return
    this.#awaitsTrailers = true
    this.#stream.once('wantTrailers', onWantTrailers)
  }

  /** A stream that has ended before takes nothing; the exchange hears of that by its end. */
  write(bytes: Buffer, taken: Taken): void {
    if (this.#endsAtHead || bytes.length === 0) process.nextTick(taken)
    else if (this.#canWrite) this.#stream.write(bytes, taken)
  }

  end(trailers: readonly string[], taken: Taken): void {
    this.#trailers = trailers
    if (this.#endsAtHead) process.nextTick(taken)
    else if (this.#canWrite) this.#stream.end(taken as () => void)
  }

  /** Without a head on its way, node would make one of its own, and throw when that can't be. */
  get #canWrite(): boolean {
    return this.#stream.headersSent && !this.#stream.destroyed
  }

  sendTrailers(): void {
    const stream = this.#stream
    this.#awaitsTrailers = false
    try {
      stream.sendTrailers(answerFields(this.#trailers))
    } catch {
      // Fields that HTTP/2 doesn't carry: the body had its end, and its end must be said.
      if (!stream.closed && !stream.destroyed) stream.sendTrailers({})
    }
    if (this.#isOver) setImmediate(closeUnread, stream)
  }

  /**
   * RFC 9113 §7: an answer that breaks off is an error, whatever the handler had in mind. With NO_ERROR or CANCEL clients take
   * what they have for all of it.
   */
  abort(): void {
    this.#isOver = true
    if (!this.#stream.destroyed) this.#stream.close(ErrorCode.INTERNAL_ERROR)
  }

  resume(): void {
    const stream = this.#stream
    if (this.#isReading) {
      stream.resume()
      return
    }
    this.#isReading = true
    stream.on('data', onData)
    stream.on('end', onEnd)
  }

  /**
   * RFC 9113 §8.1: who has answered without wanting the rest of a request resets the stream with NO_ERROR. The answer
   * must have left before.
   */
  done(): void {
    this.#isOver = true
    const stream = this.#stream
    if (this.isRequestComplete || stream.destroyed) return
    stream.resume()
    if (!this.#awaitsTrailers) setImmediate(closeUnread, stream)
  }

  #complete(): void {
    this.isRequestComplete = true
    this.exchange.complete(this.#requestTrailers)
  }

  /** False, and the exchange is over, where node refuses the head. */
  #respond(head: AnswerHead, endStream: boolean, waitForTrailers: boolean): boolean {
    try {
      const fields = { ...answerFields(head.fields), ':status': head.status }
      // Date is among the fields, unless the handler wants none.
      this.#stream.respond(fields, { endStream, waitForTrailers, sendDate: false } as object)
      return true
    } catch (error) {
      process.nextTick(destroyWith, this.exchange, error as Error)
      return false
    }
  }
}

function onData(this: ServerHttp2Stream, piece: Buffer): void {
  ;(this as Stream)[carriage].receive(piece)
}

function onEnd(this: ServerHttp2Stream): void {
  ;(this as Stream)[carriage].receiveEnd()
}

function onTrailers(
  this: ServerHttp2Stream,
  fields: object,
  _flags: number,
  rawFields = Object.entries(fields).flat() as string[],
): void {
  ;(this as Stream)[carriage].receiveTrailers(rawFields)
}

function onGone(this: ServerHttp2Stream): void {
  ;(this as Stream)[carriage].leave()
}

function onWantTrailers(this: ServerHttp2Stream): void {
  ;(this as Stream)[carriage].sendTrailers()
}

function closeUnread(stream: ServerHttp2Stream): void {
  if (stream.destroyed || stream.closed || stream.state.remoteClose === 1) return
  stream.close(ErrorCode.NO_ERROR)
}

function destroyWith(exchange: Exchange, error: Error): void {
  exchange.socket.destroy(error)
}

function ignore(): void {}
