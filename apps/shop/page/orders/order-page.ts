import { ApiError } from '../api/api-error.js'
import { create } from '../dom/create.js'
import { moment } from '../dom/moment.js'
import { pageHead } from '../dom/page-head.js'
import { say } from '../frame/toasts.js'
import { notifications } from '../notifications/notification-store.js'
import { formatPrice } from '../product-text.js'
import type { View, Visit } from '../routing/view.js'
import { session } from '../session/session.js'
import { askForCancellation } from './cancellation.js'
import { orderNumber } from './order-number.js'
import { statusSteps } from './order-status.js'
import {
  cancelOrder,
  confirmOrder,
  fetchCustomer,
  fetchOrder,
  type Order,
  type OrderAnswer,
} from './orders.js'

/** One of the visitor's own orders. */
export function showOrder(visit: Visit): Promise<View> {
  return showOne(visit, false)
}

/** Anybody's, for people who work here: they can do more with it, and say why. */
export function showStaffOrder(visit: Visit): Promise<View> {
  return showOne(visit, true)
}

/** One order: how far it is, what it holds, and what can still be done with it. */
async function showOne({ params, signal }: Visit, isStaff: boolean): Promise<View> {
  const id = params.id ?? ''
  const state = create('div', { role: 'status' })
  const actions = create('div', { class: 'actions' })
  const facts = create('dl', { class: 'facts' })
  let shown = await fetchOrder(id, signal)
  const { user } = shown.data
  const customer = isStaff ? await fetchCustomer(user, signal).catch(() => user) : null

  const show = (answer: OrderAnswer): void => {
    shown = answer
    state.replaceChildren(statusSteps(answer.data.status))
    facts.replaceChildren(...factsOf(answer.data, customer))
    actions.replaceChildren(...actionsOf(answer.data))
  }
  const change = async (ask: typeof confirmOrder): Promise<void> => {
    try {
      // What it is now is read out; a notification follows.
      show(await ask(id, shown.headers.get('etag') ?? '*'))
    } catch (error) {
      say(ApiError.messageOf(error))
      // Somebody was faster: what can be done now depends on what it is now.
      if (error instanceof ApiError) show(await fetchOrder(id, signal))
    }
    content.querySelector('h1')?.focus()
  }
  const confirm = (): void => void change(confirmOrder)
  const cancel = (): void => {
    if (!isStaff) return void change((order, etag) => cancelOrder(order, etag))
    askForCancellation(
      content,
      id,
      async () => {
        // Somebody may have been faster: then the visitor looks again first.
        const { status } = shown.data
        show(await fetchOrder(id, signal))
        return shown.data.status === status ? shown.headers.get('etag') : null
      },
      (answer) => {
        show(answer)
        content.querySelector('h1')?.focus()
      },
    )
  }
  const actionsOf = ({ status }: Order): readonly Node[] => {
    if (isStaff && !session.may('orders:write')) return []
    const cancelling = create('button', { class: 'button', type: 'button', onclick: cancel }, 'Cancel order')
    if (status === 'confirmed' && isStaff) return [cancelling]
    if (status !== 'placed') return []
    return [
      create('button', { class: 'button primary', type: 'button', onclick: confirm }, 'Confirm order'),
      cancelling,
    ]
  }

  const { lines, total } = shown.data
  const content = create(
    'div',
    { class: 'page narrow' },
    create(
      'p',
      { class: 'back' },
      create('a', { href: isStaff ? '/admin/orders' : '/orders' }, 'All orders'),
    ),
    pageHead(`Order ${orderNumber(id)}`),
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
  return { title: `Order ${orderNumber(id)}`, content }
}

function factsOf(order: Order, customer: string | null): readonly Node[] {
  const { placedAt, shipTo, level, tracking, cancellation } = order
  const facts: readonly (readonly [string, Node | string | null])[] = [
    ['Placed', moment(placedAt)],
    ['Customer', customer],
    ['To', `${shipTo.postalCode}, ${shipTo.country}`],
    ['Delivery', level],
    ['Tracking', tracking],
    ['Why it was cancelled', cancellation],
  ]
  return facts.flatMap(([name, value]) =>
    value === null ? [] : [create('dt', {}, name), create('dd', {}, value)],
  )
}
