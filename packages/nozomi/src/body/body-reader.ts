import { AsyncResource } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Transform } from 'node:stream'
import { createError } from '../errors/catalogue.js'
import { abandonBody, settleBody } from './abandon-body.js'
import { bodyError, refusalOf } from './body-errors.js'
import type { BodyPlan, Charset } from './body-plan.js'
import { decodeBody, Utf8Pieces } from './charset.js'

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
 * It is an AsyncResource because the events of a stream run in the context of its connection: `verify`, a reviver
 * and `next` are called in the context that the parser was called in, so that the AsyncLocalStorage of an earlier
 * middleware goes on.
 */
export class BodyReader extends AsyncResource {
  readonly #req: IncomingMessage & { body?: unknown }
  readonly #res: ServerResponse
  readonly #next: Next
  readonly #plan: BodyPlan
  readonly #source: BodySource
  #received = 0
  /** The only chunk so far. */
  #chunk: Buffer | null = null
  /** All chunks, once there are two: as the text that they are, where nobody wants the bytes, or as they came. */
  #pieces: Utf8Pieces | null = null
  #chunks: Buffer[] | null = null

  constructor(req: IncomingMessage, res: ServerResponse, next: Next, plan: BodyPlan, source: BodySource) {
    super('NozomiBodyReader')
    this.#req = req
    this.#res = res
    this.#next = next
    this.#plan = plan
    this.#source = source
  }

  start(): void {
    const req = this.#req
    const { inflater } = this.#source
    req.on('aborted', this.#onAborted)
    req.on('close', this.#onAborted)
    req.on('error', this.#onError)
    if (inflater) {
      inflater.on('error', this.#onError)
      req.pipe(inflater)
    }
    const stream = inflater ?? req
    stream.on('end', this.#onEnd)
    stream.on('data', this.#onData)
  }

  readonly #onData = (chunk: Buffer | string): void => {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)
    const { limit } = this.#plan
    this.#received += bytes.length
    if (this.#received > limit) {
      this.#giveUp(createError('NOZOMI_BODY_TOO_LARGE', [], { limit, received: this.#received }))
    } else if (this.#pieces) this.#pieces.add(bytes)
    else if (this.#chunks) this.#chunks.push(bytes)
    else if (this.#chunk) this.#collect(this.#chunk, bytes)
    else this.#chunk = bytes
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

  readonly #onEnd = (): void => {
    this.#stop()
    const { length, inflater } = this.#source
    // What follows the end of the compressed data is not part of the body.
    if (inflater) abandonBody(this.#req, this.#res, this.#plan.limit)
    if (length === null || length === this.#received) this.runInAsyncScope(this.#complete)
    else this.#finish(createError('NOZOMI_BODY_LENGTH_MISMATCH', [], this.#progress()))
  }

  readonly #onError = (error: Error): void => this.#giveUp(bodyError(error, 400))

  /** The client went away, or somebody destroyed the request, before its end. */
  readonly #onAborted = (): void => {
    // A request closes at its end too, and then the inflater may still be at work.
    if (this.#req.readableEnded) return
    this.#stop()
    this.#finish(createError('NOZOMI_BODY_ABORTED', [], { code: 'ECONNABORTED', ...this.#progress() }))
  }

  /** Runs in the context of the caller: `verify`, a reviver and `next` are the application's. */
  readonly #complete = (): void => {
    const next = this.#next
    const error = this.#accept()
    if (error) next(error)
    else next()
  }

  #giveUp(error: Error): void {
    this.#stop()
    settleBody(this.#req, this.#res, this.#plan.limit, () => this.#finish(error))
  }

  /** Leaves the streams as they were found. The inflater has nobody else, and holds memory outside of the heap. */
  #stop(): void {
    const req = this.#req
    const { inflater } = this.#source
    req.removeListener('aborted', this.#onAborted)
    req.removeListener('close', this.#onAborted)
    req.removeListener('error', this.#onError)
    if (inflater) {
      req.unpipe(inflater)
      inflater.removeListener('error', this.#onError)
      inflater.on('error', ignore)
      inflater.destroy()
    }
    const stream = inflater ?? req
    stream.removeListener('end', this.#onEnd)
    stream.removeListener('data', this.#onData)
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

  #finish(error: Error): void {
    this.runInAsyncScope(this.#next, null, error)
  }

  #progress(): { expected: number | null; length: number | null; received: number } {
    const { length } = this.#source
    return { expected: length, length, received: this.#received }
  }
}

function ignore(): void {}
