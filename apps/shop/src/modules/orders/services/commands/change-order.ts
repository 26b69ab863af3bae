import type { Clock } from '../../../../platform/clock/clock.js'
import type { Transactions } from '../../../../platform/database/transactions.js'
import type { Outbox } from '../../../../platform/events/outbox.js'
import type { StockService } from '../../../stock/services/stock-service.js'
import { OrderNotFound, StaleOrder } from '../../domain/errors.js'
import type { Order, OrderActor, OrderId } from '../../domain/order.js'
import { eventOf } from '../../domain/order-events.js'
import type { OrderRepository } from '../../domain/repositories.js'

export interface ChangeOrderDependencies {
  readonly orders: OrderRepository
  readonly stock: StockService
  readonly transactions: Transactions
  readonly outbox: Outbox
  readonly clock: Clock
}

/** The versions of an order that its caller has seen and agrees to change; `any` when it does not matter. */
export type ExpectedOrderVersion = 'any' | readonly number[]

/** Who asks: a user, who sees their own orders, or who may change all of them. */
export interface Asker {
  readonly userId: string
  readonly isStaff: boolean
}

/** Each change of an order that was placed, with its event. Rejects with the errors of domain/errors.ts. */
export class ChangeOrder {
  readonly #needs: ChangeOrderDependencies

  constructor(needs: ChangeOrderDependencies) {
    this.#needs = needs
  }

  confirm(id: OrderId, asker: Asker, expected: ExpectedOrderVersion): Promise<Order> {
    return this.#change(id, asker, expected, async (order, now) => order.confirm(now))
  }

  cancel(id: OrderId, asker: Asker, reason: string, expected: ExpectedOrderVersion): Promise<Order> {
    const actor = asker.isStaff ? 'staff' : 'customer'
    return this.#change(id, asker, expected, (order, now) =>
      this.#cancel(order, actor, asker.userId, reason, now),
    )
  }

  /** When the carrier has taken it. Does nothing with an order that is not confirmed any more: false then. */
  async ship(id: OrderId, tracking: string): Promise<boolean> {
    return this.#ifConfirmed(id, async (order, now) => order.ship(tracking, now))
  }

  /** When the carrier will not take it. */
  async giveUp(id: OrderId, reason: string): Promise<boolean> {
    return this.#ifConfirmed(id, (order, now) => this.#cancel(order, 'shop', 'shop', reason, now))
  }

  async #cancel(order: Order, actor: OrderActor, who: string, reason: string, now: Date): Promise<Order> {
    const cancelled = order.cancel(actor, reason, now)
    await this.#needs.stock.release(order.data.lines, { actor: who, reason: `order ${order.id} cancelled` })
    return cancelled
  }

  #change(
    id: OrderId,
    { userId, isStaff }: Asker,
    expected: ExpectedOrderVersion,
    change: (order: Order, now: Date) => Promise<Order>,
  ): Promise<Order> {
    const { transactions, orders } = this.#needs
    return transactions.transaction(async () => {
      const order = await orders.findForChange(id)
      // Who may not see an order does not learn that there is one.
      if (order === null || (order.data.userId !== userId && !isStaff)) throw new OrderNotFound(id)
      if (expected !== 'any' && !expected.includes(order.data.version)) throw new StaleOrder(id)
      return this.#store(await change(order, this.#needs.clock.now()))
    })
  }

  #ifConfirmed(id: OrderId, change: (order: Order, now: Date) => Promise<Order>): Promise<boolean> {
    const { transactions, orders } = this.#needs
    return transactions.transaction(async () => {
      const order = await orders.findForChange(id)
      if (order?.status !== 'confirmed') return false
      await this.#store(await change(order, this.#needs.clock.now()))
      return true
    })
  }

  async #store(order: Order): Promise<Order> {
    await this.#needs.orders.save(order)
    await this.#needs.outbox.append(eventOf(order))
    return order
  }
}
