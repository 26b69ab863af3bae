const DAY_MS = 86_400_000

/** A time in which a version is out of order on purpose. */
export interface Brownout {
  readonly from: Date
  readonly until: Date
  /** Again after so many days of 24 hours: 1 every day, 7 every week. Default: once. */
  readonly everyDays?: number
  /** How often in all, with `everyDays`. Default: without end. */
  readonly times?: number
}

/** The end of the brownout at a time, both in milliseconds since 1970; null outside of all. */
export type BrownoutEnd = (nowMs: number) => number | null

/** @throws TypeError for a brownout that never is, or that never ends. */
export function compileBrownouts(brownouts: readonly Brownout[]): BrownoutEnd {
  const windows = brownouts.map(compileWindow)
  return function brownoutEnd(nowMs) {
    let end: number | null = null
    // Where they overlap, the end of the last.
    for (const window of windows) {
      const own = window(nowMs)
      if (own !== null && (end === null || own > end)) end = own
    }
    return end
  }
}

function compileWindow({ from, until, everyDays, times = Number.POSITIVE_INFINITY }: Brownout): BrownoutEnd {
  const start = from.getTime()
  const length = until.getTime() - start
  if (!(length > 0)) throw new TypeError('brownouts: `until` must be a date after `from`')
  if (everyDays === undefined) return (now) => (now >= start && now < start + length ? start + length : null)
  const period = everyDays * DAY_MS
  if (!(everyDays > 0) || length >= period) {
    throw new TypeError('brownouts: `everyDays` must be longer than the time from `from` to `until`')
  }
  return function repeatedEnd(now) {
    const turn = Math.floor((now - start) / period)
    if (turn < 0 || turn >= times) return null
    const end = start + turn * period + length
    return now < end ? end : null
  }
}
