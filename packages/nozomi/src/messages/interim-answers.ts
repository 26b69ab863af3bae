import { validateHeaderName, validateHeaderValue } from 'node:http'
import { carrier, type Carried } from './carrier.js'
import type { OutgoingState } from './node-state.js'

/*
 * The answers before the answer: 100, 102, 103 (RFC 9110 §15.2).
 *
 * Security: node writes them as they are asked for, on some versions in the middle of the answer itself, where a client
 * reads them as a piece of the body, or as the next answer. Node 20 checks neither names nor values of early hints, so that
 * a CR LF in one splits the response.
 */

type Response = OutgoingState & Carried
type Hints = Record<string, unknown>
type Done = (() => void) | undefined

const NAMES = ['writeContinue', 'writeProcessing', 'writeEarlyHints', 'writeInformation'] as const

/** The method that an override stands before, looked up when it is called. */
type NextMethod = (name: (typeof NAMES)[number]) => (...args: never[]) => unknown

const overrides = (next: NextMethod) => ({
  writeContinue(this: Response, done: Done): unknown {
    return maySend(this, done) ? next('writeContinue').call(this, ...([done] as never[])) : undefined
  },

  writeProcessing(this: Response, done: Done): unknown {
    return maySend(this, done) ? next('writeProcessing').call(this, ...([done] as never[])) : undefined
  },

  /** @throws TypeError when a name is no token, or a value holds a character that no field may hold. */
  writeEarlyHints(this: Response, hints: Hints, done: Done): unknown {
    for (const [name, value] of Object.entries(hints ?? {})) assertField(this, name, value)
    return maySend(this, done) ? next('writeEarlyHints').call(this, ...([hints, done] as never[])) : undefined
  },

  /** Since Node.js 24. It checks the fields by itself. */
  writeInformation(this: Response, status: number, fields: unknown, done: Done): unknown {
    for (const name of namesOf(fields)) assertNoLength(this, name)
    return maySend(this, done)
      ? next('writeInformation').call(this, ...([status, fields, done] as never[]))
      : false
  },
})

/** Those of them that this version of node has. */
export function createInterimOverrides(next: NextMethod): object {
  return Object.fromEntries(Object.entries(overrides(next)).filter(([name]) => next(name as never)))
}

/** RFC 9110 §15.2: not to HTTP/1.0, whose clients would take it for the answer. */
function maySend(res: Response, done: Done): boolean {
  if (!res[carrier]) return true
  if (res._header !== null) {
    const error = new Error('Cannot write headers after they are sent to the client')
    throw Object.assign(error, { code: 'ERR_HTTP_HEADERS_SENT' })
  }
  if (res.req.httpVersionMajor !== 1 || res.req.httpVersionMinor !== 0) return true
  if (typeof done === 'function') process.nextTick(done)
  return false
}

function assertField(res: Response, name: string, value: unknown): void {
  validateHeaderName(name)
  for (const one of Array.isArray(value) ? value : [value]) assertValue(name, String(one))
  assertNoLength(res, name)
}

/** Parity: a malformed link has a code of its own in node, which lets a line break through on some versions. */
function assertValue(name: string, value: string): void {
  try {
    validateHeaderValue(name, value)
  } catch (error) {
    throw name === 'link' ? Object.assign(error as Error, { code: 'ERR_INVALID_ARG_VALUE' }) : error
  }
}

/** RFC 9110 §8.6, RFC 9112 §6.1: it has no content, so nothing says how long that is. */
function assertNoLength(res: Response, name: string): void {
  if (!res[carrier] || !/^(?:content-length|transfer-encoding)$/i.test(name)) return
  const error = new TypeError(`"${name}" has no place in a 1xx response`)
  throw Object.assign(error, { code: 'ERR_HTTP_INVALID_HEADER_VALUE' })
}

/** Names and values in turn, pairs of them, or an object. */
function namesOf(fields: unknown): string[] {
  if (!Array.isArray(fields)) return Object.keys(fields ?? {})
  const names: unknown[] = Array.isArray(fields[0])
    ? fields.map((pair) => pair[0])
    : fields.filter((_, index) => index % 2 === 0)
  return names.map(String)
}
