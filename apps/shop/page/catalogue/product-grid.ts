import type { Product } from '../api/catalogue.js'
import type { Image } from '../api/images.js'
import { drawArtwork } from '../artwork.js'
import { create } from '../dom/create.js'
import { element } from '../dom/elements.js'
import { describeStock, formatPrice, splitName, stockLevel } from '../product-text.js'

const WAITING_CARDS = 12

const grid = element('#grid')
const template = element<HTMLTemplateElement>('#card')

export function setBusy(busy: boolean): void {
  grid.setAttribute('aria-busy', String(busy))
}

/** Empty cards where products will be, on a page that has none yet. */
export function showWaiting(): void {
  if (grid.childElementCount > 0) return
  grid.replaceChildren(
    ...Array.from({ length: WAITING_CARDS }, () =>
      create('li', { class: 'card waiting', 'aria-hidden': 'true' }),
    ),
  )
}

export function showProducts(products: readonly Product[]): void {
  grid.replaceChildren(...products.map(createCard))
}

/** Adds products at the end and moves the focus to the first of them. */
export function addProducts(products: readonly Product[]): void {
  const cards = products.map(createCard)
  grid.append(...cards)
  cards[0]?.querySelector('a')?.focus()
}

/** Photographs in place of drawings, the first of each product. */
export function showImages(images: readonly Image[]): void {
  for (const { product, url } of images) {
    const art = cardOf(product)?.querySelector('.art')
    if (art === null || art === undefined || art.querySelector('img') !== null) continue
    // The name beside it says what it shows.
    art.replaceChildren(create('img', { src: url, alt: '', loading: 'lazy' }))
  }
}

export function showStock(product: number, stock: number): void {
  const card = cardOf(product)
  if (card !== null) writeStock(card, stock)
}

export function shownProducts(): readonly number[] {
  return [...grid.querySelectorAll<HTMLElement>('[data-product]')].map((card) => Number(card.dataset.product))
}

function cardOf(product: number): HTMLElement | null {
  return grid.querySelector<HTMLElement>(`[data-product="${product}"]`)
}

function createCard(product: Product): HTMLElement {
  // Security: all of a product goes in as text, never as markup.
  const card = element('.card', template.content.cloneNode(true) as DocumentFragment)
  const [model, variant] = splitName(product.name)
  const link = element<HTMLAnchorElement>('a', card)
  card.dataset.product = String(product.id)
  link.href = `/products/${product.id}`
  link.textContent = model
  element('.variant', card).textContent = variant
  element('.price-tag', card).textContent = formatPrice(product.price)
  writeStock(card, product.stock)
  drawArtwork(element('.art', card), product)
  return card
}

function writeStock(card: HTMLElement, pieces: number): void {
  const stock = element('.stock', card)
  stock.textContent = describeStock({ stock: pieces })
  stock.dataset.stock = card.dataset.stock = stockLevel({ stock: pieces })
}
