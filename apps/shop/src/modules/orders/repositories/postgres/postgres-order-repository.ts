import { asc, eq, inArray, isNull, lt, or } from 'drizzle-orm'
import { Money } from '../../../../domain/money.js'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { query } from '../../../../platform/database/database-errors.js'
import { Order, type OrderId } from '../../domain/order.js'
import type { OrderStatus } from '../../domain/order-status.js'
import type { OrderRepository } from '../../domain/repositories.js'
import { orderLines, orders, orderSummaries } from './tables.js'

type OrderRow = typeof orders.$inferSelect
type LineRow = typeof orderLines.$inferSelect

export class PostgresOrderRepository implements OrderRepository {
  readonly #sql: CurrentDatabase

  constructor(sql: CurrentDatabase) {
    this.#sql = sql
  }

  async add(order: Order): Promise<void> {
    const { id, userId, currency, placedAt, lines, destination, level } = order.data
    const rows = lines.map(({ price, ...line }, index) => ({
      orderId: id,
      number: index + 1,
      ...line,
      priceAmount: price.amount,
    }))
    await query(async () => {
      const { current } = this.#sql
      await current.insert(orders).values({
        id,
        userId,
        currency,
        placedAt,
        level,
        ...destination,
        totalAmount: order.total.amount,
        ...changesOf(order),
      })
      await current.insert(orderLines).values(rows)
    })
  }

  find(id: OrderId): Promise<Order | null> {
    return query(async () => {
      const rows = await this.#sql.current.select().from(orders).where(eq(orders.id, id))
      return (await this.#withLines(rows))[0] ?? null
    })
  }

  findForChange(id: OrderId): Promise<Order | null> {
    return query(async () => {
      const rows = await this.#sql.current.select().from(orders).where(eq(orders.id, id)).for('update')
      return (await this.#withLines(rows))[0] ?? null
    })
  }

  async save(order: Order): Promise<void> {
    await query(async () =>
      this.#sql.current.update(orders).set(changesOf(order)).where(eq(orders.id, order.id)),
    )
  }

  withStatus(status: OrderStatus, limit: number): Promise<readonly Order[]> {
    return query(async () => {
      const rows = await this.#sql.current
        .select()
        .from(orders)
        .where(eq(orders.status, status))
        .orderBy(asc(orders.id))
        .limit(limit)
      return this.#withLines(rows)
    })
  }

  notSummarized(limit: number): Promise<readonly Order[]> {
    return query(async () => {
      const rows = await this.#sql.current
        .select({ order: orders })
        .from(orders)
        .leftJoin(orderSummaries, eq(orderSummaries.orderId, orders.id))
        .where(or(isNull(orderSummaries.orderId), lt(orderSummaries.version, orders.version)))
        .orderBy(asc(orders.id))
        .limit(limit)
      return this.#withLines(rows.map(({ order }) => order))
    })
  }

  async #withLines(rows: readonly OrderRow[]): Promise<readonly Order[]> {
    if (rows.length === 0) return []
    const ids = rows.map(({ id }) => id)
    const lines = await this.#sql.current
      .select()
      .from(orderLines)
      .where(inArray(orderLines.orderId, ids))
      .orderBy(asc(orderLines.orderId), asc(orderLines.number))
    const byOrder = new Map<OrderId, LineRow[]>(ids.map((id) => [id, []]))
    for (const line of lines) byOrder.get(line.orderId)?.push(line)
    return rows.map((row) => orderOf(row, byOrder.get(row.id) ?? []))
  }
}

/** What changes of an order in its life. */
function changesOf({ data }: Order) {
  const { status, cancellation, tracking, version, updatedAt } = data
  return { status, cancellation, tracking, version, updatedAt }
}

function orderOf(row: OrderRow, lines: readonly LineRow[]): Order {
  const { country, postalCode, totalAmount: _total, ...data } = row
  return new Order({
    ...data,
    destination: { country, postalCode },
    lines: lines.map(({ productId, sku, name, quantity, priceAmount }) => ({
      productId,
      sku,
      name,
      quantity,
      price: Money.of(priceAmount, row.currency),
    })),
  })
}
