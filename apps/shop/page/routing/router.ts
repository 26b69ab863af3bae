import { element } from '../dom/elements.js'
import { failureMessage } from '../dom/waiting.js'
import { session } from '../session/session.js'
import type { Go, Route, View, Visit } from './view.js'

/** Which view is shown follows from the address, and the back button goes where it should. */
export class Router {
  readonly #routes: readonly (readonly [RegExp, Route])[]
  readonly #outlet = element('#main')
  #leaving = new AbortController()
  /** The address that is shown, without its fragment. */
  #shown = ''

  constructor(routes: readonly Route[]) {
    this.#routes = routes.map((route) => [compilePath(route.path), route])
  }

  async start(): Promise<void> {
    // Where the visitor was on a page is kept by its entry in the history: views come later than the browser scrolls.
    history.scrollRestoration = 'manual'
    addEventListener('popstate', () => void this.#show({ keepFocus: false, top: placeOf(history.state) }))
    document.addEventListener('click', (event) => this.#onClick(event))
    await this.#show({ keepFocus: true, top: placeOf(history.state) })
  }

  readonly go: Go = (address, { replace = false, keepFocus = false } = {}) => {
    if (!replace) this.#keepPlace()
    history[replace ? 'replaceState' : 'pushState'](null, '', address)
    void this.#show({ keepFocus, top: keepFocus ? null : 0 })
  }

  /** Shows the same address anew: who is signed in has changed, or the visitor tries again. */
  again(): void {
    this.#shown = ''
    void this.#show({ keepFocus: false, top: null })
  }

  async #show({ keepFocus, top }: { keepFocus: boolean; top: number | null }): Promise<void> {
    const address = location.pathname + location.search
    // Only the fragment is another one: the browser goes there.
    if (address === this.#shown) return
    this.#shown = address
    this.#leaving.abort()
    this.#leaving = new AbortController()
    const { signal } = this.#leaving
    this.#outlet.setAttribute('aria-busy', 'true')
    const view = await this.#viewOf(signal)
    if (signal.aborted || view === null) return
    this.#outlet.removeAttribute('aria-busy')
    if (!this.#outlet.contains(view.content)) this.#outlet.replaceChildren(view.content)
    document.title = `${view.title} · Nozomi Shop`
    this.#markCurrent()
    if (top !== null) scrollTo(0, top)
    if (!keepFocus) view.content.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
  }

  /** Null: the visitor was sent elsewhere. */
  async #viewOf(signal: AbortSignal): Promise<View | null> {
    const [route, params] = this.#match()
    const visit: Visit = { params, search: new URLSearchParams(location.search), signal, go: this.go }
    try {
      if (route.needs !== undefined) {
        await session.ready
        if (signal.aborted) return null
        if (session.user === null) {
          const back = encodeURIComponent(location.pathname + location.search)
          this.go(`/sign-in?then=${back}`, { replace: true })
          return null
        }
      }
      return await route.show(visit)
    } catch (error) {
      if (!signal.aborted) console.warn('the view could not be shown', error)
      return { title: 'Not shown', content: failureMessage(error, () => this.again()) }
    }
  }

  #match(): readonly [Route, Record<string, string>] {
    for (const [pattern, route] of this.#routes) {
      const found = pattern.exec(location.pathname)
      if (found !== null) return [route, { ...found.groups }]
    }
    const [first] = this.#routes
    if (first === undefined) throw new Error('there are no routes')
    return [first[1], {}]
  }

  #onClick(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (link === null || link.target !== '' || link.origin !== location.origin) return
    if (link.getAttribute('href')?.startsWith('#') || !this.#routes.some(([at]) => at.test(link.pathname)))
      return
    event.preventDefault()
    if (link.href === location.href) scrollTo(0, 0)
    else this.go(link.pathname + link.search)
  }

  #keepPlace(): void {
    history.replaceState({ top: scrollY }, '')
  }

  #markCurrent(): void {
    for (const link of document.querySelectorAll<HTMLAnchorElement>('.tabs a')) {
      const isHere =
        link.pathname === '/' ? location.pathname === '/' : location.pathname.startsWith(link.pathname)
      if (isHere) link.setAttribute('aria-current', 'page')
      else link.removeAttribute('aria-current')
    }
  }
}

function placeOf(state: unknown): number {
  const top = (state as { top?: unknown } | null)?.top
  return typeof top === 'number' ? top : 0
}

/** `/orders/:id` as an expression with a group for each name. */
function compilePath(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[\\w-]+)')}$`)
}
