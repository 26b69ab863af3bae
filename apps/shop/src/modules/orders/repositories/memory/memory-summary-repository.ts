import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import type { OrderId } from '../../domain/order.js'
import type { OrderSummary, SummaryFilter } from '../../domain/order-summary.js'
import type { SummaryRepository } from '../../domain/repositories.js'

export class MemorySummaryRepository implements SummaryRepository {
  readonly #summaries: MemoryTable<OrderId, OrderSummary>

  constructor(memory: MemoryDatabase) {
    this.#summaries = memory.table('order_summaries')
  }

  async put(summary: OrderSummary): Promise<void> {
    const old = this.#summaries.get(summary.orderId)
    if (old === undefined || old.version < summary.version) this.#summaries.set(summary.orderId, summary)
  }

  async list(filter: SummaryFilter, before: OrderId | null, limit: number): Promise<readonly OrderSummary[]> {
    return this.#summaries
      .values()
      .filter((summary) => matches(summary, filter) && (before === null || summary.orderId < before))
      .toSorted((left, right) => (left.orderId < right.orderId ? 1 : -1))
      .slice(0, limit)
  }
}

function matches(summary: OrderSummary, { userId, status, from, until, minTotal }: SummaryFilter): boolean {
  return (
    (userId === null || summary.userId === userId) &&
    (status === null || summary.status === status) &&
    (from === null || summary.placedAt >= from) &&
    (until === null || summary.placedAt < until) &&
    (minTotal === null || summary.total.amount >= minTotal)
  )
}
