import type { Money } from '../../../domain/money.js'
import type { Order, OrderId } from './order.js'
import type { OrderStatus } from './order-status.js'

/** An order in one line of a list: the read model. */
export interface OrderSummary {
  readonly orderId: OrderId
  readonly userId: string
  readonly status: OrderStatus
  readonly total: Money
  readonly pieces: number
  /** What it is, for people: the first thing in it, and how many others. */
  readonly title: string
  /** The version of the order that this is of. */
  readonly version: number
  readonly placedAt: Date
  readonly updatedAt: Date
}

export function summaryOf(order: Order): OrderSummary {
  const { id: orderId, userId, status, lines, version, placedAt, updatedAt } = order.data
  const [first] = lines
  const others = lines.length - 1
  const title = others > 0 ? `${first?.name} and ${others} more` : (first?.name ?? '')
  const { total, pieces } = order
  return { orderId, userId, status, total, pieces, title, version, placedAt, updatedAt }
}

/** Which summaries are asked for; null where it does not matter. */
export interface SummaryFilter {
  readonly userId: string | null
  readonly status: OrderStatus | null
  /** Placed at this time or later; before this time. */
  readonly from: Date | null
  readonly until: Date | null
  /** In minor units. */
  readonly minTotal: number | null
}
