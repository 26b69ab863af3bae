import type { Summary } from '../../src/inspector/wire.js'
import { isHung, isSlow } from '../data/filter.js'
import type { Store } from '../data/store.js'
import { create, setText } from '../dom/create.js'
import { formatDuration, formatTime } from '../dom/format.js'
import { INCIDENT_NAMES } from '../views/incident-card.js'
import type { Row } from './virtual-list.js'

/** A request, or the heading of those that follow. */
export type Line = Summary | string

/** From 1 ms to 10 s: what differs by ten times differs by a quarter of the bar. */
const DECADES = 4

export function createLine({ item }: Row<Line>): HTMLElement {
  if (typeof item === 'string') return create('div', { class: 'line heading', role: 'presentation' }, item)
  return create(
    'div',
    { class: 'line', role: 'option' },
    create('span', { class: 'time' }),
    create('span', { class: 'method' }),
    create('span', { class: 'status' }),
    create('span', { class: 'url' }),
    create('span', { class: 'marks' }),
    create('span', { class: 'meter', 'aria-hidden': 'true' }, create('span')),
    create('span', { class: 'took' }),
  )
}

export function updateLine(line: HTMLElement, { item }: Row<Line>, isActive: boolean, store: Store): void {
  if (typeof item === 'string') return setText(line, item)
  line.classList.toggle('active', isActive)
  const [time, method, status, url, marks, meter, took] = line.children as unknown as HTMLElement[]
  if (!time || !method || !status || !url || !marks || !meter || !took) return
  setText(time, formatTime(item.startedAt))
  setText(method, item.method)
  setText(status, statusText(item))
  status.className = `status ${statusClass(item)}`
  setText(url, item.url)
  url.title = item.route === null ? item.url : `${item.url}\n${item.route}`
  setText(marks, marksOf(item, store).join(' · '))
  const age = store.ageOf(item)
  const bar = meter.firstElementChild as HTMLElement
  bar.style.width = `${Math.min(100, Math.max(2, (Math.log10(Math.max(age, 1)) / DECADES) * 100)).toFixed(1)}%`
  line.classList.toggle('slow', isSlow(item, store))
  line.classList.toggle('running', item.outcome === 'running')
  setText(took, formatDuration(age))
}

export function statusText({ status, outcome }: Pick<Summary, 'status' | 'outcome'>): string {
  if (outcome === 'aborted') return 'gone'
  return status === null || outcome === 'running' ? '···' : String(status)
}

export function statusClass({ status, outcome }: Pick<Summary, 'status' | 'outcome'>): string {
  if (outcome === 'running') return 'is-running'
  if (outcome === 'aborted' || status === null) return 'is-gone'
  return `is-${Math.floor(status / 100)}xx`
}

/** What is worth a word in the list: the kinds of its incidents, and its error. */
function marksOf(request: Summary, store: Store): string[] {
  const kinds = [...new Set(request.incidents)].map((kind) => INCIDENT_NAMES[kind])
  if (request.outcome === 'running' && !isHung(request) && isSlow(request, store)) kinds.push('still running')
  if (kinds.length === 0 && request.error !== null) return [request.error.slice(0, 80)]
  return kinds
}
