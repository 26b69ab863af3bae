import { createError } from '../../errors/catalogue.js'
import type { AnswerHead } from '../exchange/answer-head.js'
import type { AnswerSink, Taken } from '../exchange/answer-sink.js'
import type { Gateway } from './gateway.js'
import type { AnswerOwner } from './invocation.js'

/** Where an answer goes: no stream of node's, but an object with some of its members. */
export interface ResponseStream {
  write(bytes: Uint8Array): boolean
  end(callback: () => void): void
  on(name: string, listener: (error: Error) => void): unknown
  once(name: string, listener: () => void): unknown
  readonly writableFinished: boolean
}

/** What AWS's runtime for Node.js offers as the global `awslambda`. */
export interface StreamingRuntime {
  streamifyResponse(
    handler: (event: unknown, stream: ResponseStream, context: unknown) => Promise<void>,
  ): (event: unknown, context: unknown) => Promise<unknown>
  HttpResponseStream: {
    /** Sends a head before the first piece that is written. */
    from(stream: ResponseStream, head: object): ResponseStream
  }
}

/** Sends an answer while it is written. */
export class StreamedAnswer implements AnswerSink {
  readonly #owner: AnswerOwner<void>
  readonly #gateway: Gateway
  readonly #runtime: StreamingRuntime
  #stream: ResponseStream
  #hasPieces = false

  constructor(owner: AnswerOwner<void>, gateway: Gateway, runtime: StreamingRuntime, stream: ResponseStream) {
    this.#owner = owner
    this.#gateway = gateway
    this.#runtime = runtime
    this.#stream = stream
    stream.on('error', (error) => owner.failed(error))
    stream.on('close', () => {
      if (!stream.writableFinished) owner.left()
    })
  }

  information(): void {}

  whole(head: AnswerHead, body: Buffer | null, taken: Taken): void {
    this.head(head)
    if (body !== null) this.#write(body)
    this.end([], taken)
  }

  head(head: AnswerHead): void {
    this.#stream = this.#runtime.HttpResponseStream.from(this.#stream, this.#gateway.head(head))
  }

  write(bytes: Buffer, taken: Taken): void {
    if (bytes.length === 0 && this.#hasPieces) process.nextTick(taken)
    else if (this.#write(bytes)) process.nextTick(taken)
    else this.#stream.once('drain', taken)
  }

  end(_trailers: readonly string[], taken: Taken): void {
    // The head leaves with the first piece, an empty one where there is none.
    if (!this.#hasPieces) this.#write(Buffer.alloc(0))
    this.#stream.end(taken)
  }

  /** What has begun is left as it is: the runtime ends it, and says to its own end that it failed. */
  abort(error: Error | null): void {
    this.#owner.failed(createError('NOZOMI_LAMBDA_ABORTED', [], { cause: error ?? undefined }))
  }

  /** All of the body is there already. */
  resume(): void {}

  done(): void {
    this.#owner.answered()
  }

  #write(bytes: Buffer): boolean {
    this.#hasPieces = true
    // A copy: the handler may go on to use the bytes.
    return this.#stream.write(Buffer.from(bytes))
  }
}
