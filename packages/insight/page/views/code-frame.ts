import type { CodeFrame } from '../../src/inspector/wire.js'
import { get, messageOf } from '../data/api.js'
import { create } from '../dom/create.js'

/** Lines of source with their numbers; the one that it is about stands out. */
export function codeFrame({ place, from, lines, line, column }: CodeFrame): HTMLElement {
  const rows = lines.map((text, index) => {
    const number = from + index
    const isIt = number === line
    const code = create('code', {}, text === '' ? ' ' : text)
    if (isIt) code.append(pointer(text, column))
    return create(
      'div',
      { class: isIt ? 'code-line it' : 'code-line' },
      create('span', { class: 'number', 'aria-hidden': 'true' }, String(number)),
      code,
    )
  })
  return create(
    'figure',
    { class: 'frame' },
    create('figcaption', {}, place),
    create(
      'div',
      { class: 'code', role: 'group', tabindex: 0, 'aria-label': `Source around ${place}` },
      ...rows,
    ),
  )
}

/** A caret in a line of its own, below the column. */
function pointer(text: string, column: number): HTMLElement {
  const before = text.slice(0, Math.max(0, column - 1)).replaceAll(/[^\t]/g, ' ')
  return create('span', { class: 'pointer', 'aria-hidden': 'true' }, `\n${before}^`)
}

/** A place that shows its source when it is asked to. */
export function placeBox(text: string | null, label = ''): HTMLElement | null {
  if (text === null) return null
  const summary = create(
    'summary',
    {},
    label === '' ? null : create('span', { class: 'what' }, `${label} `),
    text,
  )
  const details = create('details', { class: 'place' }, summary)
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) loadFrame(details, text)
  })
  return details
}

export function loadFrame(into: HTMLElement, text: string): void {
  const waiting = create('p', { class: 'quiet' }, 'Reading…')
  into.append(waiting)
  get<CodeFrame>(`frame?place=${encodeURIComponent(text)}`).then(
    (frame) => waiting.replaceWith(codeFrame(frame)),
    (error: unknown) => waiting.replaceChildren(messageOf(error)),
  )
}
