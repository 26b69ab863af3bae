import { integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

/**
 * The tables as the queries see them. They are made by migrations/*.sql; a test compares the two. No schema is
 * named: the connection's search_path decides, so that several shops can share a database.
 */

export const categories = pgTable('categories', {
  slug: text('slug').primaryKey(),
  name: text('name').notNull(),
})

export const products = pgTable('products', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  sku: text('sku').notNull().unique(),
  name: text('name').notNull(),
  description: text('description').notNull(),
  categorySlug: text('category_slug')
    .notNull()
    .references(() => categories.slug),
  priceAmount: integer('price_amount').notNull(),
  priceCurrency: text('price_currency').notNull(),
  stock: integer('stock').notNull(),
  version: integer('version').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true, precision: 3 }).notNull(),
  /** nameSortKey(name); ordered by code point. */
  nameKey: text('name_key').notNull(),
  /** searchTextOf(name, sku, description). */
  searchText: text('search_text').notNull(),
})
