import { ApiError } from '../api/api-error.js'
import { create } from '../dom/create.js'
import { pageHead } from '../dom/page-head.js'
import { emptyMessage } from '../dom/waiting.js'
import { say } from '../frame/toasts.js'
import { formatPrice } from '../product-text.js'
import type { View, Visit } from '../routing/view.js'
import { session } from '../session/session.js'
import { createCartLine } from './cart-line.js'
import { type Cart, cart } from './cart-store.js'
import { createCheckout } from './checkout-form.js'

/** What is in the cart, and the order of it. */
export async function showCart({ go }: Visit): Promise<View> {
  const lines = create('ul', { class: 'lines' })
  const total = create('strong', {})
  const body = create('div', { class: 'cart-body' })
  const heading = pageHead('Your cart')
  const content = create('div', { class: 'page' }, heading, body)
  const checkout = createCheckout((order) => {
    say('Thank you. Your order is placed.')
    void cart.load()
    go(`/orders/${order}`)
  })

  const change = async (ask: Promise<Cart>, changed: string): Promise<void> => {
    try {
      show(await ask)
      say(changed)
    } catch (error) {
      say(ApiError.messageOf(error))
      show(await cart.load())
    }
  }

  const show = (current: Cart): void => {
    if (current.lines.length === 0) {
      body.replaceChildren(
        emptyMessage('Your cart is empty', 'What you add to it waits here.', '/', 'Look around'),
      )
      return
    }
    // The line that the visitor is at is made anew: the focus goes to the same control of the new one.
    const focused = document.activeElement?.id ?? ''
    lines.replaceChildren(
      ...current.lines.map((line) => createCartLine(line, (ask, text) => void change(ask, text))),
    )
    if (focused !== '' && document.activeElement === document.body) {
      const again = document.getElementById(focused) ?? heading.querySelector('h1')
      again?.focus()
    }
    total.textContent = formatPrice(current.total)
    if (!body.contains(lines)) body.replaceChildren(lines, summary)
  }

  const summary = create(
    'section',
    { class: 'summary', 'aria-labelledby': 'summary-heading' },
    create('h2', { id: 'summary-heading' }, 'Order'),
    create('p', { class: 'total', 'aria-live': 'polite' }, 'Total ', total),
    session.user === null ? signInFirst() : checkout,
  )
  show(await cart.load())
  return { title: 'Your cart', content }
}

function signInFirst(): HTMLElement {
  return create(
    'div',
    { class: 'actions' },
    create('a', { class: 'button primary', href: '/sign-in?then=%2Fcart' }, 'Sign in to order'),
    create('p', { class: 'hint' }, 'The cart comes along.'),
  )
}
