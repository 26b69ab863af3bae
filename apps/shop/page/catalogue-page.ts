import { type Category, fetchCategories, fetchProducts, type ProductList } from './api.js'
import { addressOf, apiQueryOf, type Choice, readChoice } from './choice.js'
import { readFilters, showCategories, showFilters, watchFilters } from './filters.js'
import { addProducts, setBusy, showProducts, showWaiting } from './product-grid.js'
import { type Offer, ProductListView } from './product-list-view.js'

const PAGE_SIZE = '24'

/** The catalogue: what the visitor chooses goes into the address, and what the address says is shown. */
export class CataloguePage {
  readonly #view = new ProductListView(() => void this.#showMore())
  readonly #everything: Offer = { label: 'Show everything', act: () => this.#clear() }
  #categories: readonly Category[] = []
  #choice: Choice = readChoice(new URLSearchParams(location.search))
  /** Of the list that is shown; aborted when the visitor chooses another one. */
  #request = new AbortController()
  #total = 0
  #shown = 0
  #nextCursor: string | null = null

  async start(): Promise<void> {
    showFilters(this.#choice)
    watchFilters(() => this.#follow(readFilters()))
    addEventListener('popstate', () => this.#goTo(readChoice(new URLSearchParams(location.search))))
    await Promise.all([this.#showChoice(), this.#showCategories()])
  }

  async #showChoice(): Promise<void> {
    this.#request.abort()
    this.#request = new AbortController()
    const { signal } = this.#request
    this.#showHeading()
    this.#view.hideMessage()
    setBusy(true)
    showWaiting()
    try {
      const list = await fetchProducts(this.#query(), signal)
      this.#total = list.page?.items ?? list.items.length
      this.#shown = 0
      showProducts(list.items)
      this.#keepPlace(list)
      if (this.#total === 0) this.#view.showNothing(this.#everything)
    } catch (error) {
      if (signal.aborted) return
      showProducts([])
      this.#view.showFailure(
        error,
        { label: 'Try again', act: () => void this.#showChoice() },
        this.#everything,
      )
    }
    setBusy(false)
  }

  async #showMore(): Promise<void> {
    if (this.#nextCursor === null) return
    const { signal } = this.#request
    this.#view.setLoadingMore(true)
    try {
      const query = this.#query()
      query.set('cursor', this.#nextCursor)
      const list = await fetchProducts(query, signal)
      addProducts(list.items)
      this.#keepPlace(list)
      this.#view.hideMessage()
    } catch (error) {
      const again: Offer = { label: 'Try again', act: () => void this.#showMore() }
      if (!signal.aborted) this.#view.showFailure(error, again, this.#everything)
    }
    this.#view.setLoadingMore(false)
  }

  #keepPlace({ items, nextCursor }: ProductList): void {
    this.#shown += items.length
    this.#nextCursor = nextCursor
    // Products may have come or gone since they were counted; the end of the list is what counts.
    if (nextCursor === null) this.#total = this.#shown
    this.#view.showCount(this.#total, this.#shown)
  }

  async #showCategories(): Promise<void> {
    try {
      this.#categories = await fetchCategories()
      showCategories(this.#categories, this.#choice.category)
      this.#showHeading()
    } catch (error) {
      console.warn('the categories could not be fetched', error)
    }
  }

  #showHeading(): void {
    const { q, category } = this.#choice
    const name = this.#categories.find(({ slug }) => slug === category)?.name ?? 'Everything'
    const searched = q.trim()
    this.#view.showHeading(searched === '' ? name : `“${searched}”${category === '' ? '' : ` in ${name}`}`)
  }

  /** A new choice: into the address, then onto the page. */
  #follow(choice: Choice): void {
    const address = addressOf(choice).toString()
    if (address === addressOf(this.#choice).toString()) return
    // Each pause in typing is a search, but not each a place to go back to.
    const isTyping = choice.q !== this.#choice.q && this.#choice.q !== ''
    this.#choice = choice
    const url = address === '' ? location.pathname : `?${address}`
    if (isTyping) history.replaceState(null, '', url)
    else history.pushState(null, '', url)
    void this.#showChoice()
  }

  /** A choice that the address has already: the visitor went back or forward. */
  #goTo(choice: Choice): void {
    if (addressOf(choice).toString() === addressOf(this.#choice).toString()) return
    this.#choice = choice
    showFilters(choice)
    void this.#showChoice()
  }

  #clear(): void {
    this.#follow({ ...readChoice(new URLSearchParams()), sort: this.#choice.sort })
    showFilters(this.#choice)
  }

  #query(): URLSearchParams {
    const query = apiQueryOf(this.#choice)
    query.set('limit', PAGE_SIZE)
    return query
  }
}
