import type { Request, Response } from 'express-serve-static-core'

/** That something goes: since when it is known, until when it is there, where to read about it. */
export interface Lifecycle {
  /** Since when it is deprecated, which may be to come: the field `Deprecation` (RFC 9745). */
  readonly deprecated?: Date
  /** When it is expected to go: the field `Sunset` (RFC 8594). Not before `deprecated`. */
  readonly sunset?: Date
  /**
   * The address of a page that tells about it: `rel="deprecation"` and, with `sunset`, `rel="sunset"`, of the field `Link`. Or an
   * address for each.
   */
  readonly link?: string | LifecycleLinks
}

export interface LifecycleLinks {
  readonly deprecation?: string | undefined
  readonly sunset?: string | undefined
  /** What comes after it (RFC 5829), which may be another one for each request. */
  readonly successor?: string | ((req: Request) => string)
}

/** Says the fields of a lifecycle on an answer. What it returns takes them away again. */
export type Announce = (req: Request, res: Response) => () => void

/** Null where there is nothing to say. @throws TypeError for dates that contradict each other, and for what is no date. */
export function compileLifecycle(lifecycle: Lifecycle): Announce | null {
  const fields = datesOf(lifecycle)
  const links = fixedLinksOf(lifecycle)
  const { link } = lifecycle
  const successor = typeof link === 'object' ? link.successor : undefined
  if (fields.length === 0 && links.length === 0 && successor === undefined) return null
  return function announce(req, res) {
    const own = successor === undefined ? links : [...links, successorOf(successor, req)]
    return setFields(res, own.length === 0 ? fields : [...fields, ['Link', linkWith(res, own)]])
  }
}

/** RFC 9745 §2: a date of structured fields. RFC 8594 §3: an HTTP-date. */
function datesOf({ deprecated, sunset }: Lifecycle): [string, string][] {
  const fields: [string, string][] = []
  if (deprecated !== undefined) {
    fields.push(['Deprecation', `@${Math.floor(timeOf('deprecated', deprecated) / 1000)}`])
  }
  if (sunset === undefined) return fields
  const end = timeOf('sunset', sunset)
  // RFC 9745 §4.
  if (deprecated !== undefined && end < deprecated.getTime()) {
    throw new TypeError('`sunset` must not be before `deprecated`')
  }
  fields.push(['Sunset', sunset.toUTCString()])
  return fields
}

function timeOf(name: string, date: Date): number {
  const time = date instanceof Date ? date.getTime() : Number.NaN
  if (Number.isNaN(time)) throw new TypeError(`\`${name}\` must be a valid Date`)
  return time
}

function fixedLinksOf({ deprecated, sunset, link }: Lifecycle): string[] {
  if (link === undefined) return []
  if (typeof link !== 'string') {
    const { deprecation, sunset: end } = link
    const links: string[] = []
    if (deprecation !== undefined) links.push(formatLink(deprecation, 'deprecation'))
    if (end !== undefined) links.push(formatLink(end, 'sunset'))
    return links
  }
  const links: string[] = []
  if (deprecated !== undefined || sunset === undefined) links.push(formatLink(link, 'deprecation'))
  if (sunset !== undefined) links.push(formatLink(link, 'sunset'))
  return links
}

function successorOf(successor: string | ((req: Request) => string), req: Request): string {
  return formatLink(typeof successor === 'string' ? successor : successor(req), 'successor-version')
}

function formatLink(address: string, relation: string): string {
  return `<${safeAddress(address)}>; rel="${relation}"`
}

/** Security: what a client sends may be a part of the address, and must neither end the link nor begin another one or a field. */
function safeAddress(address: string): string {
  return address.replace(/[^\u0021-\u007e]|["<>\\^`{|}]/gu, (char) => {
    const code = char.codePointAt(0) as number
    // Half of a surrogate pair has no encoding.
    return code >= 0xd800 && code <= 0xdfff ? '%EF%BF%BD' : encodeURIComponent(char)
  })
}

function linkWith(res: Response, links: readonly string[]): string {
  const before = res.getHeader('Link')
  return [...(before === undefined ? [] : [before].flat()), ...links].join(', ')
}

function setFields(res: Response, fields: readonly (readonly [string, string])[]): () => void {
  const before = fields.map(([name]) => res.getHeader(name))
  for (const [name, value] of fields) res.setHeader(name, value)
  return function retract() {
    if (res.headersSent) return
    for (const [i, [name, value]] of fields.entries()) {
      // What somebody else has set since then is theirs.
      if (res.getHeader(name) !== value) continue
      const old = before[i]
      if (old === undefined) res.removeHeader(name)
      else res.setHeader(name, old)
    }
  }
}
