/** A path of the document that a request has. */
export interface PathMatch<T> {
  readonly value: T
  /** As they came, not decoded. */
  readonly params: Readonly<Record<string, string>>
}

interface Entry<T> {
  readonly value: T
  readonly pattern: RegExp
  readonly names: readonly string[]
  /** How many letters of the template are text. */
  readonly textLength: number
}

const PARAMETER = /\{([^{}]*)\}/gu

/**
 * The paths of a document, by their number of segments and the first of these. Parity: letters of either case are the same, and
 * a slash at the end is none, as routers of Express have it unless they are told otherwise.
 */
export class PathIndex<T> {
  readonly #entries = new Map<string, Entry<T>[]>()

  constructor(templates: Iterable<readonly [string, T]>) {
    for (const [template, value] of templates) {
      const first = firstSegment(template)
      const key = keyOf(template, first.includes('{') ? ANY : first)
      const entries = this.#entries.get(key)
      const entry = compileTemplate(template, value)
      if (entries) entries.push(entry)
      else this.#entries.set(key, [entry])
    }
  }

  /** All that match, the narrowest first. OpenAPI: what has more text comes before what has more parameters. */
  find(pathname: string): PathMatch<T>[] {
    const named = this.#entries.get(keyOf(pathname, firstSegment(pathname))) ?? []
    const others = this.#entries.get(keyOf(pathname, ANY)) ?? []
    const found = [...named, ...others].flatMap((entry) => {
      const match = entry.pattern.exec(pathname)
      return match ? [{ entry, match }] : []
    })
    return found
      .toSorted(({ entry: one }, { entry: other }) => {
        return one.names.length - other.names.length || other.textLength - one.textLength
      })
      .map(({ entry, match }) => ({ value: entry.value, params: paramsOf(entry.names, match) }))
  }
}

/** Stands for a first segment that is a parameter. No segment has a slash in it. */
const ANY = '/'

function keyOf(path: string, first: string): string {
  return `${countSegments(path)} ${first}`
}

function firstSegment(path: string): string {
  const end = path.indexOf('/', 1)
  return path.slice(1, end < 0 ? undefined : end).toLowerCase()
}

function compileTemplate<T>(template: string, value: T): Entry<T> {
  const names: string[] = []
  const text = trimmed(template).split(PARAMETER)
  const source = text.map((part, index) => {
    if (index % 2 === 0) return part.replace(/[\\^$.*+?()[\]|{}/]/gu, '\\$&')
    names.push(part)
    return '([^/]+?)'
  })
  const textLength = text.filter((_, index) => index % 2 === 0).join('').length
  return { value, pattern: new RegExp(`^${source.join('')}/?$`, 'iu'), names, textLength }
}

function paramsOf(names: readonly string[], match: RegExpExecArray): Record<string, string> {
  return Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? '']))
}

function trimmed(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
}

function countSegments(path: string): number {
  let count = 0
  const end = trimmed(path).length
  for (let at = 0; at < end; at++) if (path.charCodeAt(at) === 0x2f) count++
  return count
}
