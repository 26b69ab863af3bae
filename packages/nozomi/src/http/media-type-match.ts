import { lookup } from 'mime-types'
import { mediaTypeOf } from './content-type.js'

/*
 * Whether a media type is one of those that somebody names: a type (`text/html`), a pattern (`text/*`, `*` + `/json`,
 * `+json`), an extension (`json`), or one of the short names `urlencoded` and `multipart`.
 *
 * Parity: as the `type-is` package of Express.
 */

/** The members of a request that tell whether it has a body. */
export interface MessageHead {
  headers: { 'transfer-encoding'?: string | undefined; 'content-length'?: string | undefined }
  httpVersionMajor?: number
  /** The stream under a request of node's HTTP/2 compatibility API. */
  stream?: { endAfterHeaders?: boolean }
}

/** One of the types that a value is compared with, taken apart. `type` and `subtype` are null for any. */
interface Expected {
  /** What a match gives: the name as it was written, or null for the value itself. */
  readonly name: string | null
  readonly type: string | null
  readonly subtype: string | null
  /** `+json` of `*` + `/*+json`, else null. */
  readonly suffix: string | null
}

/** Says which of its types a Content-Type value is, or false. */
export type MediaTypeMatcher = (value: string | undefined) => string | false

// RFC 6838 §4.2: the names of types and subtypes; a type has neither `.` nor `+`.
const MEDIA_TYPE = /^ *[a-z0-9][a-z0-9!#$&^_-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126} *$/

/**
 * The first of `types` that the Content-Type value is. A type that holds a wildcard gives the media type of the
 * value in its place. Without types, the media type itself. False when none matches or the value is malformed.
 */
export function typeIs(value: string | undefined | null, types?: readonly string[]): string | false {
  const actual = normalize(value)
  if (actual === null) return false
  if (!types?.length) return actual
  for (const type of types) {
    const expected = parseExpected(type)
    if (expected && matches(expected, actual)) return expected.name ?? actual
  }
  return false
}

/** {@link typeIs} for types that are known beforehand: they are taken apart once. */
export function compileMediaTypes(types: readonly string[]): MediaTypeMatcher {
  const expected = types.map(parseExpected).filter((type) => type !== null)
  return (value) => {
    const actual = normalize(value)
    if (actual === null) return false
    if (types.length === 0) return actual
    const found = expected.find((type) => matches(type, actual))
    return found ? (found.name ?? actual) : false
  }
}

/**
 * Whether a request has a body: it names its length or its transfer coding (RFC 9112 §6.3).
 *
 * Differs from Express: an HTTP/2 request needs neither, as its frames say where it ends (RFC 9113 §8.1); Express
 * leaves such a body unread.
 */
export function hasBody(request: MessageHead): boolean {
  const { headers } = request
  const length = headers['content-length']
  if (length !== undefined) return !Number.isNaN(Number(length)) || headers['transfer-encoding'] !== undefined
  if (headers['transfer-encoding'] !== undefined) return true
  return (request.httpVersionMajor ?? 1) > 1 && request.stream?.endAfterHeaders === false
}

function normalize(value: string | undefined | null): string | null {
  if (!value) return null
  const type = mediaTypeOf(value)
  return MEDIA_TYPE.test(type) ? type : null
}

function parseExpected(name: string): Expected | null {
  const parts = expand(name)?.split('/')
  if (parts?.length !== 2) return null
  const [type, subtype] = parts as [string, string]
  const isSuffix = subtype.startsWith('*+')
  return {
    name: name.startsWith('+') || name.includes('*') ? null : name,
    type: type === '*' ? null : type,
    subtype: subtype === '*' || isSuffix ? null : subtype,
    suffix: isSuffix ? subtype.slice(1) : null,
  }
}

function expand(name: string): string | null {
  if (typeof name !== 'string') return null
  if (name === 'urlencoded') return 'application/x-www-form-urlencoded'
  if (name === 'multipart') return 'multipart/*'
  if (name.startsWith('+')) return `*/*${name}`
  return name.includes('/') ? name : lookup(name) || null
}

function matches(expected: Expected, actual: string): boolean {
  const slash = actual.indexOf('/')
  if (expected.type !== null && expected.type !== actual.slice(0, slash)) return false
  const subtype = actual.slice(slash + 1)
  if (expected.suffix !== null) return subtype.endsWith(expected.suffix)
  return expected.subtype === null || expected.subtype === subtype
}
