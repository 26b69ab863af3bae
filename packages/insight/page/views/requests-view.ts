import type { Detail, Summary } from '../../src/inspector/wire.js'
import { get, messageOf } from '../data/api.js'
import { type Filter, onTop, passes } from '../data/filter.js'
import type { Search } from '../data/search.js'
import type { Store } from '../data/store.js'
import { copy } from '../dom/clipboard.js'
import { button, create } from '../dom/create.js'
import { plural } from '../dom/format.js'
import { FilterBar } from '../requests/filter-bar.js'
import { requestDetail } from '../requests/request-detail.js'
import { createLine, type Line, updateLine } from '../requests/request-row.js'
import { type Row, VirtualList } from '../requests/virtual-list.js'
import type { View } from './view.js'

const TICK_MS = 500

/** The requests as they come, and one of them beside. */
export class RequestsView implements View {
  readonly element: HTMLElement
  readonly #store: Store
  readonly #search: Search
  readonly #filters: FilterBar
  readonly #list: VirtualList<Line>
  readonly #aside = create('div', { class: 'aside', hidden: true })
  readonly #empty = create('div', { class: 'empty' })
  #listed = 0
  #open: number | null = null
  #detail: Detail | null = null
  #seen: Summary | undefined
  #wantsFocus = false

  constructor(store: Store, search: Search) {
    this.#store = store
    this.#search = search
    this.#filters = new FilterBar(
      () => this.update(),
      () => store.clear(),
    )
    this.#list = new VirtualList<Line>({
      label: 'Requests',
      create: createLine,
      update: (element, row, isActive) => updateLine(element, row, isActive, store),
      canBeActive: ({ item }) => typeof item !== 'string',
      onActive: (row) => {
        if (this.#open !== null) this.#goTo(row)
      },
      onOpen: (row) => {
        this.#wantsFocus = true
        this.#goTo(row)
      },
    })
    const left = create('div', { class: 'listing' }, this.#filters.element, this.#list.element, this.#empty)
    this.element = create('div', { class: 'split' }, left, this.#aside)
    // Those that run grow older without any news of them.
    setInterval(() => this.#tick(), TICK_MS)
  }

  get count(): number | null {
    return this.#listed
  }

  show(rest: string): void {
    const id = /^\/(\d+)$/.exec(rest)?.[1]
    if (id === undefined) this.#close()
    else this.#openRequest(Number(id))
  }

  update(): void {
    const all = this.#store.requests
    const filter: Filter = {
      kind: this.#filters.kind,
      method: this.#filters.method,
      words: this.#search.words,
      found: this.#search.found,
    }
    const listed = all.filter((request) => passes(request, filter, this.#store))
    this.#listed = listed.length
    this.#filters.offer(new Set(all.map(({ method }) => method)))
    this.#filters.setCount(
      listed.length === all.length
        ? plural(all.length, 'request')
        : `${listed.length} of ${plural(all.length, 'request')}`,
    )
    this.#list.setRows(this.#rowsOf(listed))
    this.#showEmpty(all.length, listed.length)
    const open = this.#open === null ? undefined : this.#store.request(this.#open)
    if (open !== undefined && open !== this.#seen && !this.#store.isPaused) this.#load(open.id)
  }

  onKey(key: string): boolean {
    if (key === 'j' || key === 'k') {
      this.#list.element.focus()
      this.#list.move(key === 'j' ? 1 : -1)
    } else if (key === 'x') this.#store.clear()
    else if (key === 'c' && this.#detail !== null) void copy(this.#detail.curl, 'as curl')
    else if (key === 't' && this.#detail !== null) void copy(this.#detail.test, 'as a test')
    else if (key === 'Escape' && this.#open !== null) this.#leave()
    else return false
    return true
  }

  #rowsOf(listed: readonly Summary[]): Row<Line>[] {
    const top = onTop(listed, this.#store)
    if (top.length === 0) return listed.map(rowOf)
    const isOnTop = new Set(top.map(({ id }) => id))
    return [
      { key: 'top', item: 'Hung and slow' },
      ...top.map(rowOf),
      { key: 'rest', item: 'Latest' },
      ...listed.filter(({ id }) => !isOnTop.has(id)).map(rowOf),
    ]
  }

  #showEmpty(all: number, listed: number): void {
    this.#empty.hidden = listed > 0
    this.#list.element.hidden = listed === 0
    if (listed > 0) return
    const says = all > 0 ? 'No request is like that.' : 'No request yet. Send one to your application.'
    if (this.#empty.textContent !== says) this.#empty.replaceChildren(create('p', {}, says))
  }

  #goTo({ item }: Row<Line>): void {
    if (typeof item === 'string') return
    const address = `#/requests/${item.id}`
    if (location.hash === address) this.#focusDetail()
    // Going through a list leaves no trail: back leads to where one was before.
    else if (this.#open !== null) location.replace(address)
    else location.hash = address
  }

  #openRequest(id: number): void {
    this.#open = id
    this.#list.activate(String(id), false)
    this.element.classList.add('has-detail')
    this.#aside.hidden = false
    this.#load(id)
  }

  #load(id: number): void {
    this.#seen = this.#store.request(id)
    get<Detail>(`requests/${id}`).then(
      (detail) => this.#showDetail(id, detail),
      (error: unknown) => this.#showFailure(id, messageOf(error)),
    )
  }

  #showDetail(id: number, detail: Detail): void {
    if (this.#open !== id) return
    const isSame = this.#detail?.id === id
    const top = isSame ? (this.#aside.querySelector('.detail-body')?.scrollTop ?? 0) : 0
    const hadFocus = isSame && this.#aside.contains(document.activeElement)
    this.#detail = detail
    this.#aside.replaceChildren(requestDetail(detail, this.#store, () => this.#leave()))
    const body = this.#aside.querySelector('.detail-body')
    if (body !== null) body.scrollTop = top
    if (hadFocus || this.#wantsFocus) this.#focusDetail()
  }

  #showFailure(id: number, message: string): void {
    if (this.#open !== id) return
    this.#detail = null
    const close = button('Close', {}, () => this.#leave())
    this.#aside.replaceChildren(
      create('div', { class: 'empty' }, create('p', { role: 'alert' }, message), close),
    )
  }

  #focusDetail(): void {
    this.#wantsFocus = false
    this.#aside.querySelector<HTMLElement>('#detail-title')?.focus({ preventScroll: true })
  }

  /** Back to the list, where one was. */
  #leave(): void {
    location.hash = '#/'
    this.#close()
    this.#list.element.focus({ preventScroll: true })
  }

  #close(): void {
    this.#open = null
    this.#detail = null
    this.#aside.hidden = true
    this.#aside.replaceChildren()
    this.element.classList.remove('has-detail')
  }

  #tick(): void {
    if (!this.element.isConnected || this.#store.isPaused) return
    if (this.#store.requests.some(({ outcome }) => outcome === 'running')) this.update()
  }
}

function rowOf(item: Summary): Row<Line> {
  return { key: String(item.id), item }
}
