import { create } from './create.js'

const LOOK_EVERY_MS = 30_000
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** A point in time, as short as it can be understood: the hour today, else the date and the hour. */
export function moment(iso: string): HTMLTimeElement {
  return create('time', { datetime: iso, 'data-moment': true }, textOf(iso))
}

/** Gives what is shown its date when its day is over. A page may be open for days. */
export function watchMidnight(): void {
  let day = new Date().toDateString()
  const look = (): void => {
    const today = new Date().toDateString()
    if (today === day) return
    day = today
    for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-moment]'))
      time.textContent = textOf(time.dateTime)
  }
  setInterval(look, LOOK_EVERY_MS)
  document.addEventListener('visibilitychange', look)
}

function textOf(iso: string): string {
  const then = new Date(iso)
  const isToday = then.toDateString() === new Date().toDateString()
  return isToday ? clock.format(then) : `${date.format(then)}, ${clock.format(then)}`
}
