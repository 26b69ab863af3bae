import { decode, decodeEntities, type QueryCharset } from './form-text.js'
import { parseOrderlyForm } from './orderly-form.js'
import { mergeQueryKeys } from './query-tree.js'
import type { RecentNames } from './recent-names.js'
import { RepeatedValues } from './repeated-values.js'

/*
 * Form-encoded text with nested keys: `user[name]=tobi&user[tags][]=a`, as `qs` reads it.
 *
 * Request time: this runs for each urlencoded body, and for each query under the extended query parser. Perf: keys
 * without brackets are the rule, and are put into the result as they are found; nested keys in a plain order are read
 * in one pass (orderly-form.ts); the rest is collected by key (repeated-values.ts) and merged (query-tree.ts). Watched
 * by bench/micro/extended-query.mjs.
 *
 * Security: every step takes time in proportion to the text. `qs` copies an array for each repetition of a key and
 * counts one for each index, so that 25 KB of `a&a&a` keep it busy for a second; see `Differs from Express`.
 */

export interface ExtendedQueryOptions {
  /**
   * Keep keys that are names of members of every object (`toString`, `hasOwnProperty`, `constructor`, ...). A client
   * could otherwise make `req.query.hasOwnProperty('x')` or `${req.query.name}` throw. `__proto__` is never kept.
   * Default false.
   */
  allowPrototypes?: boolean
  /** Values of one key beyond this number, and indices from it on, make an object and not an array. Default 20. */
  arrayLimit?: number
  /** The charset of the escapes. Default `'utf-8'`. */
  charset?: QueryCharset
  /** A parameter `utf8=✓` (or `utf8=&#10003;`) chooses the charset, and is left out. Default false. */
  charsetSentinel?: boolean
  /** How many brackets of a key are followed; the rest of it is one name. 0: brackets mean nothing. Default 5. */
  depth?: number
  /** Decode `&#9786;` in values when the charset is iso-8859-1. Default false. */
  interpretNumericEntities?: boolean
  /** Parameters after this number are ignored. Default 1000. */
  parameterLimit?: number
  /** Throw a RangeError for keys deeper than `depth`. Default false. */
  strictDepth?: boolean
}

/** How one text is to be read: options with their defaults, and what its sentinel said. */
interface Reading {
  readonly allowPrototypes: boolean
  readonly arrayLimit: number
  readonly parameterLimit: number
  readonly charset: QueryCharset
  readonly entities: boolean
  /** Where the sentinel parameter starts, or -1. */
  readonly sentinel: number
}

const ESCAPED_BRACKET = /%5[BD]/i

/**
 * Parses form-encoded text into objects, arrays and strings.
 *
 * The result is that of `qs.parse(text, options)` in all details: holes in arrays are closed, an array over
 * `arrayLimit` becomes an object, parameters without a key are left out.
 *
 * Differs from Express: `allowPrototypes` is false unless asked for; time and memory grow with the length of the
 * text and not with its square.
 *
 * @param names with these, a form whose keys come in order is read in one pass (orderly-form.ts)
 * @throws RangeError when a key is deeper than `depth` and `strictDepth` is set.
 */
export function parseExtendedQuery(
  text: string,
  options: ExtendedQueryOptions = {},
  names: RecentNames | null = null,
): Record<string, unknown> {
  if (text === '') return {}
  if (!hasBrackets(text)) return parseFlat(text, readingOf(text, options))

  const plain = text.includes('%5') ? text.replace(/%5B/gi, '[').replace(/%5D/gi, ']') : text
  const reading = readingOf(plain, options)
  const { allowPrototypes, arrayLimit } = reading
  const { depth = 5, strictDepth = false } = options
  if (names !== null && isUsual(reading)) {
    const form = parseOrderlyForm(plain, { arrayLimit, depth, parameterLimit: reading.parameterLimit }, names)
    if (form !== null) return form
  }
  return mergeQueryKeys(collect(plain, reading), { allowPrototypes, arrayLimit, depth, strictDepth })
}

function hasBrackets(text: string): boolean {
  if (text.includes('[') || text.includes(']')) return true
  return text.includes('%5') && ESCAPED_BRACKET.test(text)
}

function readingOf(text: string, options: ExtendedQueryOptions): Reading {
  const { allowPrototypes = false, arrayLimit = 20, parameterLimit = 1000 } = options
  let charset = options.charset ?? 'utf-8'
  const sentinel = options.charsetSentinel === true ? findSentinel(text, parameterLimit) : -1
  if (sentinel !== -1) charset = sentinelCharset(text, sentinel) ?? charset
  const entities = options.interpretNumericEntities === true && charset === 'iso-8859-1'
  return { allowPrototypes, arrayLimit, parameterLimit, charset, entities, sentinel }
}

