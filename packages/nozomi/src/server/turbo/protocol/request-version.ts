import { CR, LF } from './characters.js'
import { NEEDS_MORE, type Refusal, REFUSALS } from './refusal.js'

/*
 * The end of a request line (RFC 9112 §2.3): `HTTP/1.1` or `HTTP/1.0` and CRLF.
 */

/** Of the version with its line end. */
export const VERSION_LENGTH = 10

const PROTOCOL = Buffer.from('HTTP/')
const ZERO = 0x30
const ONE = 0x31
const NINE = 0x39
const DOT = 0x2e

/** The minor version; NEEDS_MORE when the bytes end within; or why it is none of ours. */
export function readVersion(bytes: Buffer, at: number): 0 | 1 | typeof NEEDS_MORE | Refusal {
  // Perf: what nearly every request has, without a loop.
  if (
    at + VERSION_LENGTH <= bytes.length &&
    bytes[at] === 0x48 &&
    bytes[at + 1] === 0x54 &&
    bytes[at + 2] === 0x54 &&
    bytes[at + 3] === 0x50 &&
    bytes[at + 4] === 0x2f &&
    bytes[at + 5] === ONE &&
    bytes[at + 6] === DOT &&
    bytes[at + 7] === ONE &&
    bytes[at + 8] === CR &&
    bytes[at + 9] === LF
  ) {
    return 1
  }
  return readRareVersion(bytes, at)
}

function readRareVersion(bytes: Buffer, at: number): 0 | 1 | typeof NEEDS_MORE | Refusal {
  for (let i = 0; i < 8; i++) {
    const byte = bytes[at + i]
    if (byte === undefined) return NEEDS_MORE
    const fits = i < 5 ? byte === PROTOCOL[i] : i === 6 ? byte === DOT : byte >= ZERO && byte <= NINE
    if (!fits) return REFUSALS.version
  }
  const minor = (bytes[at + 7] as number) - ZERO
  if (bytes[at + 5] !== ONE) return REFUSALS.otherVersion
  if (minor > 1) return REFUSALS.version
  const end = bytes[at + 8]
  if (end === undefined) return NEEDS_MORE
  if (end !== CR) return end === LF ? REFUSALS.bareLineFeed : REFUSALS.version
  if (bytes[at + 9] === undefined) return NEEDS_MORE
  return bytes[at + 9] === LF ? (minor as 0 | 1) : REFUSALS.bareCarriageReturn
}
