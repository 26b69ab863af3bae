import { parse } from 'node:url'

/*
 * The request target (RFC 9112 §3.2), as Express reads `req.url`. Nearly every target is in origin form and goes
 * through the loop below; what is not (absolute form, fragments, blanks) is left to node's legacy parser, whose
 * answers Express's users know.
 *
 * Perf: runs for each layer stack that a request enters.
 */

export interface Target {
  /** Path without the query, as it stands: not decoded. Null when the target has none. */
  pathname: string | null
  /** What follows the first `?`. Null when there is none. */
  query: string | null
}

/** The path of a target, or undefined when the target can't be read at all. */
export function pathnameOf(url: string | undefined): string | null | undefined {
  if (typeof url !== 'string') return undefined
  const end = endOfOriginPath(url)
  if (end === -1) return parseRare(url)?.pathname
  return end === url.length ? url : url.slice(0, end)
}

export function queryOf(url: string | undefined): string | null {
  if (typeof url !== 'string') return null
  const end = endOfOriginPath(url)
  if (end === -1) return parseRare(url)?.query ?? null
  return end === url.length ? null : url.slice(end + 1)
}

function parseRare(url: string): Target | undefined {
  try {
    return parse(url)
  } catch {
    return undefined
  }
}

/** The index of `?` or the length, for a target in origin form; -1 for anything else. */
function endOfOriginPath(url: string): number {
  if (url.charCodeAt(0) !== 0x2f) return -1
  let end = -1
  for (let i = 1; i < url.length; i++) {
    const code = url.charCodeAt(i)
    if (code > 0x3f && code < 0xa0) continue
    if (code === 0x3f) end = end === -1 ? i : end
    else if (isForeign(code)) return -1
  }
  return end === -1 ? url.length : end
}

/** A fragment or white space: characters that have no place in a target. */
function isForeign(code: number): boolean {
  if (code === 0x23 || code === 0x20 || code === 0xa0 || code === 0xfeff) return true
  return code >= 0x09 && code <= 0x0d && code !== 0x0b
}

/**
 * `http://host` of an absolute target, which routing must leave alone when it cuts a prefix off the path.
 * Undefined for a target in origin form; empty for one that names no path.
 */
export function originOf(url: string | undefined): string | undefined {
  if (typeof url !== 'string' || url === '' || url.charCodeAt(0) === 0x2f) return undefined
  const search = url.indexOf('?')
  const scheme = url.slice(0, search === -1 ? url.length : search).indexOf('://')
  return scheme === -1 ? undefined : url.slice(0, Math.max(0, url.indexOf('/', scheme + 3)))
}
