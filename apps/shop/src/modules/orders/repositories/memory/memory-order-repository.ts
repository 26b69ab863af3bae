import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import type { Order, OrderId } from '../../domain/order.js'
import type { OrderStatus } from '../../domain/order-status.js'
import type { OrderSummary } from '../../domain/order-summary.js'
import type { OrderRepository } from '../../domain/repositories.js'

export class MemoryOrderRepository implements OrderRepository {
  readonly #orders: MemoryTable<OrderId, Order>
  readonly #summaries: MemoryTable<OrderId, OrderSummary>

  constructor(memory: MemoryDatabase) {
    this.#orders = memory.table('orders')
    this.#summaries = memory.table('order_summaries')
  }

  async add(order: Order): Promise<void> {
    this.#orders.set(order.id, order)
  }

  async find(id: OrderId): Promise<Order | null> {
    return this.#orders.get(id) ?? null
  }

  findForChange(id: OrderId): Promise<Order | null> {
    return this.find(id)
  }

  async save(order: Order): Promise<void> {
    this.#orders.set(order.id, order)
  }

  async withStatus(status: OrderStatus, limit: number): Promise<readonly Order[]> {
    return this.#where((order) => order.status === status, limit)
  }

  async notSummarized(limit: number): Promise<readonly Order[]> {
    return this.#where((order) => (this.#summaries.get(order.id)?.version ?? 0) < order.data.version, limit)
  }

  #where(condition: (order: Order) => boolean, limit: number): readonly Order[] {
    return this.#orders.values().filter(condition).slice(0, limit)
  }
}
