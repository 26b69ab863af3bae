import { METHODS } from 'node:http'
import { CR, LF, SP, TARGET, TOKEN } from './characters.js'
import { latin1 } from './latin1.js'
import { REFUSED, REFUSALS } from './refusal.js'
import { RequestFacts } from './request-facts.js'
import { isTargetFor, mayBecomeTarget } from './request-target.js'

export type { HeadLimits } from './limits.js'
export { NEEDS_MORE, REFUSED } from './refusal.js'

/*
 * The head of a request (RFC 9112 §2-5), from bytes: empty lines, the request line, the fields.
 */

/** RFC 9112 §2.2: at least one empty line before a request is to be ignored; some old clients send one after a body. */
const MOST_EMPTY_LINES = 4

const KNOWN_METHODS = new Set(METHODS)
const VERSION = Buffer.from('HTTP/')

const IDLE = 0
const REQUEST_LINE = 1
const FIELDS = 2

/** One a connection; used again for each request on it. */
export class HeadParser extends RequestFacts {
  #phase = IDLE
  #emptyLines = 0

  /** Names and values in turn, as they came. A new array for each request: handlers keep it. */
  get rawHeaders(): string[] {
    return this.fields
  }

  /** Whether no byte of the next head has come. Empty lines before it are none. */
  isIdle(): boolean {
    return this.#phase === IDLE
  }

  /** Takes bytes from `offset`. Gives the offset behind the head, NEEDS_MORE (all bytes were taken), or REFUSED. */
  parse(chunk: Buffer, offset: number): number {
    if (this.refusal !== null) return REFUSED
    const before = this.kept.length
    if (before === 0) return this.#read(chunk, offset)
    const end = this.#read(this.withKept(chunk, offset), 0)
    return end < 0 ? end : end - before + offset
  }

  #read(bytes: Buffer, from: number): number {
    let at = from
    if (this.#phase === IDLE) {
      at = this.#skipEmptyLines(bytes, at)
      if (at < 0) return at
      this.#phase = REQUEST_LINE
      this.counted = 0
      this.fields = []
      this.resetFacts()
    }
    if (this.#phase === REQUEST_LINE) {
      at = this.#readRequestLine(bytes, at)
      if (at < 0) return at
      this.#phase = FIELDS
    }
    const end = this.readFields(bytes, at)
    return end < 0 ? end : this.#finish(end)
  }

  #skipEmptyLines(bytes: Buffer, from: number): number {
    let at = from
    while (bytes[at] === CR) {
      if (at + 1 === bytes.length) return this.keep(bytes, at)
      if (bytes[at + 1] !== LF) return this.refuse(REFUSALS.bareCarriageReturn, 0)
      if (++this.#emptyLines > MOST_EMPTY_LINES) return this.refuse(REFUSALS.emptyLines, 0)
      at += 2
    }
    return at === bytes.length ? this.keep(bytes, at) : at
  }

  #readRequestLine(bytes: Buffer, from: number): number {
    const limit = bytes.length
    let at = from
    while (at < limit && TOKEN[bytes[at] as number] === 1) at++
    const method = latin1(bytes, from, at)
    if (at === limit && METHODS.some((known) => known.startsWith(method))) return this.keep(bytes, from)
    if (bytes[at] !== SP || !KNOWN_METHODS.has(method)) return this.refuse(REFUSALS.method, 0)

    const targetAt = ++at
    while (at < limit && TARGET[bytes[at] as number] === 1) at++
    const size = at - targetAt
    const target = latin1(bytes, targetAt, at)
    if (!mayBecomeTarget(method, target)) return this.refuse(REFUSALS.targetForm, size)
    if (size >= this.limits.maxHeaderSize) return this.refuse(REFUSALS.tooLarge, size)
    if (at === limit) return this.keep(bytes, from)
    if (bytes[at] !== SP || size === 0) return this.refuse(REFUSALS.target, size)
    if (!isTargetFor(method, target)) return this.refuse(REFUSALS.targetForm, size)

    const end = this.#readVersion(bytes, at + 1, from)
    if (end < 0) return end
    this.method = method
    this.target = target
    this.counted = size
    return end
  }

  #readVersion(bytes: Buffer, from: number, lineAt: number): number {
    for (let i = 0; i < 8; i++) {
      const byte = bytes[from + i]
      if (byte === undefined) return this.keep(bytes, lineAt)
      const fits = i < 5 ? byte === VERSION[i] : i === 6 ? byte === 0x2e : byte >= 0x30 && byte <= 0x39
      if (!fits) return this.refuse(REFUSALS.version, 0)
    }
    const minor = (bytes[from + 7] as number) - 0x30
    if (bytes[from + 5] !== 0x31) return this.refuse(REFUSALS.otherVersion, 0)
    if (minor > 1) return this.refuse(REFUSALS.version, 0)
    const at = from + 8
    if (at === bytes.length) return this.keep(bytes, lineAt)
    if (bytes[at] !== CR) return this.refuse(bytes[at] === LF ? REFUSALS.bareLineFeed : REFUSALS.version, 0)
    if (at + 1 === bytes.length) return this.keep(bytes, lineAt)
    if (bytes[at + 1] !== LF) return this.refuse(REFUSALS.bareCarriageReturn, 0)
    this.minor = minor as 0 | 1
    return at + 2
  }

  #finish(end: number): number {
    const refusal = this.settle(this.limits.requireHostHeader !== false)
    if (refusal !== null) return this.refuse(refusal, 0)
    this.#phase = IDLE
    this.#emptyLines = 0
    this.forget()
    return end
  }
}
