import type { Point } from '../../types/shadow.js'

/** Says where a point is, so that two comparisons can be held against each other. */
export function keyOf({ what, where }: Pick<Point, 'what' | 'where'>): string {
  return where === '' ? what : `${what} ${what === 'field' ? where.toLowerCase() : where}`
}

/**
 * What the user does not want compared: the name of a field (`X-Request-Id`), a path in JSON (`$.items[*].at`), or a kind of
 * difference (`field order`, `events`).
 */
export function compileIgnored(list: readonly string[]): (point: Point) => boolean {
  const names = new Set(list.filter((one) => !one.startsWith('$')).map((one) => one.toLowerCase()))
  const paths = list.filter((one) => one.startsWith('$')).map(asExpression)
  return ({ what, where }) => {
    if (names.has(what)) return true
    if (what === 'body') return paths.some((path) => path.test(where))
    const lower = where.toLowerCase()
    return names.has(lower) || (lower.startsWith('set-cookie ') && names.has('set-cookie'))
  }
}

/** `*` stands for one key or index; what is below an ignored path is ignored too. */
function asExpression(path: string): RegExp {
  const escaped = path.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replaceAll('*', String.raw`[^.[\]]+`)}(?:$|[.[])`)
}

/** Fields whose value means something to every client: that they vary in one place does not excuse them in another. */
const MEANINGFUL =
  /^field (content-|location|etag|set-cookie|cache-control|vary|allow|access-control-|www-authenticate|last-modified)/
/** Places in the answers of one path that are remembered. */
const KEPT = 10_000

/** What Express itself answers otherwise from one run to the next: it says nothing about Nozomi. */
export class Noise {
  /** Fields that were seen to vary, and will. */
  readonly #fields = new Set<string>()
  /** Members of JSON that were seen to vary, with the path that was asked. */
  readonly #members = new Set<string>()

  /**
   * The points that stand, after what two runs of Express differ in.
   *
   * @param url what was asked: what varied there will vary again, and may be the same by chance
   */
  without(
    url: string,
    points: readonly Point[],
    noise: readonly Point[],
  ): { kept: Point[]; dropped: Point[] } {
    const keys = new Set(noise.map(keyOf))
    for (const key of keys) this.#remember(url, key)
    const isNoise = (point: Point) => {
      const key = keyOf(point)
      if (keys.has(key) || this.#fields.has(key)) return true
      return point.what === 'body' && (isBelow(key, keys) || this.#members.has(memberOf(url, key)))
    }
    return { kept: points.filter((point) => !isNoise(point)), dropped: points.filter(isNoise) }
  }

  #remember(url: string, key: string): void {
    if (key.startsWith('field ') && !MEANINGFUL.test(key)) this.#fields.add(key)
    if (key.startsWith('body $') && this.#members.size < KEPT) this.#members.add(memberOf(url, key))
  }
}

/** The same for all items of an array, and for all ways to write a path that Express takes for one. */
function memberOf(url: string, key: string): string {
  const path = url.split('?')[0]?.replace(/\/$/, '').toLowerCase()
  return `${path} ${key.replaceAll(/\[\d+\]/g, '[*]')}`
}

/** A text in which so many words vary is one of measurements: the others of them are the same by chance. */
const VARYING_WORDS = 10

/** Where a body, or an array in it, is built otherwise each time, what stands in it can not be held side by side. */
function isBelow(key: string, noise: ReadonlySet<string>): boolean {
  if (noise.has('body')) return true
  if (key.startsWith('body word')) {
    return [...noise].filter((one) => one.startsWith('body word')).length >= VARYING_WORDS
  }
  for (const one of noise) {
    if (one.startsWith('body byte') && key.startsWith('body byte')) return true
    const array = /^body (.+)\.length$/.exec(one)?.[1]
    const place = array ?? /^body (\$.*)$/.exec(one)?.[1]
    if (place !== undefined && (key.startsWith(`body ${place}.`) || key.startsWith(`body ${place}[`)))
      return true
  }
  return false
}
