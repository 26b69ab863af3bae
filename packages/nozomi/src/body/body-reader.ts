import { AsyncResource } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Transform } from 'node:stream'
import { createError } from '../errors/catalogue.js'
import { type BodySink, bodySink, handOver, type SinkingRequest } from '../messages/body-sink.js'
import { markClosed, markRead, type StreamState } from '../messages/stream-state.js'
import { settleBody } from './abandon-body.js'
import { bodyError, refusalOf } from './body-errors.js'
import type { BodyPlan, Charset } from './body-plan.js'
import { decodeBody, Utf8Pieces } from './charset.js'
import { listenToBody } from './listen-to-body.js'

type Request = StreamState & SinkingRequest & { body?: unknown }

export type Next = (error?: unknown) => void

/** What is to be read, as the head of the request says it. */
export interface BodySource {
  readonly charset: Charset
  /** The length that the request names; null when it names none, or when the body is inflated. */
  readonly length: number | null
  readonly inflater: Transform | null
}

/**
 * Reads one body, checks it, and puts what it means on the request; then calls `next`, once.
 *
 * Request time: one of these is made for each body. It must not look up options by name, wrap the stream, or copy a
 * body that came in one piece. Watched by bench/micro/json-body.mjs.
 *
 * Perf: a body that nobody else looks at comes straight from node's parser (messages/body-sink.ts), without the events
 * and the ticks of a stream; that is a tenth of the CPU of a small JSON POST, or more (docs/explanation/speed.md). Else, and as soon as somebody begins to
 * listen to the stream, it is read as a stream (listen-to-body.ts).
 *
 * `verify`, a reviver and `next` are called in the context that the parser was called in, so that the AsyncLocalStorage
 * of an earlier middleware goes on; what arrives, arrives in the context of the connection.
 */
export class BodyReader extends AsyncResource implements BodySink {
  readonly #req: Request
  readonly #res: ServerResponse
  readonly #next: Next
  readonly #plan: BodyPlan
  readonly #source: BodySource
  /** Leaves the streams as they were found; null while none is listened to. */
  #stopListening: (() => void) | null = null
  #error: Error | null = null
  #received = 0
  /** The only chunk so far. */
  #chunk: Buffer | null = null
  /** All chunks, once there are two: as the text that they are, where nobody wants the bytes, or as they came. */
  #pieces: Utf8Pieces | null = null
  #chunks: Buffer[] | null = null

  constructor(req: IncomingMessage, res: ServerResponse, next: Next, plan: BodyPlan, source: BodySource) {
    super('NozomiBodyReader')
    this.#req = req as Request
    this.#res = res
    this.#next = next
    this.#plan = plan
    this.#source = source
  }

  start(): void {
    if (this.#source.inflater !== null || !this.#req[handOver]?.(this)) this.giveWay()
  }

  take(bytes: Buffer): void {
    const { limit } = this.#plan
    this.#received += bytes.length
    if (this.#received > limit) {
      this.giveUp(createError('NOZOMI_BODY_TOO_LARGE', [], { limit, received: this.#received }))
    } else if (this.#pieces) this.#pieces.add(bytes)
    else if (this.#chunks) this.#chunks.push(bytes)
    else if (this.#chunk) this.#collect(this.#chunk, bytes)
    else this.#chunk = bytes
  }

  end(): void {
    const { length } = this.#source
    this.#stopListening = null
    if (length !== null && length !== this.#received) {
      this.#error = createError('NOZOMI_BODY_LENGTH_MISMATCH', [], this.#progress())
    }
    // Parity: a handler never runs while the bytes of its request are still being parsed.
    if (this.#req[bodySink] === this) process.nextTick(finish, this)
    else this.runInAsyncScope(this.#pass, this)
  }

  abort(): void {
    this.#stopListening = null
    this.#refuse(createError('NOZOMI_BODY_ABORTED', [], { code: 'ECONNABORTED', ...this.#progress() }))
  }

  giveWay(): void {
    const { inflater } = this.#source
    this.#stopListening = listenToBody(this.#req, this.#res, inflater, this.#plan.limit, this)
  }

  /** The body is refused, and what is left of it is read off first, within bounds. */
  giveUp(error: unknown): void {
    const refusal = bodyError(error, 400)
    this.#stop()
    settleBody(this.#req, this.#res, this.#plan.limit, () => this.#refuse(refusal))
  }

  /** The end of a body that came without its stream: the stream is now as if it had come through it. */
  finish(): void {
    const req = this.#req
    // Aborted meanwhile.
    if (req[bodySink] !== this) return
    req[bodySink] = null
    markRead(req, this.#received > 0)
    const isHeard = req._eventsCount !== 0
    this.#pass()
    if (isHeard) req.emit('end')
    if (req._eventsCount === 0) markClosed(req)
    else req.destroy()
  }

  #collect(first: Buffer, second: Buffer): void {
    const { charset } = this.#source
    if (this.#plan.verify || charset === null || !Utf8Pieces.canDecode(charset)) {
      this.#chunks = [first, second]
      return
    }
    this.#pieces = new Utf8Pieces()
    this.#pieces.add(first)
    this.#pieces.add(second)
  }

  #stop(): void {
    if (this.#req[bodySink] === this) this.#req[bodySink] = null
    this.#stopListening?.()
    this.#stopListening = null
  }

  #refuse(error: Error): void {
    this.#stop()
    this.#error = error
    this.runInAsyncScope(this.#pass, this)
  }

  #pass(): void {
    const next = this.#next
    const error = this.#error ?? this.#accept()
    if (error) next(error)
    else next()
  }

  /** Verifies, decodes and parses the whole body; gives the error if it is refused. */
  #accept(): Error | undefined {
    if (this.#pieces) return this.#parse(this.#pieces.end())
    const body = this.#chunks ? Buffer.concat(this.#chunks, this.#received) : (this.#chunk ?? Buffer.alloc(0))
    const { verify } = this.#plan
    const { charset } = this.#source
    if (verify) {
      try {
        verify(this.#req, this.#res, body, charset)
      } catch (error) {
        return refusalOf(error, 403, 'entity.verify.failed', body)
      }
    }
    if (charset === null) return this.#parse(body)
    try {
      return this.#parse(decodeBody(body, charset))
    } catch (error) {
      return refusalOf(error, 400, 'entity.parse.failed', body)
    }
  }

  #parse(content: Buffer | string): Error | undefined {
    try {
      this.#req.body = this.#plan.parse(content, this.#source.charset)
      return undefined
    } catch (error) {
      return refusalOf(error, 400, 'entity.parse.failed', content)
    }
  }

  #progress(): { expected: number | null; length: number | null; received: number } {
    const { length } = this.#source
    return { expected: length, length, received: this.#received }
  }
}

function finish(reader: BodyReader): void {
  reader.runInAsyncScope(reader.finish, reader)
}
