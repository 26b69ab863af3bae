import { assertMembers, refuse, show } from '../problems/given.js'

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

/**
 * @param by the function that was given them, for messages: `version()`
 * @throws ContractError for what is no brownout, and for one that never is, or that never ends
 */
export function compileBrownouts(by: string, brownouts: readonly Brownout[]): BrownoutEnd {
  if (!Array.isArray(brownouts)) {
    refuse(by, MEMBER, `is ${show(brownouts)}`, 'give a list: [{ from: new Date(…), until: new Date(…) }]')
  }
  const windows = brownouts.map((brownout, index) => compileWindow(by, `${MEMBER}[${index}]`, brownout))
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

const MEMBER = 'options.brownouts'
const MEMBERS: readonly (keyof Brownout)[] = ['from', 'until', 'everyDays', 'times']

function compileWindow(by: string, of: string, brownout: Brownout): BrownoutEnd {
  assertMembers(by, of, brownout, MEMBERS)
  const start = timeOf(by, `${of}.from`, brownout.from)
  const length = timeOf(by, `${of}.until`, brownout.until) - start
  if (!(length > 0)) refuse(by, `${of}.until`, 'the brownout never is', '`until` must be a date after `from`')
  const { everyDays, times = Number.POSITIVE_INFINITY } = brownout
  if (everyDays === undefined) return (now) => (now >= start && now < start + length ? start + length : null)
  const period = everyDays * DAY_MS
  if (typeof everyDays !== 'number' || !(everyDays > 0) || length >= period) {
    const right = '`everyDays` must be longer than the time from `from` to `until`'
    refuse(by, `${of}.everyDays`, `is ${show(everyDays)}`, right)
  }
  if (typeof times !== 'number' || !(times > 0)) {
    refuse(by, `${of}.times`, `is ${show(times)}`, 'it is a number from 1')
  }
  return function repeatedEnd(now) {
    const turn = Math.floor((now - start) / period)
    if (turn < 0 || turn >= times) return null
    const end = start + turn * period + length
    return now < end ? end : null
  }
}

function timeOf(by: string, member: string, date: unknown): number {
  const time = date instanceof Date ? date.getTime() : Number.NaN
  if (!Number.isNaN(time)) return time
  const isDate = typeof date === 'string' && !Number.isNaN(Date.parse(date))
  const wrong = date instanceof Date ? 'is an Invalid Date' : `is ${show(date)}`
  refuse(by, member, wrong, isDate ? `give a Date: new Date(${show(date)})` : 'give a valid Date')
}
