import { ApiError } from '../api/api-error.js'
import { create } from '../dom/create.js'
import { moment } from '../dom/moment.js'
import { pageHead } from '../dom/page-head.js'
import { say } from '../frame/toasts.js'
import { askForCancellation } from '../orders/cancellation.js'
import { orderNumber } from '../orders/order-number.js'
import { isOrderStatus, ORDER_STATUSES, statusBadge, statusText } from '../orders/order-status.js'
import {
  confirmOrder,
  fetchAllOrders,
  fetchOrder,
  type OrderStatus,
  type StaffOrderSummary,
} from '../orders/orders.js'
import { formatPrice } from '../product-text.js'
import type { View, Visit } from '../routing/view.js'
import { session } from '../session/session.js'
import { adminSections, staffOnly } from './sections.js'

/** For people who work here: the orders of everybody, the newest first, and what can be done with each. */
export async function showStaffOrders({ search, signal }: Visit): Promise<View> {
  if (!session.may('orders:read')) return staffOnly('Your account may not see the orders of others.')
  const asked = search.get('status') ?? ''
  const status = isOrderStatus(asked) ? asked : null
  const list = create('ul', { class: 'rows' })
  const more = create('button', { class: 'button', type: 'button', hidden: true }, 'Show more')
  const empty = create('p', { class: 'message-text' }, 'There are no such orders.')
  const content = create(
    'div',
    { class: 'page' },
    adminSections('Orders'),
    pageHead(status === null ? 'Orders' : `Orders: ${statusText(status)}`),
    statusLinks(status),
    empty,
    list,
    create('div', { class: 'foot' }, more),
  )
  let cursor: string | null = null
  const load = async (): Promise<void> => {
    const next = await fetchAllOrders(status, cursor, signal)
    list.append(...next.items.map((order) => createRow(order, content, signal)))
    cursor = next.nextCursor
    more.hidden = cursor === null
    empty.hidden = list.childElementCount > 0
  }
  more.addEventListener('click', () => {
    if (more.getAttribute('aria-disabled') === 'true') return
    more.setAttribute('aria-disabled', 'true')
    const before = list.childElementCount
    load()
      .then(
        () => list.children[before]?.querySelector('a')?.focus(),
        (error: unknown) => say(ApiError.messageOf(error)),
      )
      .finally(() => more.removeAttribute('aria-disabled'))
  })
  await load()
  return { title: 'All orders', content }
}

function statusLinks(current: OrderStatus | null): HTMLElement {
  const link = (text: string, status: OrderStatus | null): HTMLElement =>
    create(
      'a',
      {
        href: status === null ? '/admin/orders' : `/admin/orders?status=${status}`,
        'aria-current': status === current ? 'true' : null,
      },
      text,
    )
  return create(
    'nav',
    { class: 'choices', 'aria-label': 'Orders by status' },
    link('All', null),
    ...ORDER_STATUSES.map((status) => link(statusText(status), status)),
  )
}

/** A row that stays where it is when its order changes, also when it is not of the chosen status any more. */
function createRow(order: StaffOrderSummary, view: HTMLElement, signal: AbortSignal): HTMLElement {
  const { id, title, pieces, placedAt, total, customer } = order
  const number = orderNumber(id)
  const link = create('a', { class: 'row-link', href: `/admin/orders/${id}` }, title)
  const badge = create('span', { class: 'row-status' })
  const actions = create('div', { class: 'row-actions' })
  let shown = order.status

  const show = (status: OrderStatus): void => {
    const hadFocus = actions.contains(document.activeElement)
    shown = status
    badge.replaceChildren(statusBadge(status))
    actions.replaceChildren(...actionsOf(status))
    // The button that was pressed is gone.
    if (hadFocus) link.focus()
  }
  /** As long as it is still what the row says: its tag, else null. */
  const tagAsShown = async (): Promise<string | null> => {
    const { data, headers } = await fetchOrder(id, signal)
    if (data.status === shown) return headers.get('etag')
    show(data.status)
    say(`Order ${number} has changed meanwhile: it is ${statusText(data.status).toLowerCase()}.`)
    return null
  }
  let isConfirming = false
  const confirm = async (): Promise<void> => {
    if (isConfirming) return
    isConfirming = true
    try {
      const tag = await tagAsShown()
      if (tag !== null) {
        show((await confirmOrder(id, tag)).data.status)
        say(`Order ${number} is confirmed.`)
      }
    } catch (error) {
      say(ApiError.messageOf(error))
    }
    isConfirming = false
  }
  const cancel = (): void =>
    askForCancellation(view, id, tagAsShown, (cancelled) => {
      show(cancelled.data.status)
      link.focus()
      say(`Order ${number} is cancelled.`)
    })
  const actionsOf = (status: OrderStatus): readonly Node[] => {
    if (!session.may('orders:write')) return []
    if (status !== 'placed' && status !== 'confirmed') return []
    const cancelling = actionButton('Cancel', number, cancel)
    return status === 'placed'
      ? [actionButton('Confirm', number, () => void confirm()), cancelling]
      : [cancelling]
  }

  show(order.status)
  return create(
    'li',
    { class: 'row with-actions' },
    create(
      'div',
      { class: 'row-text' },
      link,
      create(
        'span',
        { class: 'soft' },
        `Order ${number} · `,
        customer === null ? null : `${customer} · `,
        moment(placedAt),
        ` · ${pieces === 1 ? '1 piece' : `${pieces} pieces`}`,
      ),
    ),
    badge,
    create('span', { class: 'row-total' }, formatPrice(total)),
    actions,
  )
}

function actionButton(text: string, order: string, act: () => void): HTMLElement {
  return create(
    'button',
    { class: 'button small', type: 'button', 'aria-label': `${text} order ${order}`, onclick: act },
    text,
  )
}
