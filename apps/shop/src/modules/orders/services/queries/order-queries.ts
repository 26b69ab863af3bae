import { type Slice, sliceOf } from '../../../../domain/paging.js'
import { OrderNotFound } from '../../domain/errors.js'
import type { Order, OrderId } from '../../domain/order.js'
import type { OrderSummary, SummaryFilter } from '../../domain/order-summary.js'
import type { UserDirectory } from '../../../identity/services/user-directory.js'
import type { OrderRepository, SummaryRepository } from '../../domain/repositories.js'

/** An order in the list of all, and who it is from. */
export interface StaffSummary extends OrderSummary {
  /** The name of who ordered; null when it is not known any more. */
  readonly customer: string | null
}

/** What can be asked of orders. Lists come from the read model, which is a moment behind. */
export class OrderQueries {
  readonly #orders: OrderRepository
  readonly #summaries: SummaryRepository

  readonly #directory: UserDirectory

  constructor(needs: {
    orders: OrderRepository
    orderSummaries: SummaryRepository
    userDirectory: UserDirectory
  }) {
    this.#orders = needs.orders
    this.#summaries = needs.orderSummaries
    this.#directory = needs.userDirectory
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
  /** The same, with the names of the customers. */
  async listForStaff(
    filter: SummaryFilter,
    before: OrderId | null,
    size: number,
  ): Promise<Slice<StaffSummary, OrderId>> {
    const { items, next } = await this.list(filter, before, size)
    const names = await this.#directory.namesOf(items.map(({ userId }) => userId))
    return { items: items.map((item) => ({ ...item, customer: names.get(item.userId) ?? null })), next }
  }
}
