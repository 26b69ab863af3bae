import { ApiError } from '../api/api-error.js'
import { element } from '../dom/elements.js'

/** What to do next, on the button below a message. */
export interface Offer {
  readonly label: string
  readonly act: () => void
}

/** The words around the products: heading, count, messages, and the button for more. */
export class ProductListView {
  readonly #heading = element('#heading')
  readonly #count = element('#count')
  readonly #message = element('#message')
  readonly #more = element<HTMLButtonElement>('#load-more')
  /** What the button below the message does. */
  #act = (): void => {}

  constructor(showMore: () => void) {
    this.#more.addEventListener('click', showMore)
    element('button', this.#message).addEventListener('click', () => this.#act())
  }

  showHeading(text: string): void {
    this.#heading.textContent = text
  }

  /** How many there are, and how many of them are on the page. */
  showCount(total: number, shown: number): void {
    const products = total === 1 ? '1 product' : `${total} products`
    this.#count.textContent = shown < total ? `${products}, ${shown} of them shown` : products
    this.#more.hidden = shown >= total
  }

  setLoadingMore(loading: boolean): void {
    this.#more.disabled = loading
  }

  showNothing(offer: Offer): void {
    this.#showMessage('Nothing was found', 'Try fewer words, or another category.', offer)
  }

  showFailure(error: unknown, again: Offer, everything: Offer): void {
    this.#count.textContent = ''
    this.#more.hidden = true
    if (error instanceof ApiError && error.status === 400) {
      this.#showMessage('That can not be searched for', error.message, everything)
      return
    }
    const text = 'Check the connection; the shop may also be closed for a moment.'
    this.#showMessage('The shop does not answer', error instanceof ApiError ? error.message : text, again)
  }

  hideMessage(): void {
    this.#message.hidden = true
  }

  #showMessage(title: string, text: string, { label, act }: Offer): void {
    element('.message-title', this.#message).textContent = title
    element('.message-text', this.#message).textContent = text
    element('button', this.#message).textContent = label
    this.#act = act
    this.#message.hidden = false
  }
}
