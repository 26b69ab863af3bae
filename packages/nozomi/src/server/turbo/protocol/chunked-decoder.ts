import { BACKSLASH, CR, EQUALS, HEX_VALUE, LF, QUOTE, QUOTED, SEMICOLON, TOKEN } from './characters.js'
import { FIELD_VALUE } from './characters.js'
import type { HeadLimits } from './limits.js'
import { NEEDS_MORE, REFUSED, type Refusal, REFUSALS } from './refusal.js'
import { TrailerSection } from './trailer-section.js'

export { NEEDS_MORE, REFUSED } from './refusal.js'

/*
 * The chunked transfer coding (RFC 9112 §7.1), as a machine that takes one byte at a time, but data by the piece:
 *
 *     size [ extensions ] CRLF data CRLF ... 0 [ extensions ] CRLF trailers CRLF
 */

/** What takes the content. Pieces are views of the packets they came in. */
export interface ContentSink {
  onData(bytes: Buffer): void
}

/** Security: leading zeros have no end of their own; a size that JavaScript holds exactly has at most 14 digits. */
const MOST_SIZE_DIGITS = 16

/** Security: extensions mean nothing to us, and are the client's way to send without end. Node's bound. */
const MOST_EXTENSION_BYTES = 16 * 1024

const SIZE = 0
const EXTENSION_NAME = 1
const EXTENSION_VALUE = 2
const EXTENSION_TOKEN = 3
const EXTENSION_QUOTED = 4
const EXTENSION_ESCAPE = 5
const EXTENSION_END = 6
const SIZE_LF = 7
const DATA = 8
const DATA_CR = 9
const DATA_LF = 10
const TRAILERS = 11
const OVER = 12

/** One a chunked body. */
export class ChunkedDecoder {
  refusal: Refusal | null = null

  readonly #trailers: TrailerSection
  #state = SIZE
  /** The size of this chunk; in `DATA` what is left of it. */
  #size = 0
  /** Digits of the size, or characters of the extension's name or value. */
  #length = 0
  #extensionBytes = 0

  constructor(limits: HeadLimits) {
    this.#trailers = new TrailerSection(limits)
  }

  /** Names and values in turn, as they came; complete when the body is over. */
  get trailers(): string[] {
    return this.#trailers.trailers
  }

  /** Takes bytes from `offset`. Gives the offset behind the body, NEEDS_MORE (all bytes were taken) or REFUSED. */
  decode(chunk: Buffer, offset: number, sink: ContentSink): number {
    if (this.refusal !== null) return REFUSED
    let at = offset
    while (at < chunk.length && this.#state !== TRAILERS) {
      if (this.#state === DATA) {
        const end = Math.min(at + this.#size, chunk.length)
        this.#size -= end - at
        if (this.#size === 0) this.#state = DATA_CR
        sink.onData(chunk.subarray(at, end))
        at = end
      } else {
        const refusal = this.#step(chunk[at++] as number)
        if (refusal !== null) return this.#refuse(refusal)
      }
    }
    return this.#state === TRAILERS ? this.#readTrailers(chunk, at) : NEEDS_MORE
  }

  #readTrailers(chunk: Buffer, at: number): number {
    const end = this.#trailers.parse(chunk, at)
    if (end === REFUSED) return this.#refuse(this.#trailers.refusal as Refusal)
    if (end !== NEEDS_MORE) this.#state = OVER
    return end
  }

  /** Moves on by one byte that is no data. */
  #step(byte: number): Refusal | null {
    switch (this.#state) {
      case SIZE:
        return this.#stepSize(byte)
      case SIZE_LF:
        return this.#expect(byte, LF, this.#size === 0 ? TRAILERS : DATA, REFUSALS.bareCarriageReturn)
      case DATA_CR:
        return this.#expect(byte, CR, DATA_LF, REFUSALS.chunkEnd)
      case DATA_LF:
        return this.#expect(byte, LF, SIZE, REFUSALS.chunkEnd)
      default:
        return ++this.#extensionBytes > MOST_EXTENSION_BYTES
          ? REFUSALS.chunkExtensionsTooLarge
          : this.#stepExtension(byte)
    }
  }

  #stepSize(byte: number): Refusal | null {
    const digit = HEX_VALUE[byte] as number
    if (digit !== 255) {
      this.#size = this.#size * 16 + digit
      if (++this.#length > MOST_SIZE_DIGITS || this.#size > Number.MAX_SAFE_INTEGER) {
        return REFUSALS.chunkSizeTooLarge
      }
      return null
    }
    return this.#length === 0 ? REFUSALS.chunkSize : this.#endPart(byte, REFUSALS.chunkSize)
  }

  /**
   * RFC 9112 §7.1.1: `;name`, `;name=token` or `;name="quoted"`, any number of them. Blanks, which the grammar bears
   * with, are refused: those who cut lines at blanks read another size.
   */
  #stepExtension(byte: number): Refusal | null {
    const wrong = REFUSALS.chunkExtension
    switch (this.#state) {
      case EXTENSION_NAME:
        if (TOKEN[byte] === 1) return this.#count()
        if (this.#length === 0) return wrong
        return byte === EQUALS ? this.#enter(EXTENSION_VALUE) : this.#endPart(byte, wrong)
      case EXTENSION_VALUE:
        if (byte === QUOTE) return this.#enter(EXTENSION_QUOTED)
        return TOKEN[byte] === 1 ? this.#enter(EXTENSION_TOKEN) : wrong
      case EXTENSION_TOKEN:
        return TOKEN[byte] === 1 ? null : this.#endPart(byte, wrong)
      case EXTENSION_QUOTED:
        if (byte === QUOTE) return this.#enter(EXTENSION_END)
        if (byte === BACKSLASH) return this.#enter(EXTENSION_ESCAPE)
        return QUOTED[byte] === 1 ? null : wrong
      case EXTENSION_ESCAPE:
        return FIELD_VALUE[byte] === 1 ? this.#enter(EXTENSION_QUOTED) : wrong
      default:
        return this.#endPart(byte, wrong)
    }
  }

  /** A size, a name or a value is over: another extension follows, or the line ends. */
  #endPart(byte: number, otherwise: Refusal): Refusal | null {
    if (byte === CR) return this.#enter(SIZE_LF)
    if (byte === SEMICOLON) return this.#enter(EXTENSION_NAME)
    return byte === LF ? REFUSALS.bareLineFeed : otherwise
  }

  #expect(byte: number, expected: number, next: number, otherwise: Refusal): Refusal | null {
    return byte === expected ? this.#enter(next) : otherwise
  }

  #enter(state: number): null {
    this.#state = state
    this.#length = 0
    return null
  }

  #count(): null {
    this.#length++
    return null
  }

  #refuse(refusal: Refusal): number {
    this.refusal = refusal
    return REFUSED
  }
}
