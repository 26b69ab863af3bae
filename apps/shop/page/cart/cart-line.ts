import { ApiError } from '../api/api-error.js'
import { drawArtwork } from '../artwork.js'
import { create } from '../dom/create.js'
import { formatPrice, splitName } from '../product-text.js'
import type { CartLine } from './cart-store.js'
import { QUANTITY_ATTRIBUTES, QUANTITY_RULE } from './quantity.js'

export interface CartLineActions {
  /** Rejects when the shop did not take it. */
  readonly change: (productId: number, quantity: number) => Promise<void>
  readonly remove: (productId: number) => void
}

/**
 * One line of the cart: how many, at what price, and whether there are as many. It stays the same element while the
 * cart changes, and what the visitor types into it stays until the shop has it.
 */
export class CartLineView {
  readonly element: HTMLElement
  readonly productId: number
  readonly name: string
  readonly #actions: CartLineActions
  readonly #pieces: HTMLInputElement
  readonly #remove: HTMLButtonElement
  readonly #fault: HTMLElement
  readonly #shortage = create('span', { class: 'warning' })
  readonly #total = create('span', { class: 'line-total' })
  /** As the shop has it. */
  #line: CartLine
  #saving: Promise<boolean> | null = null

  constructor(line: CartLine, actions: CartLineActions) {
    const { productId, product } = line
    const name = product?.name ?? 'No longer sold'
    this.productId = productId
    this.name = name
    this.#actions = actions
    this.#line = line
    const [model, variant] = splitName(name)
    const art = create('div', { class: 'line-art' })
    drawArtwork(art, { name })
    const fault = `pieces-${productId}-error`
    this.#fault = create('p', { class: 'field-error line-error', id: fault, role: 'alert' })
    this.#pieces = create('input', {
      ...QUANTITY_ATTRIBUTES,
      id: `pieces-${productId}`,
      value: line.quantity,
      'aria-label': `Pieces of ${name}`,
      'aria-describedby': fault,
      oninput: () => this.#say(''),
      onchange: () => void this.save(),
    })
    this.#remove = create(
      'button',
      {
        class: 'link',
        type: 'button',
        'aria-label': `Remove ${name}`,
        onclick: () => actions.remove(productId),
      },
      'Remove',
    )
    this.element = create(
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
        this.#shortage,
      ),
      create('div', { class: 'line-pieces' }, this.#pieces, this.#remove),
      this.#total,
      this.#fault,
    )
    this.#show()
  }

  /** How it is by now. */
  update(line: CartLine): void {
    // What was typed and is not stored yet stays.
    const isTyped = !this.isStored
    this.#line = line
    if (!isTyped) this.#pieces.value = String(line.quantity)
    this.#show()
  }

  /**
   * Sees to it that the shop has the quantity that is shown. False when it can't be: what is wrong stands beside it, also
   * for who asks next.
   */
  async save(): Promise<boolean> {
    while (this.#saving !== null) await this.#saving
    if (!this.#pieces.checkValidity()) {
      this.#say(QUANTITY_RULE)
      return false
    }
    const quantity = Number(this.#pieces.value)
    if (quantity === this.#line.quantity) return true
    this.#saving = this.#actions
      .change(this.productId, quantity)
      .then(
        () => true,
        (error: unknown) => {
          this.#say(`Not changed. ${ApiError.messageOf(error)}`)
          return false
        },
      )
      .finally(() => (this.#saving = null))
    return this.#saving
  }

  get isStored(): boolean {
    return this.#pieces.value !== '' && Number(this.#pieces.value) === this.#line.quantity
  }

  focusPieces(): void {
    this.#pieces.focus()
    this.#pieces.select()
  }

  focusRemove(): void {
    this.#remove.focus()
  }

  #show(): void {
    const { available, product, total } = this.#line
    this.#shortage.textContent = available ? '' : shortage(product?.stock ?? 0)
    this.#shortage.hidden = available
    this.#total.textContent = total === null ? '' : formatPrice(total)
  }

  #say(fault: string): void {
    this.#fault.textContent = fault
    if (fault === '') this.#pieces.removeAttribute('aria-invalid')
    else this.#pieces.setAttribute('aria-invalid', 'true')
  }
}

function shortage(stock: number): string {
  return stock === 0 ? 'Sold out' : `Only ${stock} left`
}
