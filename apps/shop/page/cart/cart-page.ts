import { ApiError } from '../api/api-error.js'
import { create } from '../dom/create.js'
import { FormRefusal } from '../dom/form.js'
import { pageHead } from '../dom/page-head.js'
import { emptyMessage } from '../dom/waiting.js'
import { say } from '../frame/toasts.js'
import { formatPrice } from '../product-text.js'
import type { View, Visit } from '../routing/view.js'
import { session } from '../session/session.js'
import { CartLineView } from './cart-line.js'
import { type Cart, cart } from './cart-store.js'
import { createCheckout } from './checkout-form.js'

/** What is in the cart, and the order of it: of nothing but what is shown. */
export async function showCart({ go }: Visit): Promise<View> {
  const lines = create('ul', { class: 'lines' })
  const views = new Map<number, CartLineView>()
  const total = create('strong', {})
  const body = create('div', { class: 'cart-body' })
  const content = create('div', { class: 'page' }, pageHead('Your cart'), body)
  let shown: Cart

  const change = async (productId: number, quantity: number): Promise<void> => {
    try {
      show(await cart.change(productId, quantity))
      say(`${quantity} × ${views.get(productId)?.name}.`)
    } catch (error) {
      // It may have been taken out elsewhere.
      if (error instanceof ApiError) show(await cart.load())
      throw error
    }
  }

  const remove = async (productId: number): Promise<void> => {
    const order = [...views.keys()]
    const at = order.indexOf(productId)
    const name = views.get(productId)?.name
    try {
      show(await cart.remove(productId))
      say(`${name} is out of the cart.`)
    } catch (error) {
      say(ApiError.messageOf(error))
      if (error instanceof ApiError) show(await cart.load())
    }
    if (views.has(productId)) return
    // The button that was pressed is gone: the focus goes to that of the next line, after the last line to the heading.
    const next = views.get(order[at + 1] ?? order[at - 1] ?? 0)
    if (next === undefined) content.querySelector('h1')?.focus()
    else next.focusRemove()
  }

  const show = (current: Cart): void => {
    shown = current
    if (current.lines.length === 0) {
      const hadFocus = body.contains(document.activeElement)
      views.clear()
      body.replaceChildren(
        emptyMessage('Your cart is empty', 'What you add to it waits here.', '/', 'Look around'),
      )
      if (hadFocus) content.querySelector('h1')?.focus()
      return
    }
    const there = new Set(current.lines.map(({ productId }) => productId))
    for (const [productId, view] of views) {
      if (there.has(productId)) continue
      view.element.remove()
      views.delete(productId)
    }
    for (const line of current.lines) {
      const view = views.get(line.productId)
      if (view !== undefined) {
        view.update(line)
        continue
      }
      const added = new CartLineView(line, { change, remove: (productId) => void remove(productId) })
      views.set(line.productId, added)
      lines.append(added.element)
    }
    total.textContent = formatPrice(current.total)
    if (!body.contains(lines)) body.replaceChildren(lines, summary)
  }

  /** Stores what was typed. Throws a FormRefusal when that can't be. */
  const store = async (): Promise<void> => {
    for (const view of views.values()) {
      if (await view.save()) continue
      view.focusPieces()
      throw new FormRefusal(`Nothing is ordered: look at the pieces of ${view.name}.`)
    }
  }

  /** Throws a FormRefusal when the shop would order something else than what the visitor sees. */
  const compare = async (): Promise<void> => {
    const before = shown
    const now = await cart.load()
    if (sameGoods(before, now) && [...views.values()].every(({ isStored }) => isStored)) return
    show(now)
    throw new FormRefusal('Nothing is ordered: the cart has changed meanwhile. Look at it once more.')
  }

  const checkout = createCheckout({
    goods: () => goodsOf(shown),
    store,
    compare,
    placed: (order) => {
      say('Thank you. Your order is placed.')
      void cart.load()
      go(`/orders/${order}`)
    },
  })
  const summary = create(
    'section',
    { class: 'summary', 'aria-labelledby': 'summary-heading' },
    create('h2', { id: 'summary-heading' }, 'Order'),
    create('p', { class: 'total', 'aria-live': 'polite' }, 'Total ', total),
    session.user === null ? signInFirst() : checkout,
  )
  shown = await cart.load()
  show(shown)
  return { title: 'Your cart', content }
}

/** Whether two states of the cart are the same things, as many of each, at the same prices. */
function sameGoods(one: Cart, other: Cart): boolean {
  return goodsOf(one) === goodsOf(other)
}

function goodsOf({ lines, total }: Cart): string {
  return JSON.stringify([
    total.amount,
    ...lines.map(({ productId, quantity, product }) => [productId, quantity, product?.price.amount]),
  ])
}

function signInFirst(): HTMLElement {
  return create(
    'div',
    { class: 'actions' },
    create('a', { class: 'button primary', href: '/sign-in?then=%2Fcart' }, 'Sign in to order'),
    create('p', { class: 'hint' }, 'The cart comes along.'),
  )
}
