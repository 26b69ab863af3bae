import { CR, LF, SP, TARGET, TOKEN } from './characters.js'
import { latin1 } from './latin1.js'
import { mayBecomeMethod, methodAt } from './methods.js'
import { NEEDS_MORE, REFUSED, REFUSALS } from './refusal.js'
import { RequestFacts } from './request-facts.js'
import { isTargetFor, mayBecomeTarget } from './request-target.js'
import { readVersion, VERSION_LENGTH } from './request-version.js'

export type { HeadLimits } from './limits.js'
export { NEEDS_MORE, REFUSED } from './refusal.js'

/*
 * The head of a request (RFC 9112 §2-5), from bytes: empty lines, the request line, the fields.
 *
 * Perf: runs for each request; `bench/micro/turbo-head.mjs` watches it. A head that comes whole is read where it lies,
 * without a copy.
 */

/** RFC 9112 §2.2: at least one empty line before a request is to be ignored; some old clients send one after a body. */
const MOST_EMPTY_LINES = 4

const SLASH = 0x2f

const IDLE = 0
const REQUEST_LINE = 1
const FIELDS = 2

/** One a connection; used again for each request on it. */
export class HeadParser extends RequestFacts {
  /**
   * Names and values in turn, as they came. A new array for each request: handlers keep it.
   *
   * Long values are slices of the head's string, and keep all of it alive (`maxHeaderSize` at most) as long as they live.
   */
  rawHeaders: string[] = []

  #phase = IDLE
  #emptyLines = 0
  /** Where the target starts and ends, from the start of the head on. */
  #targetAt = 0
  #targetEnd = 0

  /** Whether no byte of the next head has come. Empty lines before it are none. */
  isIdle(): boolean {
    return this.#phase === IDLE
  }

  /** Takes bytes from `offset`. Gives the offset behind the head, NEEDS_MORE (all bytes were taken), or REFUSED. */
  parse(chunk: Buffer, offset: number): number {
    if (this.refusal !== null) return REFUSED
    const before = this.keptLength
    if (before === 0) return this.#read(chunk, offset, offset)
    const end = this.#read(this.continued(chunk, offset), 0, this.keptLineAt)
    return end < 0 ? end : end - before + offset
  }

  #read(bytes: Buffer, from: number, lineAt: number): number {
    let headAt = from
    let at = lineAt
    if (this.#phase === IDLE) {
      headAt = at = this.#skipEmptyLines(bytes, lineAt)
      if (at < 0) return at
      this.#phase = REQUEST_LINE
      this.counted = 0
    }
    if (this.#phase === REQUEST_LINE) {
      at = this.#readRequestLine(bytes, headAt)
      if (at < 0) return at
      this.#phase = FIELDS
    }
    const end = this.readLines(bytes, headAt, at)
    return end < 0 ? end : this.#finish(bytes, headAt, end)
  }

  #skipEmptyLines(bytes: Buffer, from: number): number {
    let at = from
    while (bytes[at] === CR) {
      if (at + 1 === bytes.length) return this.keep(bytes, at, at)
      if (bytes[at + 1] !== LF) return this.refuse(REFUSALS.bareCarriageReturn, 0)
      if (++this.#emptyLines > MOST_EMPTY_LINES) return this.refuse(REFUSALS.emptyLines, 0)
      at += 2
    }
    if (at < bytes.length) return at
    this.forget()
    return NEEDS_MORE
  }

  #readRequestLine(bytes: Buffer, headAt: number): number {
    const limit = bytes.length
    let at = headAt
    while (at < limit && TOKEN[bytes[at] as number] === 1) at++
    if (at === limit && mayBecomeMethod(bytes, headAt, at)) return this.keep(bytes, headAt, headAt)
    const method = methodAt(bytes, headAt, at)
    if (method === undefined || bytes[at] !== SP) return this.refuse(REFUSALS.method, 0)

    const targetAt = ++at
    while (at < limit && TARGET[bytes[at] as number] === 1) at++
    const size = at - targetAt
    const isOrigin = bytes[targetAt] === SLASH && method !== 'CONNECT'
    const { maxHeaderSize } = this.limits
    // Invariant: what is looked at here is as long as it would have been, had the target come in pieces.
    const start = Math.min(at, targetAt + maxHeaderSize - 1)
    if (!isOrigin && !mayBecomeTarget(method, latin1(bytes, targetAt, start))) {
      return this.refuse(REFUSALS.targetForm, 0)
    }
    if (size >= maxHeaderSize) return this.refuse(REFUSALS.tooLarge, size)
    if (at === limit) return this.keep(bytes, headAt, headAt)
    if (bytes[at] !== SP || size === 0) return this.refuse(REFUSALS.target, size)
    if (!isOrigin && !isTargetFor(method, latin1(bytes, targetAt, at))) {
      return this.refuse(REFUSALS.targetForm, size)
    }

    const minor = readVersion(bytes, at + 1)
    if (minor === NEEDS_MORE) return this.keep(bytes, headAt, headAt)
    if (typeof minor === 'object') return this.refuse(minor, size)
    this.method = method
    this.minor = minor
    this.counted = size
    this.#targetAt = targetAt - headAt
    this.#targetEnd = at - headAt
    return at + 1 + VERSION_LENGTH
  }

  /** The head is complete, and well formed. */
  #finish(bytes: Buffer, headAt: number, end: number): number {
    const text = latin1(bytes, headAt, end)
    this.target = text.slice(this.#targetAt, this.#targetEnd)
    this.resetFacts()
    const fields = this.cutFields(text)
    if (fields === null) return REFUSED
    const refusal = this.settle()
    if (refusal !== null) return this.refuse(refusal, 0)
    this.rawHeaders = fields
    this.#phase = IDLE
    this.#emptyLines = 0
    this.forget()
    return end
  }
}
