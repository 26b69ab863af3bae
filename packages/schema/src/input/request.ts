import type { IncomingHttpHeaders } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import { takesQuery } from './request-class.js'

/** What is read of a request, and replaced. */
export interface InputRequest {
  readonly headers: IncomingHttpHeaders
  readonly httpVersionMajor?: number
  readonly stream?: { readonly endAfterHeaders?: boolean }
  params: Record<string, unknown>
  query: unknown
  body?: unknown
  cookies?: unknown
  signedCookies?: unknown
  file?: unknown
  files?: unknown
  valid?: ValidParts
  [kept]?: Kept
}

/** `req.valid`: the parts that contracts named, as their schemas gave them. */
export interface ValidParts {
  params?: unknown
  query?: unknown
  headers?: unknown
  cookies?: unknown
  body?: unknown
  files?: unknown
}

/** Where a request keeps what its parts were before they were validated. */
const kept = Symbol('nozomi.schema.kept')

/** Perf: on Node 20 each request of Express has a hidden class of its own, after what Express does to its prototype. */
const SHARES_CLASSES = Number(process.versions.node.split('.', 1)[0]) >= 24

/**
 * Where that of the requests of Express is kept on older nodes. Perf: a new member costs more than a microsecond there, and an entry here a
 * quarter of one; where requests share their class, a member costs next to nothing. Watched by bench/validate.mjs.
 */
const keptBeside = new WeakMap<InputRequest, Kept>()

/**
 * What the parts of a request were, and what became of them. Several contracts may stand before a handler: each gets what the client
 * sent, and not what a schema before it left of that; unless somebody else has replaced the part since.
 */
export class Kept {
  readonly params = new KeptPart()
  readonly query = new KeptPart()
  readonly cookies = new KeptPart()
  readonly body = new KeptPart()
}

/** One part of a request, from contract to contract. */
export class KeptPart {
  /** What the client sent. */
  raw: unknown = undefined
  /** What the contracts have made of it. */
  parsed: unknown = undefined
  /** Whether a contract before has made something of it that still stands. */
  isParsed = false

  /** What the client sent, as far as is known, where `current` is there now. */
  take(current: unknown): unknown {
    this.isParsed = current !== undefined && this.parsed === current
    if (!this.isParsed) this.raw = current
    return this.raw
  }

  /** What is to be there after a contract that names these keys made `value` of it. */
  put(value: unknown, named: ReadonlySet<string>, sent: unknown = this.raw): unknown {
    this.parsed = this.isParsed ? together(this.parsed, value, sent, named) : value
    return this.parsed
  }
}

/** What is kept of a request. Perf: a contract asks for it once, and hands it to its parts. */
export function keptOf(req: InputRequest): Kept {
  if (SHARES_CLASSES || takesQuery(req)) return (req[kept] ??= new Kept())
  let found = keptBeside.get(req)
  if (found === undefined) {
    found = new Kept()
    keptBeside.set(req, found)
  }
  return found
}

/** `req.valid`, made where there was none. Perf: each part is written by its name, where it is validated. */
export function validOf(req: InputRequest): ValidParts {
  return (req.valid ??= {})
}

/**
 * Two results of one part: the members of both, where they have members. The second counts; undefined is none.
 *
 * Some libraries give keys that their schema does not name as they were sent: of these the first counts, unless the second contract
 * has changed them.
 *
 * @param named the keys that the second contract names
 */
export function together(
  first: unknown,
  second: unknown,
  sent: unknown,
  named: ReadonlySet<string>,
): unknown {
  if (first === undefined || !isRecord(first) || !isRecord(second)) return second
  const both = { ...first, ...second }
  for (const key in second) {
    if (Object.hasOwn(first, key) && !named.has(key) && isAsSent(key, second, sent)) both[key] = first[key]
  }
  return both
}

function isAsSent(key: string, made: Readonly<Record<string, unknown>>, sent: unknown): boolean {
  if (typeof sent !== 'object' || sent === null || !Object.hasOwn(sent, key)) return false
  return isDeepStrictEqual(made[key], (sent as Record<string, unknown>)[key])
}

/** All members of the first, with those of the second in their place. */
export function over(
  all: Readonly<Record<string, unknown>>,
  some: Record<string, unknown>,
): Record<string, unknown> {
  for (const key in all) if (!Object.hasOwn(some, key)) return { ...all, ...some }
  return some
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
