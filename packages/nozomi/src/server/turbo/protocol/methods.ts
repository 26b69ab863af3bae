import { METHODS } from 'node:http'
import { latin1 } from './latin1.js'

/*
 * The method of a request line (RFC 9110 §9): one that node lists, letter by letter, and none else.
 */

/** By its text, the string that node has for it: what handlers compare it with, too. */
const KNOWN = new Map(METHODS.map((method) => [method, method]))

const G = 0x47
const E = 0x45
const T = 0x54
const P = 0x50
const O = 0x4f
const S = 0x53

/** The known method that stands from `from` to `end`, if it is one. */
export function methodAt(bytes: Buffer, from: number, end: number): string | undefined {
  // Perf: nearly all requests have one of these two; neither a string nor its hash is made for them.
  const first = bytes[from]
  if (first === G && end - from === 3 && bytes[from + 1] === E && bytes[from + 2] === T) return 'GET'
  if (
    first === P &&
    end - from === 4 &&
    bytes[from + 1] === O &&
    bytes[from + 2] === S &&
    bytes[from + 3] === T
  ) {
    return 'POST'
  }
  return KNOWN.get(latin1(bytes, from, end))
}

/** Whether what stands there may become a known method, when more comes. */
export function mayBecomeMethod(bytes: Buffer, from: number, end: number): boolean {
  const start = latin1(bytes, from, end)
  return METHODS.some((method) => method.startsWith(start))
}
