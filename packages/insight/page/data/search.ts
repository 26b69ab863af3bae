import { get } from './api.js'
import { wordsOf } from './filter.js'

const WAIT_MS = 180

/** What is searched for, in all views. The server looks through what the page does not hold. */
export class Search {
  words: readonly string[] = []
  found: ReadonlySet<number> = new Set()
  readonly #onChange: () => void
  #waiting: ReturnType<typeof setTimeout> | undefined
  #asking: AbortController | null = null

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  set(query: string): void {
    this.words = wordsOf(query)
    this.found = new Set()
    this.#asking?.abort()
    clearTimeout(this.#waiting)
    if (this.words.length > 0) this.#waiting = setTimeout(() => this.#ask(), WAIT_MS)
    this.#onChange()
  }

  #ask(): void {
    const asking = new AbortController()
    this.#asking = asking
    get<{ ids: number[] }>(`search?q=${encodeURIComponent(this.words.join(' '))}`, asking.signal).then(
      ({ ids }) => {
        if (asking.signal.aborted) return
        this.found = new Set(ids)
        this.#onChange()
      },
      // What the page holds was searched already.
      () => {},
    )
  }
}
