import { parseHttpDate } from './http-date.js'

/*
 * Conditional requests (RFC 9110 §13): is the client's copy still good, and may the request be done at all?
 *
 * Parity: the verdicts are those of `fresh` 2 (304) and of `send` 1 (412), leniencies included: entity tags compare
 * weakly everywhere, and a field that is empty counts as absent.
 */

/** The request fields that make a request conditional. `req.headers` is one. */
export interface Conditions {
  'cache-control'?: string | undefined
  'if-match'?: string | undefined
  'if-modified-since'?: string | undefined
  'if-none-match'?: string | undefined
  'if-unmodified-since'?: string | undefined
}

/** `no-cache` as a directive of its own, between commas. */
const NO_CACHE = /(?:^|,)\s*no-cache\s*(?:,|$)/

/** True when the client's copy is as good as the response: answer 304. */
export function isFresh(
  conditions: Conditions,
  etag: string | undefined,
  lastModified: string | undefined,
): boolean {
  const noneMatch = conditions['if-none-match']
  const modifiedSince = conditions['if-modified-since']
  if (!noneMatch && !modifiedSince) return false
  const cacheControl = conditions['cache-control']
  if (cacheControl && NO_CACHE.test(cacheControl)) return false
  // RFC 9110 §13.1.3: If-Modified-Since is ignored where If-None-Match stands.
  if (noneMatch) return noneMatch === '*' || (!!etag && listsTag(noneMatch, etag))
  return isUnmodified(lastModified, modifiedSince)
}

export function isConditional(conditions: Conditions): boolean {
  return !!(
    conditions['if-none-match'] ||
    conditions['if-modified-since'] ||
    conditions['if-match'] ||
    conditions['if-unmodified-since']
  )
}

/** True when the client wants the request done only on another version than this one: answer 412. */
export function isPreconditionFailed(
  conditions: Conditions,
  etag: string | undefined,
  lastModified: string | undefined,
): boolean {
  const match = conditions['if-match']
  if (match) return !etag || (match !== '*' && !listsTag(match, etag))
  const unmodifiedSince = conditions['if-unmodified-since']
  // RFC 9110 §13.1.4: a field that holds no date is ignored.
  if (!unmodifiedSince || Number.isNaN(parseHttpDate(unmodifiedSince))) return false
  return !isUnmodified(lastModified, unmodifiedSince)
}

/** False also when either is no date. */
export function isUnmodified(lastModified: string | undefined, since: string | undefined): boolean {
  const sinceMs = parseHttpDate(since)
  return lastModified === since ? !Number.isNaN(sinceMs) : parseHttpDate(lastModified) <= sinceMs
}

/**
 * Whether the list has the tag, weak or strong: `W/"1"` and `"1"` are alike.
 *
 * Perf: one tag, as browsers send it, is found without cutting the list. A tag that holds a comma is found only so.
 */
function listsTag(list: string, etag: string): boolean {
  if (list === etag) return true
  let start = 0
  while (start <= list.length) {
    const comma = list.indexOf(',', start)
    const end = comma === -1 ? list.length : comma
    if (isSameTag(trimSpaces(list, start, end), etag)) return true
    start = end + 1
  }
  return false
}

function isSameTag(a: string, b: string): boolean {
  return a === b || (a.length === b.length + 2 ? a === `W/${b}` : b === `W/${a}`)
}

/** Cuts spaces only: a tab belongs to the item, as in `fresh`. */
function trimSpaces(text: string, from: number, to: number): string {
  let start = from
  let end = to
  while (start < end && text.charCodeAt(start) === 0x20) start++
  while (end > start && text.charCodeAt(end - 1) === 0x20) end--
  return text.slice(start, end)
}
