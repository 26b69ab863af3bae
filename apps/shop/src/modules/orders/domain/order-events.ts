import { newId } from '../../../domain/ids.js'
import { type Currency, Money } from '../../../domain/money.js'
import type { Order, OrderId } from './order.js'
import type { OrderStatus } from './order-status.js'
import { type OrderSummary, summaryOf } from './order-summary.js'

export const ORDER_EVENTS = ['order.placed', 'order.confirmed', 'order.shipped', 'order.cancelled'] as const

export type OrderEventType = (typeof ORDER_EVENTS)[number]

/** The data of each event of an order: the order as it was then, such as JSON can hold. */
export interface OrderEventData {
  readonly orderId: OrderId
  readonly userId: string
  readonly status: OrderStatus
  readonly total: { readonly amount: number; readonly currency: Currency }
  readonly pieces: number
  readonly title: string
  readonly version: number
  readonly placedAt: string
  readonly updatedAt: string
  readonly tracking: string | null
  readonly cancellation: string | null
}

export interface OrderEvent {
  readonly id: string
  readonly aggregate: string
  readonly type: OrderEventType
  readonly occurredAt: Date
  readonly data: OrderEventData
}

/** What has happened to an order that is now as given. */
export function eventOf(order: Order): OrderEvent {
  const { tracking, cancellation, status } = order.data
  const { total, placedAt, updatedAt, ...summary } = summaryOf(order)
  if (status === 'draft') throw new Error('nothing has happened to a draft')
  return {
    id: newId(updatedAt),
    aggregate: `order:${order.id}`,
    type: `order.${status}`,
    occurredAt: updatedAt,
    data: {
      ...summary,
      total: { amount: total.amount, currency: total.currency },
      placedAt: placedAt.toISOString(),
      updatedAt: updatedAt.toISOString(),
      tracking,
      cancellation,
    },
  }
}

/** The inverse, for who reads the event. */
export function summaryOfEvent(data: OrderEventData): OrderSummary {
  const { orderId, userId, status, total, pieces, title, version, placedAt, updatedAt } = data
  return {
    orderId,
    userId,
    status,
    total: Money.of(total.amount, total.currency),
    pieces,
    title,
    version,
    placedAt: new Date(placedAt),
    updatedAt: new Date(updatedAt),
  }
}
