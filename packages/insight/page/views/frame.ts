import type { Store } from '../data/store.js'
import { create, element, setText } from '../dom/create.js'
import { showKeys } from './keys-dialog.js'
import type { View } from './view.js'

interface Entry {
  readonly name: string
  readonly title: string
  readonly view: View
}

/** What stands around the views: the way from one to the other, pause, search, and the keys. */
export class Frame {
  readonly #store: Store
  readonly #entries: readonly Entry[]
  readonly #links: Map<string, HTMLAnchorElement>
  readonly #pause = element<HTMLButtonElement>('pause')
  readonly #search = element<HTMLInputElement>('search')
  #current: Entry | null = null
  #isDrawing = false

  constructor(store: Store, entries: readonly Entry[]) {
    this.#store = store
    this.#entries = entries
    this.#links = new Map(
      entries.map(({ name, title }, index) => [
        name,
        create(
          'a',
          { href: index === 0 ? '#/' : `#/${name}`, 'aria-keyshortcuts': index + 1 },
          title,
          create('span', { class: 'count' }),
        ),
      ]),
    )
    element('views').append(...this.#links.values())
  }

  start(): void {
    addEventListener('hashchange', () => this.#go())
    addEventListener('keydown', (event) => this.#onKey(event))
    this.#pause.addEventListener('click', () => this.#togglePause())
    element('help').addEventListener('click', showKeys)
    element('skip').addEventListener('click', () => this.focusMain())
    this.#store.onChange(() => this.#drawSoon())
    this.#go()
    this.#draw()
  }

  focusMain(): void {
    const main = element('main')
    const target = main.querySelector<HTMLElement>('.list:not([hidden])') ?? main
    target.focus()
  }

  #go(): void {
    const [, name = '', rest = ''] = /^#?\/([a-z]*)(.*)$/.exec(location.hash) ?? []
    const entry = this.#entries.find((each) => each.name === name) ?? this.#entries[0]
    if (entry === undefined) return
    if (entry !== this.#current) {
      this.#current = entry
      element('main').replaceChildren(entry.view.element)
      for (const [each, link] of this.#links) {
        if (each === entry.name) link.setAttribute('aria-current', 'page')
        else link.removeAttribute('aria-current')
      }
    }
    entry.view.show(rest)
    this.#draw()
  }

  /** Perf: news may come many times in a frame; it is drawn once. */
  #drawSoon(): void {
    if (this.#isDrawing) return
    this.#isDrawing = true
    requestAnimationFrame(() => {
      this.#isDrawing = false
      this.#draw()
    })
  }

  #draw(): void {
    for (const { view } of this.#entries) view.update()
    for (const { name, view } of this.#entries) this.#drawCount(name, view.count)
    const { about } = this.#store
    const name = about?.application || 'Inspector'
    setText(element('application'), name)
    if (about !== null)
      element('application').title = [name, about.framework, `Node ${about.node}`].filter(Boolean).join(' · ')
    document.title = `${this.#current?.title ?? ''} · ${name}`
    this.#drawPause()
  }

  /** Routes count what the audit found, unless something is searched for. */
  #drawCount(name: string, count: number | null): void {
    const span = this.#links.get(name)?.querySelector('.count')
    if (!span) return
    const { findings } = this.#store.about ?? {}
    const worst = (findings?.error ?? 0) > 0 ? 'is-error' : 'is-warning'
    const found = (findings?.error ?? 0) + (findings?.warning ?? 0)
    const shown = name === 'routes' && count === null ? found : count
    setText(span, shown === null || (shown === 0 && this.#search.value === '') ? '' : String(shown))
    span.className = name === 'routes' && count === null ? `count ${worst}` : 'count'
    if (name === 'incidents' && (count ?? 0) > 0) span.classList.add('is-error')
  }

  #drawPause(): void {
    const { isPaused, isConnected, waitingCount } = this.#store
    const state = isPaused ? 'paused' : isConnected ? 'live' : 'lost'
    const label = isPaused
      ? `Paused${waitingCount > 0 ? `, ${waitingCount} new` : ''}`
      : isConnected
        ? 'Live'
        : 'Connecting'
    this.#pause.dataset['state'] = state
    this.#pause.setAttribute('aria-pressed', String(isPaused))
    this.#pause.setAttribute('aria-label', isPaused ? `${label}: go on` : `${label}: pause`)
    setText(this.#pause, label)
  }

  #togglePause(): void {
    if (this.#store.isPaused) this.#store.resume()
    else this.#store.pause()
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]') !== null)
      return
    if (event.key === 'Escape' && event.target === this.#search) return this.#leaveSearch()
    if (isTyping(event.target)) return
    if (this.#act(event.key)) event.preventDefault()
  }

  #leaveSearch(): void {
    this.#search.value = ''
    this.#search.dispatchEvent(new Event('input'))
    this.focusMain()
  }

  #act(key: string): boolean {
    const entry = this.#entries[Number(key) - 1]
    if (key === '/') this.#search.select()
    else if (key === '?') showKeys()
    else if (key === 'p') this.#togglePause()
    else if (entry !== undefined) location.hash = this.#links.get(entry.name)?.hash ?? ''
    else return this.#current?.view.onKey?.(key) ?? false
    return true
  }
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea') !== null
}
