import { type Slice, sliceOf } from '../../../../domain/paging.js'
import { OrderNotFound } from '../../domain/errors.js'
import type { Order, OrderId } from '../../domain/order.js'
import type { OrderSummary, SummaryFilter } from '../../domain/order-summary.js'
import type { OrderRepository, SummaryRepository } from '../../domain/repositories.js'

/** What can be asked of orders. Lists come from the read model, which is a moment behind. */
export class OrderQueries {
  readonly #orders: OrderRepository
  readonly #summaries: SummaryRepository

  constructor(needs: { orders: OrderRepository; orderSummaries: SummaryRepository }) {
    this.#orders = needs.orders
    this.#summaries = needs.orderSummaries
  }

  /** Rejects with OrderNotFound also when it is the order of somebody else, for who may not see all of them. */
  async order(id: OrderId, { userId, seesAll }: { userId: string; seesAll: boolean }): Promise<Order> {
    const order = await this.#orders.find(id)
    if (order === null || (order.data.userId !== userId && !seesAll)) throw new OrderNotFound(id)
    return order
  }

  /** The newest first. The place of a slice is the id of its last order. */
  async list(
    filter: SummaryFilter,
    before: OrderId | null,
    size: number,
  ): Promise<Slice<OrderSummary, OrderId>> {
    const found = await this.#summaries.list(filter, before, size + 1)
    return sliceOf(found, size, ({ orderId }) => orderId)
  }
}
