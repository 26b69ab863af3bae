import { bigint, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import { MOVEMENT_KINDS } from '../../domain/stock.js'

/** The table of migrations/0021_stock.sql, as the queries see it. */
export const stockMovements = pgTable('stock_movements', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  productId: integer('product_id').notNull(),
  kind: text('kind', { enum: MOVEMENT_KINDS }).notNull(),
  change: integer('change').notNull(),
  stockAfter: integer('stock_after').notNull(),
  reason: text('reason').notNull(),
  actor: text('actor').notNull(),
  at: timestamp('moved_at', { withTimezone: true, precision: 3 }).notNull(),
})
