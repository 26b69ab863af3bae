import {
  type Category,
  fetchCategories,
  fetchProducts,
  type ProductList,
  type ProductQuery,
} from '../api/catalogue.js'
import { fetchCategoryCounts } from '../api/category-counts.js'
import { fetchImages } from '../api/images.js'
import { element } from '../dom/elements.js'
import { watchStock } from '../live/stock-watch.js'
import type { Go, View, Visit } from '../routing/view.js'
import { addressOf, apiQueryOf, type Choice, readChoice } from './choice.js'
import { readFilters, showCategories, showCounts, showFilters, watchFilters } from './filters.js'
import {
  addProducts,
  setBusy,
  showImages,
  showProducts,
  shownProducts,
  showStock,
  showWaiting,
} from './product-grid.js'
import { type Offer, ProductListView } from './product-list-view.js'

const PAGE_SIZE = 24

/** The catalogue: what the visitor chooses goes into the address, and what the address says is shown. */
export class CataloguePage {
  readonly #content = element('#catalogue')
  readonly #view = new ProductListView(() => void this.#showMore())
  readonly #everything: Offer = { label: 'Show everything', act: () => this.#clear() }
  readonly #go: Go
  #categories: Promise<readonly Category[]> | null = null
  #choice: Choice = readChoice(new URLSearchParams())
  /** The address whose products are on the page; null before there are any. */
  #shownAddress: string | null = null
  /** Of the list that is shown; aborted when the visitor chooses another one. */
  #request = new AbortController()
  /** Of the stocks that are watched; aborted when others are shown, and when the visitor leaves. */
  #watching = new AbortController()
  #total = 0
  #shown = 0
  #nextCursor: string | null = null

  constructor(go: Go) {
    this.#go = go
    watchFilters(() => this.#follow(readFilters()))
  }

  /** The page as the address has it. What was shown before is still there, and its stocks are as they are now. */
  readonly show = ({ search, signal }: Visit): View => {
    this.#choice = readChoice(search)
    // Not while the visitor types: the address has no spaces at the end.
    if (addressOf(readFilters()).toString() !== this.#address) showFilters(this.#choice)
    signal.addEventListener('abort', () => this.#watching.abort())
    if (this.#shownAddress === this.#address) this.#watchShown()
    else void this.#showChoice()
    return { title: this.#title, content: this.#content }
  }

  get #address(): string {
    return addressOf(this.#choice).toString()
  }

  get #title(): string {
    const searched = this.#choice.q.trim()
    return searched === '' ? 'Things for every day' : `“${searched}”`
  }

  async #showChoice(): Promise<void> {
    this.#request.abort()
    this.#request = new AbortController()
    const { signal } = this.#request
    this.#shownAddress = null
    this.#view.hideMessage()
    setBusy(true)
    showWaiting()
    void this.#showCategories(signal)
    try {
      const list = await fetchProducts(this.#query(), signal)
      this.#total = list.page?.items ?? list.items.length
      this.#shown = 0
      showProducts(list.items)
      this.#shownAddress = this.#address
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
      const query = { ...this.#query(), cursor: this.#nextCursor }
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
    this.#watchShown()
    const ids = items.map(({ id }) => id)
    fetchImages(ids, this.#request.signal).then(showImages, () => {
      // The drawings stay.
    })
  }

  #watchShown(): void {
    this.#watching.abort()
    this.#watching = new AbortController()
    watchStock(shownProducts(), showStock, this.#watching.signal)
  }

  /** The names of the categories, and how many products of each the visitor would see. */
  async #showCategories(signal: AbortSignal): Promise<void> {
    try {
      const isFirst = this.#categories === null
      this.#categories ??= fetchCategories()
      const categories = await this.#categories
      if (isFirst) showCategories(categories, this.#choice.category)
      this.#showHeading(categories)
      const slugs = categories.map(({ slug }) => slug)
      showCounts(await fetchCategoryCounts(slugs, apiQueryOf(this.#choice), signal))
    } catch (error) {
      if (signal.aborted) return
      this.#showHeading([])
      console.warn('the categories could not be counted', error)
    }
  }

  #showHeading(categories: readonly Category[]): void {
    const { q, category } = this.#choice
    const name = categories.find(({ slug }) => slug === category)?.name ?? 'Everything'
    const searched = q.trim()
    this.#view.showHeading(searched === '' ? name : `“${searched}”${category === '' ? '' : ` in ${name}`}`)
  }

  /** A new choice: into the address, then onto the page. From another view, it leads here. */
  #follow(choice: Choice): void {
    const address = addressOf(choice).toString()
    const isHere = location.pathname === '/'
    if (isHere && address === this.#address) return
    // Each pause in typing is a search, but not each a place to go back to.
    const isTyping = isHere && choice.q !== this.#choice.q && this.#choice.q !== ''
    this.#go(address === '' ? '/' : `/?${address}`, { replace: isTyping, keepFocus: true })
  }

  #clear(): void {
    showFilters({ ...readChoice(new URLSearchParams()), sort: this.#choice.sort })
    this.#follow(readFilters())
  }

  #query(): ProductQuery {
    return { ...apiQueryOf(this.#choice), limit: PAGE_SIZE }
  }
}
