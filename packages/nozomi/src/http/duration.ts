/*
 * Lengths of time as people write them: `1d`, `2.5 hrs`, `10 minutes`, `500`.
 *
 * Parity: units and results are those of `ms`, which Express's `maxAge` options take.
 */

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365.25 * DAY

const UNITS: [ms: number, ...names: string[]][] = [
  [1, 'milliseconds', 'millisecond', 'msecs', 'msec', 'ms'],
  [SECOND, 'seconds', 'second', 'secs', 'sec', 's'],
  [MINUTE, 'minutes', 'minute', 'mins', 'min', 'm'],
  [HOUR, 'hours', 'hour', 'hrs', 'hr', 'h'],
  [DAY, 'days', 'day', 'd'],
  [7 * DAY, 'weeks', 'week', 'w'],
  [YEAR, 'years', 'year', 'yrs', 'yr', 'y'],
]

const MS_BY_NAME = new Map(UNITS.flatMap(([ms, ...names]) => names.map((name) => [name, ms] as const)))

const NUMBER_AND_UNIT = /^(-?\d*\.?\d+) *([a-z]*)$/i

/** Longer texts are no duration that anybody wrote: not worth a regular expression. */
const LONGEST = 100

/** Milliseconds; a bare number is one already. NaN for what is no duration. */
export function parseDuration(text: string): number {
  const parts = text.length > LONGEST ? null : NUMBER_AND_UNIT.exec(text)
  if (parts === null) return NaN
  const [, number = '', unit] = parts
  return Number.parseFloat(number) * (MS_BY_NAME.get(unit ? unit.toLowerCase() : 'ms') ?? NaN)
}
