import { StringDecoder } from 'node:string_decoder'
import iconv from 'iconv-lite'

/** Whether bodies of this charset can be decoded. */
export function isKnownCharset(charset: string): boolean {
  return isUtf8(charset) || iconv.encodingExists(charset)
}

/**
 * Decodes a whole body. A byte order mark is left out; bytes that stand for nothing become U+FFFD.
 *
 * Perf: nearly every body is UTF-8, which node decodes by itself; `iconv-lite` goes through a StringDecoder.
 */
export function decodeBody(body: Buffer, charset: string): string {
  if (!isUtf8(charset)) return body.length === 0 ? '' : iconv.decode(body, charset)
  return withoutMark(body.toString('utf8'))
}

/**
 * Decodes a body of UTF-8 that comes in pieces, as `decodeBody` decodes the whole.
 *
 * Perf: what is decoded is joined without a copy (V8 makes a rope of it, and flattens that once, for JSON.parse); to
 * put the pieces together first costs as much as decoding them (json-post-1m of bench/run.mjs).
 */
export class Utf8Pieces {
  readonly #decoder = new StringDecoder('utf8')
  #text = ''

  static canDecode(charset: string): boolean {
    return isUtf8(charset)
  }

  add(piece: Buffer): void {
    this.#text += this.#decoder.write(piece)
  }

  /** The whole text; to be asked for once. */
  end(): string {
    return withoutMark(this.#text + this.#decoder.end())
  }
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text
}

const BYTE_ORDER_MARK = 0xfeff

function isUtf8(charset: string): boolean {
  return charset === 'utf-8' || charset === 'utf8'
}
