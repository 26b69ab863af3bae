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
    create('ol', { class: 'steps' }, ...groupsOf(steps).map(groupItem)),
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

/** Fewer steps in a row that are skipped are shown one by one. */
const FEWEST_FOLDED = 3

/** Steps in a row that are skipped are one group, each other step is its own. */
function groupsOf(steps: readonly WireStep[]): WireStep[][] {
  const groups: WireStep[][] = []
  for (const step of steps) {
    const last = groups.at(-1)
    const [first] = last ?? []
    const isSame = first?.verdict === 'skipped' && step.verdict === 'skipped' && first.depth === step.depth
    if (isSame) last?.push(step)
    else groups.push([step])
  }
  return groups.flatMap((group) => (group.length < FEWEST_FOLDED ? group.map((step) => [step]) : [group]))
}

function groupItem(group: readonly WireStep[]): HTMLElement {
  const [first] = group
  if (first === undefined || group.length === 1) return create('li', {}, ...group.map(stepBox))
  const names = group.map(({ name }) => name).join(', ')
  const summary = create(
    'summary',
    {},
    create('span', { class: 'tag' }, `${group.length} skipped`),
    create('span', { class: 'skipped-names' }, names),
  )
  const folded = create('details', { class: 'step is-skipped folded' }, summary)
  indent(folded, first.depth)
  const boxes = create('ol', {}, ...group.map((step) => create('li', {}, stepBox(step))))
  return create('li', {}, folded, boxes)
}

const VERDICTS: Readonly<Record<WireStep['verdict'], string>> = {
  runs: 'runs',
  unreached: 'not reached',
  skipped: 'skipped',
  answers: 'answers',
}

function stepBox({
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
    'div',
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
  indent(box, depth)
  return box
}

function indent(box: HTMLElement, depth: number): void {
  box.style.marginLeft = `${Math.min(depth, 8) * 18}px`
}

function addressOf(method: string, url: string): string {
  return `#/explain?${new URLSearchParams({ method, url }).toString()}`
}
