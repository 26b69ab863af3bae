import { fetchProduct, type Product } from './api.js'
import { drawArtwork } from './artwork.js'
import { element } from './elements.js'
import { describeStock, formatPrice, splitName, stockLevel } from './product-text.js'

/**
 * The window with one product. Which one stands in the address (`#product-17`): the back button closes it, and a
 * link to a product can be sent.
 */
export function watchDetail(): void {
  const dialog = element<HTMLDialogElement>('#detail')
  let request = new AbortController()
  /** Whether going back leads to the page without the window. */
  let cameFromPage = false

  const follow = async (): Promise<void> => {
    request.abort()
    const id = /^#product-(\d+)$/.exec(location.hash)?.[1]
    if (id === undefined) {
      dialog.close()
      return
    }
    request = new AbortController()
    const { signal } = request
    try {
      fill(dialog, await fetchProduct(id, signal))
      if (!dialog.open) dialog.showModal()
    } catch (error) {
      if (signal.aborted) return
      console.warn('the product could not be shown', error)
      leaveAddress(cameFromPage)
    }
  }

  addEventListener('hashchange', () => {
    cameFromPage = true
    void follow()
  })
  dialog.addEventListener('close', () => leaveAddress(cameFromPage))
  // A click beside the window: its target is the dialog itself, not something in it.
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog) dialog.close()
  })
  void follow()
}

/** The window is closed: the address shall not name its product any more. */
function leaveAddress(cameFromPage: boolean): void {
  if (location.hash === '') return
  if (cameFromPage) history.back()
  else history.replaceState(null, '', location.pathname + location.search)
}

function fill(dialog: HTMLElement, product: Product): void {
  const [model, variant] = splitName(product.name)
  const texts = {
    '.detail-category': product.category.name,
    h2: model,
    '.detail-variant': variant,
    '.detail-price': formatPrice(product.price),
    '.detail-stock':
      product.stock > 0 ? `${describeStock(product)} (${product.stock})` : describeStock(product),
    '.detail-description': product.description,
    '.detail-sku': `SKU ${product.sku}`,
  }
  for (const [selector, text] of Object.entries(texts)) element(selector, dialog).textContent = text
  element('.detail-stock', dialog).dataset.stock = stockLevel(product)
  drawArtwork(element('.detail-art', dialog), product)
}
