import type { AnswerHead } from './answer-head.js'

/** Called when what was handed over has been taken, or with the error that prevented it. */
export type Taken = (error?: Error | null) => void

/** Where the answer of one exchange goes: what a carrier must be able to do, and no more. */
export interface AnswerSink {
  /** @throws when no answer with this status can go this way; asked before the head is made. */
  assertStatus?(status: number): void
  /** A 1xx answer, ahead of the final one. */
  information(head: AnswerHead): void
  /** All of an answer whose body is known, and which has no trailers. */
  whole(head: AnswerHead, body: Buffer | null, taken: Taken): void
  /** The head of an answer whose body follows in pieces. */
  head(head: AnswerHead): void
  /** A piece of the body; nothing more comes before it is taken. An empty one: the head is to leave now. */
  write(bytes: Buffer, taken: Taken): void
  /** The end of an answer in pieces. `trailers`: name, value, name, value, ... */
  end(trailers: readonly string[], taken: Taken): void
  /** There will be no (more of an) answer: the handler has destroyed the exchange. */
  abort(error: Error | null): void
  /** Whoever reads the request's body wants more of it. */
  resume(): void
  /** The answer has left. What nobody read of the request will be read by nobody. */
  done(): void
}