/** Whether this is read as nearly all forms are. */
function isUsual({ allowPrototypes, charset, sentinel }: Reading): boolean {
  return !allowPrototypes && charset === 'utf-8' && sentinel === -1
}

/** No key has brackets: every parameter is a property of the result. */
function parseFlat(text: string, reading: Reading): Record<string, unknown> {
  const { allowPrototypes, arrayLimit, parameterLimit, charset, entities, sentinel } = reading
  const result: Record<string, unknown> = {}
  const longestArray = Math.max(arrayLimit, 1)
  const overflowing: string[] = []
  const isPlain = !text.includes('%') && !text.includes('+')
  let equals = text.indexOf('=')
  let start = 0
  for (let count = 0; count < parameterLimit && start <= text.length; count++) {
    const ampersand = text.indexOf('&', start)
    const end = ampersand === -1 ? text.length : ampersand
    // Security: looked for again only when it was passed; else `&&&&` would search the whole rest each time.
    if (equals < start && equals !== -1) equals = text.indexOf('=', start)
    const hasValue = equals !== -1 && equals < end
    let key = text.slice(start, hasValue ? equals : end)
    let value = hasValue ? text.slice(equals + 1, end) : ''
    const isSentinel = start === sentinel
    start = end + 1
    if (key === '' || isSentinel) continue

    if (!isPlain) {
      key = decode(key, charset)
      value = decode(value, charset)
      if (entities) value = decodeEntities(value)
    }
    const existing = result[key]
    if (existing === undefined) result[key] = value
    else if (Object.hasOwn(result, key)) {
      if (repeat(result, key, existing, value) === longestArray + 1) overflowing.push(key)
    } else if (allowPrototypes && key !== '__proto__') result[key] = value
  }
  for (const key of overflowing) result[key] = { ...(result[key] as string[]) }
  return result
}

/** All values by their keys, brackets and all. */
function collect(text: string, reading: Reading): RepeatedValues {
  const { parameterLimit, charset, entities, sentinel } = reading
  const values = new RepeatedValues()
  // Where each of these stands next. Security: looked for again only when it was passed, as in `parseFlat`.
  let equals = text.indexOf('=')
  let afterBracket = text.indexOf(']=')
  let percent = text.indexOf('%')
  let plus = text.indexOf('+')
  let start = 0
  for (let count = 0; count < parameterLimit && start <= text.length; count++) {
    const ampersand = text.indexOf('&', start)
    const end = ampersand === -1 ? text.length : ampersand
    if (equals < start && equals !== -1) equals = text.indexOf('=', start)
    if (afterBracket < start && afterBracket !== -1) afterBracket = text.indexOf(']=', start)
    if (percent < start && percent !== -1) percent = text.indexOf('%', start)
    if (plus < start && plus !== -1) plus = text.indexOf('+', start)
    const from = start
    start = end + 1
    if (from === sentinel) continue

    // Parity: in `a[b=c]=d` the key ends at the `=` that follows a bracket, wherever another one is.
    let keyEnd = end
    if (afterBracket !== -1 && afterBracket < end) keyEnd = afterBracket + 1
    else if (equals !== -1 && equals < end) keyEnd = equals
    let key = text.slice(from, keyEnd)
    if (key === '') continue
    let value = text.slice(keyEnd + 1, end)
    if ((percent !== -1 && percent < end) || (plus !== -1 && plus < end)) {
      key = decode(key, charset)
      value = decode(value, charset)
    }
    if (entities) value = decodeEntities(value)
    values.add(key, value)
  }
  values.sort()
  return values
}

/** One more value of a key. Gives how many it has now. */
function repeat(values: Record<string, unknown>, key: string, existing: unknown, value: string): number {
  if (typeof existing !== 'string') return (existing as string[]).push(value)
  values[key] = [existing, value]
  return 2
}

/** Where the first parameter named `utf8` starts, or -1. */
function findSentinel(text: string, parameterLimit: number): number {
  let start = 0
  for (let count = 0; count < parameterLimit && start <= text.length; count++) {
    if (text.startsWith('utf8=', start)) return start
    const ampersand = text.indexOf('&', start)
    if (ampersand === -1) return -1
    start = ampersand + 1
  }
  return -1
}

/** A form sends the check mark in its own charset, or as an entity where that has none. */
function sentinelCharset(text: string, start: number): QueryCharset | undefined {
  const ampersand = text.indexOf('&', start)
  const parameter = text.slice(start, ampersand === -1 ? text.length : ampersand)
  if (parameter === 'utf8=%E2%9C%93') return 'utf-8'
  if (parameter === 'utf8=%26%2310003%3B') return 'iso-8859-1'
  return undefined
}
