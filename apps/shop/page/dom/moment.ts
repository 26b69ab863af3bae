import { create } from './create.js'

const DAY_MS = 86_400_000
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** A point in time, as short as it can be understood: the hour today, else the date and the hour. */
export function moment(iso: string): HTMLTimeElement {
  const then = new Date(iso)
  const isToday = then.toDateString() === new Date().toDateString()
  const isRecent = Math.abs(Date.now() - then.getTime()) < DAY_MS && isToday
  const text = isRecent ? clock.format(then) : `${date.format(then)}, ${clock.format(then)}`
  return create('time', { datetime: iso }, text)
}
