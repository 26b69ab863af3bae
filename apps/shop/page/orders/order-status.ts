import { create } from '../dom/create.js'
import type { OrderStatus } from './orders.js'

const WORDS: Readonly<Record<OrderStatus, string>> = {
  placed: 'Placed',
  confirmed: 'Confirmed',
  shipped: 'On its way',
  cancelled: 'Cancelled',
}

const WAY: readonly OrderStatus[] = ['placed', 'confirmed', 'shipped']

export const ORDER_STATUSES: readonly OrderStatus[] = ['placed', 'confirmed', 'shipped', 'cancelled']

export function isOrderStatus(text: string): text is OrderStatus {
  return Object.hasOwn(WORDS, text)
}

export function statusText(status: OrderStatus): string {
  return WORDS[status]
}

export function statusBadge(status: OrderStatus): HTMLElement {
  return create('span', { class: 'badge', 'data-status': status }, WORDS[status])
}

/** How far an order has come. */
export function statusSteps(status: OrderStatus): HTMLElement {
  if (status === 'cancelled') return create('p', { class: 'steps-over' }, statusBadge(status))
  const reached = WAY.indexOf(status)
  return create(
    'ol',
    { class: 'steps' },
    ...WAY.map((step, index) =>
      create(
        'li',
        { class: index <= reached ? 'reached' : '', 'aria-current': index === reached ? 'step' : null },
        WORDS[step],
      ),
    ),
  )
}
