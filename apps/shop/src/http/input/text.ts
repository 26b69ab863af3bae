import { z } from 'zod'

/**
 * Security: control characters and halves of surrogate pairs are no text. PostgreSQL refuses NUL, terminals obey
 * escape sequences, and a lone surrogate is not what it was after it went through UTF-8. In a line, neither are signs
 * that turn the direction of writing (U+202A to 202E, 2066 to 2069): a name could show as another one, or turn round
 * what stands beside it. Letters that are written from right to left need none of them.
 */
const LINE = /^[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]*$/u
const LINES = /^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u

/** One line of text, without spaces around it. */
export function line(min: number, max: number) {
  return z.string().trim().min(min).max(max).regex(LINE)
}

/** Text that may have line breaks, without spaces around it. */
export function lines(max: number) {
  return z.string().trim().max(max).regex(LINES)
}

/** A whole number, which in a query or a path stands in decimal digits. */
export function whole(min: number, max: number) {
  return z.int().min(min).max(max)
}
