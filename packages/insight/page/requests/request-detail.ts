import type { Detail, WireError, WireField } from '../../src/inspector/wire.js'
import type { Store } from '../data/store.js'
import { copy } from '../dom/clipboard.js'
import { button, create } from '../dom/create.js'
import { formatDuration, formatExactTime, plural } from '../dom/format.js'
import { codeFrame } from '../views/code-frame.js'
import { incidentCard } from '../views/incident-card.js'
import { statusClass, statusText } from './request-row.js'
import { waterfall } from './waterfall.js'

/** All that is known of one request. */
export function requestDetail(detail: Detail, store: Store, close: () => void): HTMLElement {
  return create(
    'article',
    { class: 'detail', 'aria-labelledby': 'detail-title' },
    head(detail, store, close),
    create(
      'div',
      { class: 'detail-body' },
      detail.found.length > 0 &&
        section('Incidents', ...detail.found.map((incident) => incidentCard(incident, false))),
      detail.failure === null ? null : failure(detail.failure),
      section(
        plural(detail.runs.length, 'layer'),
        detail.runs.length === 0
          ? create('p', { class: 'quiet' }, 'No layer ran.')
          : waterfall(detail, store.ageOf(detail)),
      ),
      create(
        'div',
        { class: 'columns' },
        section('Request fields', fields(detail.requestFields)),
        section('Response fields', fields(detail.responseFields)),
      ),
      section('Run it again', text('As curl', detail.curl), text('As a test', detail.test)),
    ),
  )
}

function head(detail: Detail, store: Store, close: () => void): HTMLElement {
  const facts = [
    `${detail.outcome === 'running' ? 'runs for' : 'took'} ${formatDuration(store.ageOf(detail))}`,
    `at ${formatExactTime(detail.startedAt)}`,
    detail.route === null ? 'no route' : `route ${detail.route}`,
  ]
  return create(
    'header',
    { class: 'detail-head' },
    create(
      'h2',
      { id: 'detail-title', tabindex: -1 },
      create('span', { class: `status ${statusClass(detail)}` }, statusText(detail)),
      ' ',
      create('span', { class: 'method' }, detail.method),
      ' ',
      create('span', { class: 'url' }, detail.url),
    ),
    create('p', { class: 'facts' }, facts.join(' · ')),
    create(
      'div',
      { class: 'actions' },
      button('Copy as curl', { 'aria-keyshortcuts': 'c' }, () => void copy(detail.curl, 'as curl')),
      button('Copy as test', { 'aria-keyshortcuts': 't' }, () => void copy(detail.test, 'as a test')),
      create('a', { class: 'button', href: explainAddress(detail) }, 'Explain'),
      button('Close', { class: 'button close', 'aria-keyshortcuts': 'Escape' }, close),
    ),
  )
}

function explainAddress({ method, url }: Detail): string {
  return `#/explain?${new URLSearchParams({ method, url }).toString()}`
}

function section(title: string, ...children: readonly HTMLElement[]): HTMLElement {
  return create('section', {}, create('h3', { class: 'section-title' }, title), ...children)
}

function failure(error: WireError): HTMLElement {
  const stack = error.stack.split('\n').slice(1).join('\n')
  return section(
    'Error',
    create(
      'div',
      { class: 'failure' },
      create('p', { class: 'failure-message' }, create('strong', {}, error.name), ' ', error.message),
      error.frame === null ? null : codeFrame(error.frame),
      stack.trim() === ''
        ? null
        : create(
            'details',
            {},
            create('summary', {}, 'Stack'),
            create('pre', { tabindex: 0, 'aria-label': 'Stack' }, stack),
          ),
    ),
  )
}

function fields(list: readonly WireField[]): HTMLElement {
  if (list.length === 0) return create('p', { class: 'quiet' }, 'None.')
  const rows = list.map(([name, value]) =>
    create('tr', {}, create('th', { scope: 'row' }, name), create('td', {}, value)),
  )
  return create('table', { class: 'fields' }, create('tbody', {}, ...rows))
}

function text(title: string, content: string): HTMLElement {
  return create(
    'details',
    {},
    create('summary', {}, title),
    create('pre', { tabindex: 0, 'aria-label': title }, content),
  )
}
