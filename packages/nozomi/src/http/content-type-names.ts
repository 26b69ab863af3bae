import { contentType, lookup } from 'mime-types'

/*
 * Media types by extension, and the charset that a type has by default.
 *
 * Perf: the few values that nearly every answer has are found in a table; mime-types splits and searches strings.
 * The table holds exactly what mime-types gives, which a test checks.
 */
export const COMMON: ReadonlyMap<string, string> = new Map([
  ['application/json', 'application/json; charset=utf-8'],
  ['application/json; charset=utf-8', 'application/json; charset=utf-8'],
  ['text/html', 'text/html; charset=utf-8'],
  ['text/html; charset=utf-8', 'text/html; charset=utf-8'],
  ['text/plain', 'text/plain; charset=utf-8'],
  ['text/plain; charset=utf-8', 'text/plain; charset=utf-8'],
  ['text/css', 'text/css; charset=utf-8'],
  ['text/javascript', 'text/javascript; charset=utf-8'],
  ['application/octet-stream', 'application/octet-stream'],
  ['html', 'text/html; charset=utf-8'],
  ['json', 'application/json; charset=utf-8'],
  ['txt', 'text/plain; charset=utf-8'],
  ['bin', 'application/octet-stream'],
])

/** The type of an extension with its charset, or of a type without one; false when it is unknown. */
export function contentTypeOf(extension: string): string | false {
  return COMMON.get(extension) ?? contentType(extension)
}

/** A media type with the charset it has by default; false when it can't be read. */
export function withDefaultCharset(type: string): string | false {
  return COMMON.get(type) ?? contentType(type)
}

/** The media type of an extension or file name, without a charset. */
export function mediaTypeOfName(extension: string): string {
  return lookup(extension) || 'application/octet-stream'
}
