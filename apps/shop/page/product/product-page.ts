import { ApiError } from '../api/api-error.js'
import { fetchProduct, type Product } from '../api/catalogue.js'
import { fetchImages, type Image } from '../api/images.js'
import { drawArtwork } from '../artwork.js'
import { cart } from '../cart/cart-store.js'
import { create } from '../dom/create.js'
import { say } from '../frame/toasts.js'
import { watchStock } from '../live/stock-watch.js'
import { describeStock, formatPrice, splitName, stockLevel } from '../product-text.js'
import type { View, Visit } from '../routing/view.js'
import { session } from '../session/session.js'
import { createGallery } from './gallery.js'

/** One product: its pictures, how many there are at this moment, and the way into the cart. */
export async function showProduct({ params, signal }: Visit): Promise<View> {
  const product = await fetchProduct(params.id ?? '', signal)
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
  return art
}

function createOrderForm(product: Product): {
  readonly element: HTMLElement
  setStock(pieces: number): void
} {
  const quantity = create('input', {
    id: 'quantity',
    type: 'number',
    inputmode: 'numeric',
    min: 1,
    max: 99,
    value: 1,
    required: true,
  })
  const button = create('button', { class: 'button primary', type: 'submit' }, 'Add to cart')
  const form = create(
    'form',
    { class: 'buy' },
    create('label', { for: 'quantity' }, 'Pieces'),
    quantity,
    button,
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    cart.add(product.id, Number(quantity.value)).then(
      () =>
        say(`${quantity.value} × ${product.name} is in the cart.`, { href: '/cart', label: 'To the cart' }),
      (error: unknown) => say(ApiError.messageOf(error)),
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
