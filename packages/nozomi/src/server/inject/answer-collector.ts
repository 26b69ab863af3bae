import { Readable } from 'node:stream'
import { createError } from '../../errors/catalogue.js'
import type { InjectedAnswer } from '../../types/in-process.js'
import type { AnswerHead } from '../exchange/answer-head.js'
import type { AnswerOwner } from '../exchange/answer-owner.js'
import type { AnswerSink, Taken } from '../exchange/answer-sink.js'
import { CollectedAnswer } from './collected-answer.js'

/** Takes an answer: all of it, or as a stream. */
export class AnswerCollector implements AnswerSink {
  readonly #owner: AnswerOwner<InjectedAnswer>
  readonly #isStreamed: boolean
  readonly #informations: AnswerHead[] = []
  readonly #pieces: Buffer[] = []
  readonly #trailers: string[] = []
  #head: AnswerHead | null = null
  #stream: Readable | null = null
  #isEnded = false
  /** Of a piece that the stream has no room for. */
  #taken: Taken | null = null

  constructor(owner: AnswerOwner<InjectedAnswer>, isStreamed: boolean) {
    this.#owner = owner
    this.#isStreamed = isStreamed
  }

  information(head: AnswerHead): void {
    this.#informations.push(head)
  }

  whole(head: AnswerHead, body: Buffer | null, taken: Taken): void {
    this.head(head)
    if (body !== null) this.write(body, ignore)
    this.end([], taken)
  }

  head(head: AnswerHead): void {
    this.#head = head
    if (!this.#isStreamed) return
    this.#stream = new Readable({
      read: () => this.#takeNext(),
      destroy: (error, callback) => {
        if (!this.#isEnded) this.#owner.left()
        callback(error)
      },
    })
    // Who reads it hears of its end; who does not is not to be ended by that.
    this.#stream.on('error', ignore)
    this.#owner.answered(this.#answer())
  }

  write(bytes: Buffer, taken: Taken): void {
    if (this.#stream === null) {
      // The bytes may be those of a buffer that the handler goes on to use.
      this.#pieces.push(Buffer.from(bytes))
      process.nextTick(taken)
    } else if (this.#stream.push(Buffer.from(bytes))) process.nextTick(taken)
    else this.#taken = taken
  }

  end(trailers: readonly string[], taken: Taken): void {
    this.#isEnded = true
    this.#trailers.push(...trailers)
    this.#stream?.push(null)
    process.nextTick(taken)
  }

  abort(error: Error | null): void {
    this.fail(createError('NOZOMI_INJECT_ABORTED', [this.#head === null], { cause: error ?? undefined }))
  }

  /** The answer breaks off, or never comes. */
  fail(error: Error): void {
    this.#isEnded = true
    this.#stream?.destroy(error)
    this.#owner.done()
    this.#owner.failed(error)
  }

  resume(): void {
    this.#owner.resume()
  }

  done(): void {
    if (!this.#isStreamed) this.#owner.answered(this.#answer())
    this.#owner.done()
  }

  #takeNext(): void {
    const taken = this.#taken
    this.#taken = null
    taken?.()
  }

  #answer(): CollectedAnswer {
    return new CollectedAnswer({
      head: this.#head as AnswerHead,
      informations: this.#informations,
      trailers: this.#trailers,
      body: this.#isStreamed ? null : Buffer.concat(this.#pieces),
      stream: this.#stream,
    })
  }
}

function ignore(): void {}
