import type { WireIncident } from '../../src/inspector/wire.js'
import { create } from '../dom/create.js'
import { plural } from '../dom/format.js'
import { placeBox } from './code-frame.js'

export const INCIDENT_NAMES: Readonly<Record<WireIncident['kind'], string>> = {
  hung: 'hung',
  'answered-twice': 'answered twice',
  'next-twice': 'next() twice',
  'next-after-answer': 'next() after the answer',
  'late-rejection': 'rejected late',
  'event-loop-blocked': 'blocked the event loop',
  'left-behind': 'left something behind',
}

/** `link`: with a way to the request where it was seen last. */
export function incidentCard(incident: WireIncident, link: boolean): HTMLElement {
  const { kind, message, places, requestId, method, url, count } = incident
  return create(
    'article',
    { class: `incident kind-${kind}` },
    create(
      'h3',
      {},
      create('span', { class: 'tag' }, INCIDENT_NAMES[kind] ?? kind),
      count > 1 && create('span', { class: 'quiet' }, plural(count, 'time')),
      link && create('a', { class: 'to-request', href: `#/requests/${requestId}` }, `${method} ${url}`),
    ),
    create('p', {}, message),
    ...places.map(({ what, place: at }) =>
      at === null ? create('p', { class: 'quiet' }, what) : placeBox(at, what),
    ),
  )
}
