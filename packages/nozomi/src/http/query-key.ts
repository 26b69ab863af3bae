/**
 * One step on the way that a key such as `a[b][0][]` names: a name, the index of an array (a number that stood in
 * brackets), or null for the next free index.
 */
export type Segment = string | number | null

export interface SplitOptions {
  /** Keep names that every object has from its prototype. */
  readonly allowPrototypes: boolean
  /** How many brackets are followed. */
  readonly depth: number
  /** Throw for keys with more brackets; otherwise the rest is one name. */
  readonly strictDepth: boolean
}

/**
 * Splits a key at its brackets; null when it is not to be kept. Brackets within brackets belong to the name, and a
 * bracket that is never closed makes the rest of the key one name.
 *
 * @throws RangeError when the key has more than `depth` brackets and `strictDepth` is set.
 */
export function splitKey(key: string, options: SplitOptions): Segment[] | null {
  if (options.depth <= 0) return splitNothing(key, options)
  const path: Segment[] = []
  let open = key.indexOf('[')
  const first = open === -1 ? key : key.slice(0, open)
  if (isRefused(first, options)) return null
  if (first !== '') path.push(first)

  for (let brackets = 0; open !== -1; brackets++) {
    const isTooDeep = brackets >= options.depth
    if (isTooDeep && options.strictDepth) {
      throw new RangeError(`Input depth exceeded depth option of ${options.depth} and strictDepth is true`)
    }
    const close = isTooDeep ? -1 : closingBracket(key, open)
    if (close === -1) {
      path.push(key.slice(open))
      return path
    }
    const segment = bracketSegment(key.slice(open + 1, close))
    if (typeof segment === 'string' && isRefused(segment, options)) return null
    path.push(segment)
    open = key.indexOf('[', close + 1)
  }
  return path
}

/** The index that a name is, or -1: digits without a leading zero, as far as numbers are exact. */
export function indexOfName(name: string): number {
  const first = name.charCodeAt(0)
  if (!(first >= 0x30 && first <= 0x39)) return -1
  const index = Number.parseInt(name, 10)
  return index >= 0 && String(index) === name ? index : -1
}

/** Parity: without depth the key is one name, but brackets around the whole of it still mean something. */
function splitNothing(key: string, options: SplitOptions): Segment[] | null {
  const isBracketed = key.startsWith('[') && key.endsWith(']')
  const name = isBracketed ? key.slice(1, -1) : key
  if (isRefused(name, options)) return null
  return [isBracketed ? bracketSegment(name) : name]
}

function bracketSegment(name: string): Segment {
  if (name === '') return null
  const index = indexOfName(name)
  return index === -1 ? name : index
}

/** Where the bracket that opens at `open` is closed, or -1. */
function closingBracket(key: string, open: number): number {
  let level = 0
  for (let index = open; index < key.length; index++) {
    const code = key.charCodeAt(index)
    if (code === OPEN) level++
    else if (code === CLOSE && --level === 0) return index
  }
  return -1
}

const OPEN = 0x5b
const CLOSE = 0x5d

function isRefused(name: string, options: SplitOptions): boolean {
  return !options.allowPrototypes && Object.hasOwn(Object.prototype, name)
}
