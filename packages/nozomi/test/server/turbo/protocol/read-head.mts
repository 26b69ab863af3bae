import { HeadParser } from '#dist/server/turbo/protocol/head-parser.js'
import type { HeadLimits } from '#dist/server/turbo/protocol/limits.js'

/*
 * Heads as tests write them: lines without their ends.
 */

const LIMITS: HeadLimits = { maxHeaderSize: 16_384, maxHeadersCount: 1000 }

/** A parser that has read a head of these lines, with the empty one behind them. */
export function readHead(lines: readonly string[], limits: Partial<HeadLimits> = {}): HeadParser {
  return read(`${lines.join('\r\n')}\r\n\r\n`, limits)
}

/** A parser that has read these bytes in one packet; latin1: one character, one byte. */
export function read(bytes: string, limits: Partial<HeadLimits> = {}): HeadParser {
  const parser = new HeadParser({ ...LIMITS, ...limits })
  parser.parse(Buffer.from(bytes, 'latin1'), 0)
  return parser
}

/** The status and the reason of a refusal, or null. */
export function refusalOf(parser: HeadParser): string | null {
  return parser.refusal && `${parser.refusal.status} ${parser.refusal.reason}`
}
