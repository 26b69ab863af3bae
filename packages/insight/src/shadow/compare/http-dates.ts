/** How far apart two dates may be that two runs give as "now", or count from it. */
const TOLERANCE_MS = 20_000

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/

/** Whether two values are dates, and mean the same but for the time between two requests. */
export function areSameDate(one: string, other: string): boolean {
  if (!HTTP_DATE.test(one) || !HTTP_DATE.test(other)) return false
  return Math.abs(Date.parse(one) - Date.parse(other)) < TOLERANCE_MS
}
