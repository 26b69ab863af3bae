import { drawArtwork } from '../artwork.js'
import { create } from '../dom/create.js'
import { formatPrice, splitName } from '../product-text.js'
import { type Cart, type CartLine, cart } from './cart-store.js'

/** One line of the cart: how many, at what price, and whether there are as many. */
export function createCartLine(
  { productId, quantity, available, product, total }: CartLine,
  change: (ask: Promise<Cart>, changed: string) => void,
): HTMLElement {
  const name = product?.name ?? 'No longer sold'
  const [model, variant] = splitName(name)
  const art = create('div', { class: 'line-art' })
  drawArtwork(art, { name })
  const pieces = create('input', {
    id: `pieces-${productId}`,
    type: 'number',
    inputmode: 'numeric',
    min: 1,
    max: 99,
    value: quantity,
    'aria-label': `Pieces of ${name}`,
    onchange: () => {
      if (pieces.checkValidity())
        change(cart.change(productId, Number(pieces.value)), `${pieces.value} × ${name}.`)
      else pieces.reportValidity()
    },
  })
  const remove = create(
    'button',
    {
      id: `remove-${productId}`,
      class: 'link',
      type: 'button',
      'aria-label': `Remove ${name}`,
      onclick: () => change(cart.remove(productId), `${name} is out of the cart.`),
    },
    'Remove',
  )
  return create(
    'li',
    { class: 'line' },
    art,
    create(
      'div',
      { class: 'line-text' },
      product === null
        ? create('span', { class: 'line-name' }, model)
        : create('a', { class: 'line-name', href: `/products/${productId}` }, model),
      create('span', { class: 'soft' }, variant),
      !available && create('span', { class: 'warning' }, shortage(product?.stock ?? 0)),
    ),
    create('div', { class: 'line-pieces' }, pieces, remove),
    create('span', { class: 'line-total' }, total === null ? '' : formatPrice(total)),
  )
}

function shortage(stock: number): string {
  return stock === 0 ? 'Sold out' : `Only ${stock} left`
}
