import { ApiError } from '../api/api-error.js'
import { fetchProduct, type Product } from '../api/catalogue.js'
import { fetchImages, type Image } from '../api/images.js'
import { drawArtwork } from '../artwork.js'
import { cart } from '../cart/cart-store.js'
import { MOST_PIECES, QUANTITY_ATTRIBUTES, QUANTITY_RULE } from '../cart/quantity.js'
import { create } from '../dom/create.js'
import { say } from '../frame/toasts.js'
import { watchStock } from '../live/stock-watch.js'
import { describeStock, formatPrice, splitName, stockLevel } from '../product-text.js'
import type { View, Visit } from '../routing/view.js'
import { session } from '../session/session.js'
import { createGallery } from './gallery.js'

/** One product: its pictures, how many there are at this moment, and the way into the cart. */
export async function showProduct({ params, signal }: Visit): Promise<View> {
  const product = await fetchProduct(Number(params.id), signal)
  const images: readonly Image[] = await fetchImages([product.id], signal).catch(() => [])
  const [model, variant] = splitName(product.name)
  const stock = create('p', { class: 'product-stock', role: 'status' })
  const order = createOrderForm(product)
  const showStock = (pieces: number): void => {
    const left = pieces > 0 ? `${describeStock({ stock: pieces })} (${pieces})` : describeStock({ stock: 0 })
    if (stock.textContent !== left) stock.textContent = left
    stock.dataset.stock = stockLevel({ stock: pieces })
    order.setStock(pieces)
  }
  showStock(product.stock)
  watchStock([product.id], (_product, pieces) => showStock(pieces), signal)

  const content = create(
    'article',
    { class: 'page product' },
    create('p', { class: 'back' }, create('a', { href: '/' }, 'All products')),
    pictureOf(product, images),
    create(
      'div',
      { class: 'product-text' },
      create(
        'p',
        { class: 'soft' },
        create('a', { href: `/?category=${product.category.slug}` }, product.category.name),
      ),
      create('h1', { tabindex: -1 }, model),
      variant !== '' && create('p', { class: 'soft' }, variant),
      create('p', { class: 'product-price' }, formatPrice(product.price)),
      stock,
      order.element,
      create('p', { class: 'product-description' }, product.description),
      create('p', { class: 'hint' }, `SKU ${product.sku}`),
      session.may('catalogue:write') &&
        create('p', {}, create('a', { href: `/admin/products/${product.id}` }, 'Edit this product')),
    ),
  )
  return { title: product.name, content }
}

function pictureOf(product: Product, images: readonly Image[]): HTMLElement {
  if (images.length > 0) return createGallery(product.name, images)
  const art = create('div', { class: 'product-art' })
  drawArtwork(art, product)
  return create(
    'figure',
    { class: 'product-drawing' },
    art,
    create('figcaption', { class: 'hint' }, 'A drawing: there is no photograph of it yet.'),
  )
}

function createOrderForm(product: Product): {
  readonly element: HTMLElement
  setStock(pieces: number): void
} {
  const quantity = create('input', {
    ...QUANTITY_ATTRIBUTES,
    id: 'quantity',
    value: 1,
    'aria-describedby': 'quantity-error',
    oninput: () => complain(''),
  })
  const button = create('button', { class: 'button primary', type: 'submit' }, 'Add to cart')
  const fault = create('p', { class: 'field-error', id: 'quantity-error', role: 'alert' })
  const complain = (text: string): void => {
    fault.textContent = text
    if (text === '') quantity.removeAttribute('aria-invalid')
    else quantity.setAttribute('aria-invalid', 'true')
  }
  const form = create(
    'form',
    { class: 'buy', novalidate: true },
    create('label', { for: 'quantity' }, 'Pieces'),
    quantity,
    button,
    fault,
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!quantity.checkValidity()) {
      complain(QUANTITY_RULE)
      quantity.focus()
      return
    }
    complain('')
    const pieces = Number(quantity.value)
    cart.add(product.id, pieces).then(
      () => say(`${pieces} × ${product.name} is in the cart.`, { href: '/cart', label: 'To the cart' }),
      (error: unknown) => complain(sentenceOf(error, pieces)),
    )
  })
  return {
    element: form,
    setStock: (pieces) => {
      button.disabled = pieces === 0
      button.textContent = pieces === 0 ? 'Sold out' : 'Add to cart'
    },
  }
}

function sentenceOf(error: unknown, pieces: number): string {
  const isTooMany = error instanceof ApiError && error.issues.some(({ path }) => path.at(-1) === 'quantity')
  if (!isTooMany) return ApiError.messageOf(error)
  return `With these ${pieces}, the cart would have more than ${MOST_PIECES} of it.`
}
