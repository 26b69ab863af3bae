import type { IncomingMessage, ServerResponse } from 'node:http'
import { parseByteSize } from '../http/byte-size.js'
import { parseContentType } from '../http/content-type.js'
import { compileMediaTypes } from '../http/media-type-match.js'
import type { Options } from '../types/body-options.js'
import { quoteValue } from './option-value.js'

/** The charset of a body; null for a body that stays bytes. */
export type Charset = string | null

/** All that a parser knows before a request comes: its options, checked and compiled. */
export interface BodyPlan {
  /** Whether the body of this request is for this parser; anything truthy is yes. */
  readonly accepts: (req: IncomingMessage) => unknown
  readonly inflate: boolean
  /** Bytes, after inflating. */
  readonly limit: number
  readonly verify: Verify | null
  /** The charset of a body whose Content-Type names none; null: bodies are not decoded. */
  readonly defaultCharset: Charset
  /** Whether the parser takes bodies of this charset; null: it takes all. */
  readonly takesCharset: ((charset: string) => boolean) | null
  /** Makes `req.body` of the bytes, or of the text when there is a charset. */
  readonly parse: (body: Buffer | string, charset: Charset) => unknown
}

type Verify = (req: IncomingMessage, res: ServerResponse, body: Buffer, charset: Charset) => void

/** What one kind of parser adds to the options that all have. */
export interface BodyKind extends Pick<BodyPlan, 'takesCharset' | 'parse'> {
  readonly type: string
  readonly defaultCharset: Charset
}

const DEFAULT_LIMIT = 100 * 1024

/**
 * Checks the options that all parsers have.
 *
 * @throws TypeError for an option that cannot be meant, with its name and value. Parity: the first words are
 *   body-parser's.
 */
export function compileBodyPlan(options: Options | null | undefined, kind: BodyKind): BodyPlan {
  return Object.freeze({
    accepts: compileType(options?.type || kind.type),
    inflate: options?.inflate !== false,
    limit: compileLimit(options?.limit),
    verify: compileVerify(options?.verify),
    defaultCharset: kind.defaultCharset,
    takesCharset: kind.takesCharset,
    parse: kind.parse,
  })
}

/** The charset that a Content-Type names, in lower case. */
export const charsetOf: (contentType: string) => string | undefined = rememberingLast((contentType) =>
  contentType.includes(';') ? parseContentType(contentType).parameters.charset?.toLowerCase() : undefined,
)

function compileLimit(limit: unknown): number {
  if (limit === undefined || limit === null) return DEFAULT_LIMIT
  const bytes = parseByteSize(limit)
  if (bytes !== null) return bytes
  throw new TypeError(
    `option limit ${quoteValue(limit)} is invalid: give a number of bytes, or a string such as "100kb"`,
  )
}

function compileVerify(verify: unknown): Verify | null {
  if (!verify) return null
  if (typeof verify === 'function') return verify as Verify
  throw new TypeError(`option verify must be function, not ${quoteValue(verify)}`)
}

function compileType(type: unknown): BodyPlan['accepts'] {
  if (typeof type === 'function') return type as BodyPlan['accepts']
  const types = Array.isArray(type) ? type : [type]
  for (const name of types) {
    if (typeof name === 'string') continue
    throw new TypeError(
      `option type ${quoteValue(name)} is invalid: give a media type, an array of them, or a function`,
    )
  }
  const match = compileMediaTypes(types)
  const matches = rememberingLast((contentType) => match(contentType) !== false)
  return (req) => {
    const contentType = req.headers['content-type']
    return contentType !== undefined && matches(contentType)
  }
}

/** Perf: most requests repeat the Content-Type of the last one, for which the answer is kept. */
function rememberingLast<T>(answer: (value: string) => T): (value: string) => T {
  let lastValue = ''
  let lastAnswer = answer(lastValue)
  return (value) => {
    if (value !== lastValue) {
      lastAnswer = answer(value)
      lastValue = value
    }
    return lastAnswer
  }
}
