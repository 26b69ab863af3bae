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
  const text = body.toString('utf8')
  return text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text
}

const BYTE_ORDER_MARK = 0xfeff

function isUtf8(charset: string): boolean {
  return charset === 'utf-8' || charset === 'utf8'
}
