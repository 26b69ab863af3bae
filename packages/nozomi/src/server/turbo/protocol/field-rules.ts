import { FIELD_VALUE, TOKEN } from './characters.js'
import { isForbiddenTrailer } from './trailer-section.js'

/*
 * What handlers may write (RFC 9110 §5, RFC 9112 §4): the same rules that requests are held to. What breaks one throws,
 * with node's code and message, before a byte of it has left.
 *
 * Security: a line end in a value that came from a client would start a field, or a response, of the client's choice.
 */

/** node's ERR_INVALID_HTTP_TOKEN, unless it is a token. `kind` is what node calls it: 'Header name', 'Trailer name', ... */
export function assertFieldName(name: unknown, kind = 'Header name'): asserts name is string {
  if (typeof name === 'string' && name !== '' && consistsOf(TOKEN, name)) return
  throw typeError('ERR_INVALID_HTTP_TOKEN', `${kind} must be a valid HTTP token ["${String(name)}"]`)
}

/**
 * node's ERR_HTTP_INVALID_HEADER_VALUE for undefined, and ERR_INVALID_CHAR for characters that have no place in a value.
 * Of a list each value is checked. `kind` is where it stands: 'header content', 'trailer content'.
 */
export function assertFieldValue(name: string, value: unknown, kind = 'header content'): void {
  if (Array.isArray(value)) {
    for (const one of value) assertFieldValue(name, one, kind)
    return
  }
  if (value === undefined) {
    throw typeError('ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "undefined" for header "${name}"`)
  }
  if (!isFieldValue(String(value)))
    throw typeError('ERR_INVALID_CHAR', `Invalid character in ${kind} ["${name}"]`)
}

/** RFC 9112 §4: a reason phrase holds what a value may hold; it may be empty. */
export function assertReason(reason: string): void {
  if (!isFieldValue(reason)) throw typeError('ERR_INVALID_CHAR', 'Invalid character in statusMessage')
}

/** A whole number of three digits: node takes what becomes one. Gives the number. */
export function statusOf(status: unknown): number {
  const code = (status as number) | 0
  if (code >= 100 && code <= 999) return code
  const error: NodeJS.ErrnoException = new RangeError(`Invalid status code: ${String(status)}`)
  error.code = 'ERR_HTTP_INVALID_STATUS_CODE'
  throw error
}

/**
 * RFC 9110 §6.5.1: a trailer is a field, and none of those that a recipient must know before the content.
 *
 * Differs from node:http: it sends `Content-Length` and the like as trailers.
 */
export function assertTrailer(name: unknown, value: unknown): void {
  assertFieldName(name, 'Trailer name')
  if (isForbiddenTrailer(name)) {
    throw typeError('ERR_HTTP_TRAILER_INVALID', `The field "${name}" has no place in a trailer section`)
  }
  assertFieldValue(name, value ?? '', 'trailer content')
}

/**
 * The fields of a 1xx response: it has no content, so none that says how long it is (RFC 9110 §8.6, RFC 9112 §6.1).
 *
 * Differs from node:http: node 20 checks nothing of early hints but the links.
 */
export function assertInformationalField(name: unknown, value: unknown): void {
  assertFieldName(name)
  const lower = name.toLowerCase()
  if (lower === 'content-length' || lower === 'transfer-encoding') {
    throw typeError('ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "${String(value)}" for header "${name}"`)
  }
  assertFieldValue(name, value)
}

/**
 * The length that a handler states: digits alone (RFC 9110 §8.6).
 *
 * Differs from node:http: it sends whatever was set, and the client waits for as much as it reads in it.
 */
export function statedLength(value: unknown): number {
  const text = String(value)
  const length = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(length)) return length
  throw typeError('ERR_HTTP_INVALID_HEADER_VALUE', `Invalid value "${text}" for header "Content-Length"`)
}

/** Whether a string can be sent as the value of a field. */
export function isFieldValue(value: string): boolean {
  return consistsOf(FIELD_VALUE, value)
}

/** Characters beyond a byte are in no class: the tables end at 255. */
function consistsOf(table: Uint8Array, text: string): boolean {
  for (let at = 0; at < text.length; at++) if (table[text.charCodeAt(at)] !== 1) return false
  return true
}

function typeError(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new TypeError(message), { code })
}
