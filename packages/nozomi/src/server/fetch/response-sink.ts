import { createError } from '../../errors/catalogue.js'
import type { AnswerHead } from '../exchange/answer-head.js'
import type { AnswerOwner } from '../exchange/answer-owner.js'
import type { AnswerSink, Taken } from '../exchange/answer-sink.js'

/** RFC 9110 §6.4.1: answers that have no body, for which a Response takes none. */
const WITHOUT_BODY = new Set([204, 205, 304])

/** Cloudflare Workers would encode a body that the application has encoded, once more; others know no such option. */
const AS_IT_IS = { encodeBody: 'manual' }

/** Makes a Web `Response` of an answer. Its informational answers and trailers have no place there. */
export class ResponseSink implements AnswerSink {
  readonly #owner: AnswerOwner<Response>
  #controller: ReadableStreamDefaultController<Uint8Array> | null = null
  /** Of a piece for which the reader has no room yet. */
  #taken: Taken | null = null
  #isEnded = false

  constructor(owner: AnswerOwner<Response>) {
    this.#owner = owner
  }

  information(): void {}

  whole(head: AnswerHead, body: Buffer | null, taken: Taken): void {
    this.#isEnded = true
    this.#answer(head, body)
    process.nextTick(taken)
  }

  head(head: AnswerHead): void {
    if (WITHOUT_BODY.has(head.status)) return this.#answer(head, null)
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#controller = controller
      },
      pull: () => this.#takeNext(),
      cancel: () => {
        this.#controller = null
        if (!this.#isEnded) this.#owner.left()
        this.#takeNext()
      },
    })
    this.#answer(head, body)
  }

  write(bytes: Buffer, taken: Taken): void {
    const controller = this.#controller
    if (controller === null || bytes.length === 0) {
      process.nextTick(taken)
      return
    }
    // A copy: the handler may go on to use the bytes, and the reader keeps them as long as it likes.
    controller.enqueue(Uint8Array.from(bytes))
    if ((controller.desiredSize ?? 1) > 0) process.nextTick(taken)
    else this.#taken = taken
  }

  end(_trailers: readonly string[], taken: Taken): void {
    this.#isEnded = true
    this.#controller?.close()
    process.nextTick(taken)
  }

  abort(error: Error | null): void {
    this.fail(createError('NOZOMI_FETCH_ABORTED', [], { cause: error ?? undefined }))
  }

  /** The answer breaks off, or never comes. */
  fail(error: Error): void {
    this.#isEnded = true
    this.#controller?.error(error)
    this.#controller = null
    this.#owner.done()
    this.#owner.failed(error)
  }

  resume(): void {
    this.#owner.resume()
  }

  done(): void {
    this.#owner.done()
  }

  #takeNext(): void {
    const taken = this.#taken
    this.#taken = null
    taken?.()
  }

  #answer(head: AnswerHead, body: Buffer | ReadableStream<Uint8Array> | null): void {
    const { status } = head
    if (status < 200 || status > 599) {
      this.#owner.failed(createError('NOZOMI_FETCH_STATUS', [status]))
      return
    }
    const headers = new Headers()
    for (let i = 0; i < head.fields.length; i += 2) {
      headers.append(head.fields[i] as string, head.fields[i + 1] as string)
    }
    const content = WITHOUT_BODY.has(status) ? null : body
    this.#owner.answered(
      new Response(content as never, { ...AS_IT_IS, status, statusText: head.reason, headers }),
    )
  }
}
