import { and, desc, eq, gte, lt, sql } from 'drizzle-orm'
import { Money } from '../../../../domain/money.js'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { query } from '../../../../platform/database/database-errors.js'
import type { OrderId } from '../../domain/order.js'
import type { OrderSummary, SummaryFilter } from '../../domain/order-summary.js'
import type { SummaryRepository } from '../../domain/repositories.js'
import { orderSummaries } from './tables.js'

export class PostgresSummaryRepository implements SummaryRepository {
  readonly #sql: CurrentDatabase

  constructor(database: CurrentDatabase) {
    this.#sql = database
  }

  async put({ total, ...summary }: OrderSummary): Promise<void> {
    const row = { ...summary, totalAmount: total.amount, currency: total.currency }
    const { orderId: _orderId, ...changes } = row
    await query(async () =>
      this.#sql.current
        .insert(orderSummaries)
        .values(row)
        .onConflictDoUpdate({
          target: orderSummaries.orderId,
          set: changes,
          setWhere: sql`${orderSummaries.version} < ${summary.version}`,
        }),
    )
  }

  list(filter: SummaryFilter, before: OrderId | null, limit: number): Promise<readonly OrderSummary[]> {
    const { userId, status, from, until, minTotal } = filter
    const condition = and(
      userId === null ? undefined : eq(orderSummaries.userId, userId),
      status === null ? undefined : eq(orderSummaries.status, status),
      from === null ? undefined : gte(orderSummaries.placedAt, from),
      until === null ? undefined : lt(orderSummaries.placedAt, until),
      minTotal === null ? undefined : gte(orderSummaries.totalAmount, minTotal),
      before === null ? undefined : lt(orderSummaries.orderId, before),
    )
    return query(async () => {
      const rows = await this.#sql.current
        .select()
        .from(orderSummaries)
        .where(condition)
        .orderBy(desc(orderSummaries.orderId))
        .limit(limit)
      return rows.map(({ totalAmount, currency, ...row }) => ({
        ...row,
        total: Money.of(totalAmount, currency),
      }))
    })
  }
}
