import { create } from '../dom/create.js'
import { moment } from '../dom/moment.js'
import { pageHead } from '../dom/page-head.js'
import { emptyMessage } from '../dom/waiting.js'
import { notifications } from '../notifications/notification-store.js'
import { formatPrice } from '../product-text.js'
import type { View, Visit } from '../routing/view.js'
import { statusBadge } from './order-status.js'
import { fetchOrders, type OrderList, type OrderSummary } from './orders.js'

/** The orders of who is signed in, the newest first. They follow what happens to them. */
export async function showOrders({ signal }: Visit): Promise<View> {
  const list = create('ul', { class: 'rows' })
  const more = create('button', { class: 'button', type: 'button', hidden: true }, 'Show more')
  const empty = emptyMessage('No orders yet', 'What you order is listed here.', '/', 'Look around')
  const content = create(
    'div',
    { class: 'page narrow' },
    pageHead('Your orders'),
    empty,
    list,
    create('div', { class: 'foot' }, more),
  )
  let cursor: string | null = null
  const add = ({ items, nextCursor }: OrderList): void => {
    list.append(...items.map(createRow))
    cursor = nextCursor
    more.hidden = nextCursor === null
  }
  const load = async (): Promise<void> => {
    const first = await fetchOrders(null, signal)
    empty.hidden = first.items.length > 0
    list.replaceChildren()
    add(first)
  }
  more.addEventListener('click', () => {
    const before = list.childElementCount
    fetchOrders(cursor, signal).then(
      (next) => {
        add(next)
        list.children[before]?.querySelector('a')?.focus()
      },
      (error: unknown) => console.warn('no more orders could be fetched', error),
    )
  })
  await load()
  notifications.onNew(({ data }) => {
    if ('orderId' in data) load().catch(() => {})
  }, signal)
  return { title: 'Your orders', content }
}

function createRow({ id, status, title, pieces, total, placedAt }: OrderSummary): HTMLElement {
  return create(
    'li',
    { class: 'row' },
    create(
      'div',
      { class: 'row-text' },
      create('a', { class: 'row-link', href: `/orders/${id}` }, title),
      create(
        'span',
        { class: 'soft' },
        moment(placedAt),
        ` · ${pieces === 1 ? '1 piece' : `${pieces} pieces`}`,
      ),
    ),
    statusBadge(status),
    create('span', { class: 'row-total' }, formatPrice(total)),
  )
}
