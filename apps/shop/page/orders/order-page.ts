import { ApiError } from '../api/api-error.js'
import type { Answer } from '../api/call.js'
import { create } from '../dom/create.js'
import { moment } from '../dom/moment.js'
import { pageHead } from '../dom/page-head.js'
import { say } from '../frame/toasts.js'
import { notifications } from '../notifications/notification-store.js'
import { formatPrice } from '../product-text.js'
import type { View, Visit } from '../routing/view.js'
import { statusSteps } from './order-status.js'
import { cancelOrder, confirmOrder, fetchOrder, type Order } from './orders.js'

/** One order: how far it is, what it holds, and what can still be done with it. */
export async function showOrder({ params, signal }: Visit): Promise<View> {
  const id = params.id ?? ''
  const state = create('div', { role: 'status' })
  const actions = create('div', { class: 'actions' })
  const facts = create('dl', { class: 'facts' })
  let shown = await fetchOrder(id, signal)

  const show = (answer: Answer<Order>): void => {
    shown = answer
    state.replaceChildren(statusSteps(answer.value.status))
    facts.replaceChildren(...factsOf(answer.value))
    actions.replaceChildren(...actionsOf(answer.value))
  }
  const change = async (ask: typeof confirmOrder): Promise<void> => {
    try {
      // What it is now is read out; a notification follows.
      show(await ask(id, shown.etag ?? '*'))
    } catch (error) {
      say(ApiError.messageOf(error))
      // Somebody was faster: what can be done now depends on what it is now.
      if (error instanceof ApiError) show(await fetchOrder(id, signal))
    }
    content.querySelector('h1')?.focus()
  }
  const confirm = (): void => void change(confirmOrder)
  const cancel = (): void => void change(cancelOrder)
  const actionsOf = ({ status }: Order): readonly Node[] => {
    if (status !== 'placed') return []
    return [
      create('button', { class: 'button primary', type: 'button', onclick: confirm }, 'Confirm order'),
      create('button', { class: 'button', type: 'button', onclick: cancel }, 'Cancel order'),
    ]
  }

  const { lines, total } = shown.value
  const content = create(
    'div',
    { class: 'page narrow' },
    create('p', { class: 'back' }, create('a', { href: '/orders' }, 'All orders')),
    pageHead(`Order ${id.slice(-6).toUpperCase()}`),
    state,
    actions,
    create(
      'ul',
      { class: 'rows' },
      ...lines.map((line) =>
        create(
          'li',
          { class: 'row' },
          create(
            'div',
            { class: 'row-text' },
            create('a', { class: 'row-link', href: `/products/${line.productId}` }, line.name),
            create('span', { class: 'soft' }, `${line.quantity} × ${formatPrice(line.price)}`),
          ),
          create('span', { class: 'row-total' }, formatPrice(line.total)),
        ),
      ),
    ),
    create('p', { class: 'total' }, 'Total ', create('strong', {}, formatPrice(total))),
    facts,
  )
  show(shown)
  notifications.onNew(({ data }) => {
    if (data.orderId === id) fetchOrder(id, signal).then(show, () => {})
  }, signal)
  return { title: `Order ${id.slice(-6).toUpperCase()}`, content }
}

function factsOf({ placedAt, shipTo, level, tracking, cancellation }: Order): readonly Node[] {
  const facts: readonly (readonly [string, Node | string | null])[] = [
    ['Placed', moment(placedAt)],
    ['To', `${shipTo.postalCode}, ${shipTo.country}`],
    ['Delivery', level],
    ['Tracking', tracking],
    ['Why it was cancelled', cancellation],
  ]
  return facts.flatMap(([name, value]) =>
    value === null ? [] : [create('dt', {}, name), create('dd', {}, value)],
  )
}
