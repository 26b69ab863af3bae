import { jsonb, pgTable, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'
import type { Notification, NotificationKind } from '../../domain/notification.js'

/** The table as the queries see it. It is made by migrations/0031_notifications.sql; a test compares the two. */
export const notifications = pgTable(
  'notifications',
  {
    id: uuid('id').primaryKey(),
    userId: text('user_id').notNull(),
    eventId: text('event_id').notNull(),
    kind: text('kind').$type<NotificationKind>().notNull(),
    title: text('title').notNull(),
    data: jsonb('data').$type<Notification['data']>().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
    readAt: timestamp('read_at', { withTimezone: true, precision: 3 }),
  },
  (table) => [unique('notifications_event_unique').on(table.userId, table.eventId)],
)
