import { create } from '../dom/create.js'

/** Rows above and below what is seen, so that fast scrolling shows no gaps. */
const MARGIN = 6

export interface Row<T> {
  readonly key: string
  readonly item: T
}

interface Options<T> {
  readonly label: string
  readonly create: (row: Row<T>) => HTMLElement
  readonly update: (element: HTMLElement, row: Row<T>, isActive: boolean) => void
  /** Headings can't be chosen. */
  readonly canBeActive: (row: Row<T>) => boolean
  readonly onActive: (row: Row<T>) => void
  readonly onOpen: (row: Row<T>) => void
}

/**
 * A list of which only what is seen exists: thousands of rows cost as much as forty. For a reader of the screen it is a
 * listbox that says of each option which one of how many it is. The focus stays on the list, which names the active row.
 */
export class VirtualList<T> {
  readonly element: HTMLElement
  readonly #options: Options<T>
  readonly #inner: HTMLElement
  readonly #shown = new Map<string, HTMLElement>()
  #rows: readonly Row<T>[] = []
  #indexes = new Map<string, number>()
  /** Where the headings stand: they are not counted. */
  #headings: readonly number[] = []
  #active: string | null = null
  #rowHeight = 0

  constructor(options: Options<T>) {
    this.#options = options
    this.#inner = create('div', { class: 'list-inner', role: 'presentation' })
    this.element = create(
      'div',
      { class: 'list', role: 'listbox', tabindex: 0, 'aria-label': options.label },
      this.#inner,
    )
    this.element.addEventListener('scroll', () => this.draw(), { passive: true })
    this.element.addEventListener('keydown', (event) => this.#onKey(event))
    this.element.addEventListener('click', (event) => this.#onClick(event))
    new ResizeObserver(() => this.#measure()).observe(this.element)
  }

  get active(): Row<T> | null {
    const index = this.#active === null ? undefined : this.#indexes.get(this.#active)
    return index === undefined ? null : (this.#rows[index] ?? null)
  }

  /** Keeps what is seen in place: what is new pushes it down only where the top of the list is seen. */
  setRows(rows: readonly Row<T>[]): void {
    const height = this.#height()
    const top = this.element.scrollTop
    const first = this.#rows[Math.floor(top / height)]
    this.#rows = rows
    this.#indexes = new Map(rows.map(({ key }, index) => [key, index]))
    this.#headings = rows.flatMap((row, index) => (this.#options.canBeActive(row) ? [] : [index]))
    this.#inner.style.height = `${rows.length * height}px`
    const now = top > 0 && first !== undefined ? this.#indexes.get(first.key) : undefined
    if (now !== undefined) this.element.scrollTop = now * height + (top % height)
    this.draw()
  }

  activate(key: string | null, scroll = true): void {
    this.#active = key
    const index = key === null ? undefined : this.#indexes.get(key)
    if (index !== undefined && scroll) this.#reveal(index)
    this.draw()
  }

  /** To the next row that can be active, or the one before. */
  move(by: number): void {
    const last = this.#rows.length - 1
    const active = this.#active === null ? undefined : this.#indexes.get(this.#active)
    const from = active ?? (by === -1 ? last + 1 : -1)
    const to = Math.min(Math.max(from + by, 0), last)
    const row = this.#nearest(to, by > 0 ? 1 : -1) ?? this.#nearest(to, by > 0 ? -1 : 1)
    if (row === null) return
    this.activate(row.key)
    this.#options.onActive(row)
  }

  draw(): void {
    const height = this.#height()
    const from = Math.max(0, Math.floor(this.element.scrollTop / height) - MARGIN)
    const upTo = Math.ceil((this.element.scrollTop + this.element.clientHeight) / height) + MARGIN
    const rows = this.#rows.slice(from, upTo)
    const keys = new Set(rows.map(({ key }) => key))
    for (const [key, shown] of this.#shown) {
      if (keys.has(key)) continue
      shown.remove()
      this.#shown.delete(key)
    }
    for (const [offset, row] of rows.entries()) this.#drawRow(row, from + offset, height)
    const active = this.#active === null ? undefined : this.#shown.get(this.#active)
    if (active === undefined) this.element.removeAttribute('aria-activedescendant')
    else this.element.setAttribute('aria-activedescendant', active.id)
  }

  /** The first row from there on that is no heading. */
  #nearest(from: number, step: 1 | -1): Row<T> | null {
    for (let index = from; ; index += step) {
      const row = this.#rows[index]
      if (row === undefined) return null
      if (this.#options.canBeActive(row)) return row
    }
  }

  #drawRow(row: Row<T>, index: number, height: number): void {
    let shown = this.#shown.get(row.key)
    if (shown === undefined) {
      shown = this.#options.create(row)
      shown.id = `row-${row.key}`
      shown.dataset['key'] = row.key
      this.#shown.set(row.key, shown)
      this.#inner.append(shown)
    }
    shown.style.transform = `translateY(${index * height}px)`
    if (this.#options.canBeActive(row)) {
      const before = this.#headings.filter((heading) => heading < index).length
      shown.setAttribute('aria-posinset', String(index + 1 - before))
      shown.setAttribute('aria-setsize', String(this.#rows.length - this.#headings.length))
      shown.setAttribute('aria-selected', String(row.key === this.#active))
    }
    this.#options.update(shown, row, row.key === this.#active)
  }

  #reveal(index: number): void {
    const height = this.#height()
    const { scrollTop, clientHeight } = this.element
    // The first row shows the heading above it, too.
    if (index * height < scrollTop + height) this.element.scrollTop = (index - 1) * height
    else if ((index + 1) * height > scrollTop + clientHeight) {
      this.element.scrollTop = (index + 1) * height - clientHeight
    }
  }

  #onKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.#height()) - 1)
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -this.#rows.length,
      End: this.#rows.length,
    }
    const step = steps[event.key]
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (step !== undefined) this.move(step)
    else if (event.key === 'Enter' && this.active !== null) this.#options.onOpen(this.active)
    else return
    event.preventDefault()
  }

  #onClick(event: MouseEvent): void {
    const key = (event.target as Element).closest<HTMLElement>('[data-key]')?.dataset['key']
    const index = key === undefined ? undefined : this.#indexes.get(key)
    const row = index === undefined ? undefined : this.#rows[index]
    if (row === undefined || !this.#options.canBeActive(row)) return
    this.activate(row.key, false)
    this.#options.onOpen(row)
  }

  #height(): number {
    if (this.#rowHeight === 0) this.#measure()
    return this.#rowHeight || 32
  }

  /** The height of a row is a matter of the style: a phone has taller ones. */
  #measure(): void {
    const height = Number.parseFloat(getComputedStyle(this.element).getPropertyValue('--row'))
    const isNew = height > 0 && height !== this.#rowHeight
    if (isNew) this.#rowHeight = height
    this.#inner.style.height = `${this.#rows.length * (this.#rowHeight || 32)}px`
    this.draw()
  }
}
