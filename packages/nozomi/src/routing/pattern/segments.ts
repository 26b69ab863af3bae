import type { Token } from 'path-to-regexp'
import { decodeParam } from './decode-param.js'
import type { Matcher, PatternOptions } from './matcher.js'

/*
 * The patterns that nearly every route has, `/orders` and `/orders/:id/items/:item`: each segment is text, or one
 * parameter. They need no regular expression. Whatever else a pattern holds is path-to-regexp's, which is also the
 * oracle of this file.
 *
 * Perf: runs for each layer that may match (bench/micro/patterns.mjs): no regular expression, no array of groups, and
 * the names of the parameters are known before.
 */

const SLASH = 0x2f
const ASCII = /^[\0-\x7f]*$/
const NO_KEYS: readonly string[] = Object.freeze([])

interface Segments {
  /** `texts[i]` stands before the parameter `names[i]`; the last text follows the last parameter. */
  texts: readonly string[]
  names: readonly string[]
}

/** A matcher for a pattern of whole segments; undefined for every other pattern. */
export function compileSegments(tokens: readonly Token[], options: PatternOptions): Matcher | undefined {
  const segments = segmentsOf(tokens)
  if (!segments) return undefined
  const sensitive = options.sensitive ?? false
  const isPrefix = options.end === false
  const takesSlash = !options.strict
  return segments.names.length === 0
    ? matchText(segments.texts[0] as string, sensitive, isPrefix, takesSlash)
    : matchSegments(segments, sensitive, isPrefix, takesSlash)
}

function segmentsOf(tokens: readonly Token[]): Segments | undefined {
  const texts: string[] = []
  const names: string[] = []
  for (const [i, token] of tokens.entries()) {
    const isText = token.type === 'text'
    if (isText !== (i % 2 === 0)) return undefined
    if (token.type === 'param') names.push(token.name)
    else if (token.type !== 'text' || !isWhole(token.value, i, tokens.length)) return undefined
    else texts.push(token.value)
  }
  if (texts.length === 0 || new Set(names).size !== names.length) return undefined
  if (texts.length === names.length) texts.push('')
  return { texts, names }
}

/** Whether the parameters before and after a text are whole segments. Case outside of ASCII is path-to-regexp's. */
function isWhole(text: string, index: number, count: number): boolean {
  return text.startsWith('/') && (index === count - 1 || text.endsWith('/')) && ASCII.test(text)
}

/** The end of a match that has come to `at`: the path's length, a slash behind it, or -1 when it goes on. */
function endOfMatch(path: string, at: number, isPrefix: boolean, takesSlash: boolean): number {
  if (at === path.length) return at
  if (path.charCodeAt(at) !== SLASH) return -1
  if (takesSlash && at + 1 === path.length) return path.length
  return isPrefix ? at : -1
}

function matchText(text: string, sensitive: boolean, isPrefix: boolean, takesSlash: boolean): Matcher {
  return function matchStatic(path) {
    if (!hasAt(path, text, 0, sensitive)) return false
    const end = endOfMatch(path, text.length, isPrefix, takesSlash)
    if (end === -1) return false
    const taken = end === path.length ? path : path.slice(0, end)
    return { path: taken, params: Object.create(null), keys: NO_KEYS }
  }
}

function matchSegments(
  { texts, names }: Segments,
  sensitive: boolean,
  isPrefix: boolean,
  takesSlash: boolean,
): Matcher {
  const last = texts[names.length] as string
  return function matchParameters(path) {
    // Two rounds, so that nothing is made or decoded for a path that does not match.
    const at = endOfParameters(path, texts, names.length, sensitive)
    if (at === -1 || !hasAt(path, last, at, sensitive)) return false
    const end = endOfMatch(path, at + last.length, isPrefix, takesSlash)
    if (end === -1) return false
    const params: Record<string, unknown> = Object.create(null)
    let from = 0
    for (let i = 0; i < names.length; i++) {
      from += (texts[i] as string).length
      const to = endOfSegment(path, from)
      params[names[i] as string] = decodeParam(path.slice(from, to))
      from = to
    }
    return { path: end === path.length ? path : path.slice(0, end), params, keys: names }
  }
}

/** Where the last parameter ends, or -1. */
function endOfParameters(path: string, texts: readonly string[], count: number, sensitive: boolean): number {
  let at = 0
  for (let i = 0; i < count; i++) {
    const text = texts[i] as string
    if (!hasAt(path, text, at, sensitive)) return -1
    const from = at + text.length
    at = endOfSegment(path, from)
    if (at === from) return -1
  }
  return at
}

function endOfSegment(path: string, from: number): number {
  const slash = path.indexOf('/', from)
  return slash === -1 ? path.length : slash
}

/** Whether the text, which is ASCII, stands in the path at a place. */
function hasAt(path: string, text: string, at: number, sensitive: boolean): boolean {
  if (path.length - at < text.length) return false
  for (let i = 0; i < text.length; i++) {
    const want = text.charCodeAt(i)
    const have = path.charCodeAt(at + i)
    if (have !== want && (sensitive || !isSameLetter(have, want))) return false
  }
  return true
}

/** Whether two characters are one ASCII letter in both its cases: those differ in one bit. */
function isSameLetter(a: number, b: number): boolean {
  const lower = a | 0x20
  return (a ^ b) === 0x20 && lower >= 0x61 && lower <= 0x7a
}
