import type { Exchange } from './exchange.js'

/** Where the pieces of a body come from: the next one, or that there is none. */
export interface Pieces {
  next(): Promise<{ done?: boolean | undefined; value?: Uint8Array | string | undefined }>
  /** Nobody wants the rest. */
  cancel(): void
}

/** The body of a request on its way into an exchange, not faster than it is read there. */
export class RequestBody {
  readonly #pieces: Pieces
  #isStopped = false
  #goOn: (() => void) | null = null

  constructor(pieces: Pieces) {
    this.#pieces = pieces
  }

  async sendTo(exchange: Exchange): Promise<void> {
    for (;;) {
      const { done, value } = await this.#next()
      if (this.#isStopped) return
      if (done || value === undefined) break
      if (!exchange.push(bytesOf(value))) await this.#untilWanted()
    }
    exchange.complete()
  }

  resume(): void {
    const goOn = this.#goOn
    this.#goOn = null
    goOn?.()
  }

  stop(): void {
    if (this.#isStopped) return
    this.#isStopped = true
    this.resume()
    this.#pieces.cancel()
  }

  /** What fails when nobody wants it any more fails unheard. */
  async #next(): ReturnType<Pieces['next']> {
    try {
      return await this.#pieces.next()
    } catch (error) {
      if (this.#isStopped) return { done: true }
      throw error
    }
  }

  #untilWanted(): Promise<void> {
    return new Promise((resolve) => {
      this.#goOn = resolve
    })
  }
}

function bytesOf(piece: Uint8Array | string): Buffer {
  if (typeof piece === 'string') return Buffer.from(piece)
  return Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength)
}
