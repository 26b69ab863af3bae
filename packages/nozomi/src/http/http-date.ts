/*
 * Dates as HTTP writes them (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`, in whole seconds.
 */

/**
 * Milliseconds since 1970, NaN for what is no date.
 *
 * Parity: like `fresh` and `send`, whatever `Date.parse()` understands. Of the obsolete forms that RFC 9110 §5.6.7 names,
 * that of `asctime()` is taken for local time, because it names no zone.
 */
export function parseHttpDate(value: string | undefined): number {
  return value ? Date.parse(value) : NaN
}

/** The last second that was formatted: the answers of one second share one text. */
const last = { second: NaN, text: '' }

/** @param ms Milliseconds since 1970; fractions of a second are cut off. */
export function formatHttpDate(ms: number): string {
  const second = Math.floor(ms / 1000)
  if (second !== last.second) {
    last.text = new Date(ms).toUTCString()
    last.second = second
  }
  return last.text
}
