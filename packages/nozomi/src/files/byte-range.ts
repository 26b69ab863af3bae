import parseRange from 'range-parser'
import { isUnmodified } from '../http/freshness.js'

/*
 * Which part of a file the client asks for (RFC 9110 §14).
 */

/** First and last byte, counted from the start of what may be sent. */
export interface ByteRange {
  start: number
  end: number
}

const BYTES = /^ *bytes=/

/**
 * Security: RFC 9110 §14.2 lets a server ignore a Range field, which it says for requests of many small ranges. What a
 * player or a download manager sends has one or a few.
 */
const MOST_RANGES = 64

/**
 * The one range to send; null for the whole file: no range asked for, more than one, or none that can be understood.
 * `'unsatisfiable'` when all of them lie behind the end.
 *
 * @param size what the ranges are relative to, in bytes
 */
export function chooseRange(field: string | undefined, size: number): ByteRange | 'unsatisfiable' | null {
  if (field === undefined || !BYTES.test(field) || hasTooMany(field)) return null
  const ranges = parseRange(size, field, { combine: true })
  if (ranges === -1) return 'unsatisfiable'
  return ranges === -2 || ranges.length !== 1 ? null : (ranges[0] as ByteRange)
}

/**
 * Whether the client's part belongs to this version, so that the rest may be sent.
 *
 * Parity: an entity tag is looked for anywhere in the field, and weak ones count. RFC 9110 §13.1.5 wants strong ones
 * only, which no download could ever resume with: those made from a file's time are weak.
 */
export function isRangeFresh(
  ifRange: string | undefined,
  etag: string | undefined,
  lastModified: string | undefined,
): boolean {
  if (!ifRange) return true
  if (ifRange.includes('"')) return !!etag && ifRange.includes(etag)
  return isUnmodified(lastModified, ifRange)
}

export function formatContentRange(size: number, range?: ByteRange): string {
  return `bytes ${range ? `${range.start}-${range.end}` : '*'}/${size}`
}

function hasTooMany(field: string): boolean {
  let count = 1
  for (let comma = field.indexOf(','); comma !== -1; comma = field.indexOf(',', comma + 1)) {
    if (++count > MOST_RANGES) return true
  }
  return false
}
