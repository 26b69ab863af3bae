import { KINDS, type Kind } from '../data/filter.js'
import { button, create } from '../dom/create.js'

const LABELS: Readonly<Record<Kind, string>> = {
  all: 'All',
  running: 'Running',
  slow: 'Slow',
  incidents: 'Incidents',
  '2xx': '2xx',
  '3xx': '3xx',
  '4xx': '4xx',
  '5xx': '5xx',
}

/** Which requests are listed. Tells when something else is chosen. */
export class FilterBar {
  readonly element: HTMLElement
  kind: Kind = 'all'
  method = ''
  readonly #kinds: Map<Kind, HTMLButtonElement>
  readonly #methods: HTMLSelectElement
  readonly #count = create('span', { class: 'quiet count-line', role: 'status' })

  constructor(onChange: () => void, onClear: () => void) {
    this.#kinds = new Map(
      KINDS.map((kind) => [
        kind,
        button(LABELS[kind], { class: 'chip', 'aria-pressed': String(kind === 'all') }, () => {
          this.choose(kind)
          onChange()
        }),
      ]),
    )
    this.#methods = create('select', { 'aria-label': 'Method' }, create('option', { value: '' }, 'Method'))
    this.#methods.addEventListener('change', () => {
      this.method = this.#methods.value
      onChange()
    })
    const clear = button(
      'Clear',
      { class: 'chip', 'aria-keyshortcuts': 'x', title: 'Hide what is listed now' },
      onClear,
    )
    this.element = create(
      'div',
      { class: 'filters', role: 'toolbar', 'aria-label': 'Which requests' },
      create('div', { class: 'chips', role: 'group', 'aria-label': 'Kind' }, ...this.#kinds.values()),
      this.#methods,
      clear,
      this.#count,
    )
  }

  choose(kind: Kind): void {
    this.kind = kind
    for (const [each, chip] of this.#kinds) chip.setAttribute('aria-pressed', String(each === kind))
  }

  /** Offers the methods that came. */
  offer(methods: ReadonlySet<string>): void {
    const known = new Set([...this.#methods.options].map(({ value }) => value))
    for (const method of methods) {
      if (!known.has(method)) this.#methods.append(create('option', { value: method }, method))
    }
  }

  setCount(text: string): void {
    if (this.#count.textContent !== text) this.#count.textContent = text
  }
}
