import type { Detail, WireRun } from '../../src/inspector/wire.js'
import { create } from '../dom/create.js'
import { formatDuration } from '../dom/format.js'
import { loadFrame } from '../views/code-frame.js'

/** The runs of a request, each below the other, along the time. `totalMs` is how long it took, or has taken. */
export function waterfall({ runs }: Detail, totalMs: number): HTMLElement {
  const end = Math.max(
    totalMs,
    0.01,
    ...runs.map(({ endMs, returnMs }) => Math.max(endMs ?? 0, returnMs ?? 0)),
  )
  return create(
    'div',
    { class: 'waterfall' },
    axis(end),
    create('ol', {}, ...runs.map((run, index) => runRow(run, index, end))),
    legend(),
  )
}

function axis(end: number): HTMLElement {
  const marks = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    const mark = create('span', {}, formatDuration(end * part))
    mark.style.left = `${part * 100}%`
    return mark
  })
  return create('div', { class: 'axis', 'aria-hidden': 'true' }, create('div', {}, ...marks))
}

function runRow(run: WireRun, index: number, end: number): HTMLElement {
  const name = create('span', { class: 'name' }, run.name)
  name.style.paddingLeft = `${Math.min(run.depth, 8) * 14}px`
  const label =
    run.kind === 'middleware' || run.kind === 'handler' ? null : create('span', { class: 'kind' }, run.kind)
  if (label !== null) name.append(' ', label)
  if (run.baseUrl !== '' && (run.kind === 'router' || run.kind === 'application'))
    name.append(' ', create('span', { class: 'base' }, run.baseUrl))
  const row = create(
    'button',
    {
      type: 'button',
      class: `run is-${run.outcome}`,
      'aria-expanded': run.place === null ? null : 'false',
      disabled: run.place === null,
      'aria-controls': run.place === null ? null : `run-${index}`,
    },
    name,
    create('span', { class: 'track', 'aria-hidden': 'true' }, ...bars(run, end)),
    create('span', { class: 'took' }, tookOf(run, end)),
    create('span', { class: 'off-screen' }, spokenOf(run)),
  )
  const source = create('div', { class: 'run-source', id: `run-${index}`, hidden: true })
  row.addEventListener('click', () => {
    const isOpen = row.getAttribute('aria-expanded') === 'true'
    row.setAttribute('aria-expanded', String(!isOpen))
    source.hidden = isOpen
    if (source.children.length === 0 && run.place !== null) loadFrame(source, run.place)
  })
  return create('li', {}, row, source)
}

/**
 * Solid: what ran before it gave the request on, and nothing else could. Lighter: what it waited for. A thin line: it had
 * given the request on, and those after it ran inside of its call.
 */
function bars({ startMs, returnMs, endMs }: WireRun, end: number): HTMLElement[] {
  const over = endMs ?? end
  const back = returnMs ?? over
  const parts = [bar('sync', startMs, Math.min(back, over), end)]
  if (over > back) parts.push(bar('async', back, over, end))
  else if (back > over) parts.push(bar('inside', over, back, end))
  return parts
}

function bar(kind: string, from: number, to: number, end: number): HTMLElement {
  const element = create('span', { class: `part ${kind}` })
  element.style.left = `${((from / end) * 100).toFixed(3)}%`
  element.style.width = `${((Math.max(0, to - from) / end) * 100).toFixed(3)}%`
  return element
}

function tookOf({ startMs, endMs }: WireRun, end: number): string {
  return formatDuration((endMs ?? end) - startMs)
}

const OUTCOMES: Readonly<Record<WireRun['outcome'], string>> = {
  running: 'still runs',
  answered: 'answered',
  next: 'gave it on',
  failed: 'failed',
}

function spokenOf({ outcome, place }: WireRun): string {
  return `, ${OUTCOMES[outcome]}${place === null ? '' : `, at ${place}`}`
}

function legendEntry(kind: string, text: string): HTMLElement {
  return create('span', {}, create('i', { class: `part ${kind}` }), text)
}

function legend(): HTMLElement {
  return create(
    'p',
    { class: 'legend', 'aria-hidden': 'true' },
    legendEntry('sync', 'runs'),
    legendEntry('async', 'waits'),
    legendEntry('inside', 'others run inside its call'),
  )
}
