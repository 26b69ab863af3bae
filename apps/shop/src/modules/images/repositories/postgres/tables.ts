import { integer, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** The tables as the queries see them. They are made by migrations/0040_images.sql; a test compares the two. */

export const imageFiles = pgTable('image_files', {
  name: text('name').primaryKey(),
  announcedAt: timestamp('announced_at', { withTimezone: true, precision: 3 }).notNull(),
})

export const productImages = pgTable('product_images', {
  id: uuid('id').primaryKey(),
  productId: integer('product_id').notNull(),
  file: text('file').notNull(),
  type: text('type').notNull(),
  bytes: integer('bytes').notNull(),
  width: integer('width').notNull(),
  height: integer('height').notNull(),
  alt: text('alt').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
})
