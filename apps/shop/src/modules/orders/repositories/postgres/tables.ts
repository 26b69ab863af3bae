import { bigint, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { Currency } from '../../../../domain/money.js'
import type { CartLine } from '../../domain/cart.js'
import { type OrderId, SERVICE_LEVELS } from '../../domain/order.js'
import { ORDER_STATUSES } from '../../domain/order-status.js'

/** The tables of migrations/0022_orders.sql, as the queries see them. */

const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

export const carts = pgTable('carts', {
  id: uuid('id').primaryKey(),
  userId: text('user_id'),
  guestHash: text('guest_hash'),
  lines: jsonb('lines').$type<readonly CartLine[]>().notNull(),
  updatedAt: time('updated_at').notNull(),
})

export const orders = pgTable('orders', {
  id: uuid('id').$type<OrderId>().primaryKey(),
  userId: text('user_id').notNull(),
  status: text('status', { enum: ORDER_STATUSES }).notNull(),
  currency: text('currency').$type<Currency>().notNull(),
  /** What the lines come to; for whoever looks into the table. */
  totalAmount: bigint('total_amount', { mode: 'number' }).notNull(),
  country: text('country').notNull(),
  postalCode: text('postal_code').notNull(),
  level: text('level', { enum: SERVICE_LEVELS }).notNull(),
  cancellation: text('cancellation'),
  tracking: text('tracking'),
  version: integer('version').notNull(),
  placedAt: time('placed_at').notNull(),
  updatedAt: time('updated_at').notNull(),
})

export const orderLines = pgTable(
  'order_lines',
  {
    orderId: uuid('order_id').$type<OrderId>().notNull(),
    number: integer('number').notNull(),
    productId: integer('product_id').notNull(),
    sku: text('sku').notNull(),
    name: text('name').notNull(),
    quantity: integer('quantity').notNull(),
    priceAmount: integer('price_amount').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.number] })],
)

export const orderSummaries = pgTable('order_summaries', {
  orderId: uuid('order_id').$type<OrderId>().primaryKey(),
  userId: text('user_id').notNull(),
  status: text('status', { enum: ORDER_STATUSES }).notNull(),
  totalAmount: bigint('total_amount', { mode: 'number' }).notNull(),
  currency: text('currency').$type<Currency>().notNull(),
  pieces: integer('pieces').notNull(),
  title: text('title').notNull(),
  version: integer('version').notNull(),
  placedAt: time('placed_at').notNull(),
  updatedAt: time('updated_at').notNull(),
})
