import type { WireExplained, WireStep } from '../../src/inspector/wire.js'
import { get, messageOf } from '../data/api.js'
import { create } from '../dom/create.js'
import { placeBox } from './code-frame.js'
import type { View } from './view.js'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']

/** What would become of a request, without sending it. */
export class ExplainView implements View {
  readonly element: HTMLElement
  readonly count = null
  readonly #method = create('input', {
    name: 'method',
    list: 'methods',
    'aria-label': 'Method',
    value: 'GET',
    size: 8,
    spellcheck: 'false',
    autocomplete: 'off',
  })
  readonly #url = create('input', {
    name: 'url',
    'aria-label': 'Path',
    placeholder: '/api/orders/42',
    spellcheck: 'false',
    autocomplete: 'off',
  })
  readonly #result = create('div', { class: 'explained', 'aria-live': 'polite' })

  constructor() {
    const form = create(
      'form',
      { class: 'explain-form' },
      this.#method,
      create('datalist', { id: 'methods' }, ...METHODS.map((value) => create('option', { value }))),
      this.#url,
      create('button', { class: 'button primary' }, 'Explain'),
    )
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const address = addressOf(this.#method.value, this.#url.value)
      if (location.hash === address) this.#ask()
      else location.hash = address
    })
    this.element = create(
      'div',
      { class: 'page explain' },
      create('h2', { class: 'section-title' }, 'What would become of'),
      form,
      this.#result,
    )
    this.#showHint()
  }

  show(rest: string): void {
    const asked = new URLSearchParams(rest.slice(rest.indexOf('?') + 1))
    const url = asked.get('url')
    if (url === null) {
      this.#url.focus()
      return
    }
    this.#method.value = asked.get('method') ?? 'GET'
    this.#url.value = url
    this.#ask()
  }

  update(): void {}

  #showHint(): void {
    this.#result.replaceChildren(
      create(
        'p',
        { class: 'quiet' },
        'A method and a path: which layers run, which are skipped and why, and where it ends. Nothing is sent.',
      ),
    )
  }

  #ask(): void {
    if (this.#url.value === '') return this.#showHint()
    const asked = new URLSearchParams({ method: this.#method.value, url: this.#url.value })
    get<WireExplained>(`explain?${asked.toString()}`).then(
      (explained) => this.#result.replaceChildren(...explanation(explained)),
      (error: unknown) => this.#result.replaceChildren(create('p', { role: 'alert' }, messageOf(error))),
    )
  }
}

function explanation({ steps, ends, status, nearest }: WireExplained): HTMLElement[] {
  return [
    create('p', { class: (status ?? 200) < 400 ? 'verdict' : 'verdict is-lost' }, ends),
    ...(nearest.length > 0 ? [nearestRoutes(nearest)] : []),
    create('ol', { class: 'steps' }, ...steps.map(stepItem)),
  ]
}

function nearestRoutes(nearest: WireExplained['nearest']): HTMLElement {
  const items = nearest.map(({ method, pattern, differs, instead, place }) =>
    create(
      'li',
      {},
      create('p', {}, create('span', { class: 'methods' }, method), ' ', create('code', {}, pattern)),
      create('p', { class: 'quiet' }, differs),
      instead !== null &&
        create('p', {}, create('a', { href: addressOf(method, instead) }, `Explain ${method} ${instead}`)),
      placeBox(place),
    ),
  )
  return create(
    'section',
    { class: 'nearest' },
    create('h3', {}, 'Nearest routes'),
    create('ul', {}, ...items),
  )
}

const VERDICTS: Readonly<Record<WireStep['verdict'], string>> = {
  runs: 'runs',
  unreached: 'not reached',
  skipped: 'skipped',
  answers: 'answers',
}

function stepItem({
  name,
  kind,
  pattern,
  methods,
  depth,
  verdict,
  why,
  params,
  place,
}: WireStep): HTMLElement {
  const box = create(
    'li',
    { class: `step is-${verdict}` },
    create(
      'div',
      { class: 'step-head' },
      create('span', { class: 'tag' }, VERDICTS[verdict]),
      create('strong', {}, name),
      create('span', { class: 'kind' }, kind),
      create('code', {}, [...methods, pattern].join(' ')),
    ),
    create('p', { class: 'why' }, why),
    params.length > 0 &&
      create(
        'p',
        { class: 'params' },
        ...params.flatMap(([key, value]) => [create('code', {}, `${key} = ${value}`), ' ']),
      ),
    placeBox(place),
  )
  box.style.marginLeft = `${Math.min(depth, 8) * 18}px`
  return box
}

function addressOf(method: string, url: string): string {
  return `#/explain?${new URLSearchParams({ method, url }).toString()}`
}
