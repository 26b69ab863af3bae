import type { WireFinding } from '../../src/inspector/wire.js'
import { create } from '../dom/create.js'
import { placeBox } from './code-frame.js'

export function findingCard(
  { rule, severity, what, why, mend, place: at }: WireFinding,
  index: number,
): HTMLElement {
  return create(
    'article',
    { class: `finding is-${severity}`, id: `finding-${index}`, tabindex: -1 },
    create('h3', {}, create('span', { class: 'tag' }, severity), create('code', { class: 'rule' }, rule)),
    create('p', {}, what),
    create('p', { class: 'quiet' }, why),
    create('p', { class: 'mend' }, mend),
    placeBox(at),
  )
}
