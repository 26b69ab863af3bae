import { createError } from '../../errors/catalogue.js'
import type { AnswerHead } from '../exchange/answer-head.js'
import type { AnswerSink, Taken } from '../exchange/answer-sink.js'
import type { Gateway } from './gateway.js'
import type { AnswerOwner } from './invocation.js'
import { type IsBinary, resultBody } from './result-body.js'

/** Collects an answer, for a result that is given when all of it is there. */
export class BufferedAnswer implements AnswerSink {
  readonly #owner: AnswerOwner<object>
  readonly #gateway: Gateway
  readonly #isBinary: IsBinary
  readonly #pieces: Buffer[] = []
  #length = 0
  #head: AnswerHead | null = null

  constructor(owner: AnswerOwner<object>, gateway: Gateway, isBinary: IsBinary) {
    this.#owner = owner
    this.#gateway = gateway
    this.#isBinary = isBinary
  }

  information(): void {}

  whole(head: AnswerHead, body: Buffer | null, taken: Taken): void {
    this.#head = head
    if (body === null) process.nextTick(taken)
    else this.write(body, taken)
  }

  head(head: AnswerHead): void {
    this.#head = head
  }

  write(bytes: Buffer, taken: Taken): void {
    this.#length += bytes.length
    if (this.#length > this.#gateway.limit) {
      this.#owner.failed(tooLarge(this.#gateway, this.#length))
      return
    }
    // A copy: the handler may go on to use the bytes.
    this.#pieces.push(Buffer.from(bytes))
    process.nextTick(taken)
  }

  end(_trailers: readonly string[], taken: Taken): void {
    process.nextTick(taken)
  }

  abort(error: Error | null): void {
    this.#owner.failed(createError('NOZOMI_LAMBDA_ABORTED', [], { cause: error ?? undefined }))
  }

  /** All of the body is there already. */
  resume(): void {}

  done(): void {
    const head = this.#head as AnswerHead
    const result = {
      ...this.#gateway.head(head),
      ...resultBody(head, Buffer.concat(this.#pieces), this.#isBinary),
    }
    const { limit } = this.#gateway
    const size = sizeOf(result, result.body, limit)
    if (size > limit) this.#owner.failed(tooLarge(this.#gateway, size))
    else this.#owner.answered(result)
  }
}

/** As JSON. Perf: the JSON is made only where it may matter; a character takes up to six bytes, and fields some kilobytes. */
function sizeOf(result: object, body: string, limit: number): number {
  return body.length * 6 + 100_000 < limit ? 0 : Buffer.byteLength(JSON.stringify(result))
}

function tooLarge({ name, limit }: Gateway, size: number): Error {
  return createError('NOZOMI_LAMBDA_TOO_LARGE', [size, limit, name])
}
