import type { Product } from './api.js'
import { drawArtwork } from './artwork.js'
import { element } from './elements.js'
import { describeStock, formatPrice, splitName, stockLevel } from './product-text.js'

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
    ...Array.from({ length: WAITING_CARDS }, () => {
      const item = document.createElement('li')
      item.className = 'card waiting'
      item.setAttribute('aria-hidden', 'true')
      return item
    }),
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

function createCard(product: Product): HTMLElement {
  // Security: all of a product goes in as text, never as markup.
  const card = element('.card', template.content.cloneNode(true) as DocumentFragment)
  const [model, variant] = splitName(product.name)
  const link = element<HTMLAnchorElement>('a', card)
  link.href = `#product-${product.id}`
  link.textContent = model
  element('.variant', card).textContent = variant
  element('.price-tag', card).textContent = formatPrice(product.price)
  const stock = element('.stock', card)
  stock.textContent = describeStock(product)
  stock.dataset.stock = card.dataset.stock = stockLevel(product)
  drawArtwork(element('.art', card), product)
  return card
}
