import { inspect } from 'node:util'

/**
 * The value of an option as the TypeError that refuses it shows it, in quotes. Showing never throws, whatever it is.
 *
 * Parity: as a string, since body-parser's suite reads `option limit "[object Object]" is invalid`.
 */
export function quoteValue(value: unknown): string {
  try {
    return `"${String(value)}"`
  } catch {
    return `"${inspect(value, { depth: 0, breakLength: Infinity })}"`
  }
}
