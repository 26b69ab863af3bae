import type { IncomingHttpHeaders } from 'node:http'
import { isDeepStrictEqual } from 'node:util'

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
