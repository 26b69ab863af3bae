import { integer, jsonb, pgTable, primaryKey, text, timestamp, unique, uuid } from 'drizzle-orm/pg-core'

/** The tables as the queries see them. They are made by migrations/0030_chat.sql; a test compares the two. */

export const chatRooms = pgTable('chat_rooms', {
  id: text('id').primaryKey(),
  kind: text('kind', { enum: ['public', 'private'] }).notNull(),
  title: text('title').notNull(),
  ownerId: text('owner_id'),
  lastSequence: integer('last_sequence').notNull(),
  createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
})

export const chatMembers = pgTable(
  'chat_members',
  {
    roomId: text('room_id')
      .notNull()
      .references(() => chatRooms.id),
    userId: text('user_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.userId] })],
)

export const chatMessages = pgTable(
  'chat_messages',
  {
    id: uuid('id').primaryKey(),
    roomId: text('room_id')
      .notNull()
      .references(() => chatRooms.id),
    sequence: integer('sequence').notNull(),
    authorId: text('author_id').notNull(),
    authorName: text('author_name').notNull(),
    clientId: text('client_id').notNull(),
    text: text('text').notNull(),
    mentions: jsonb('mentions').$type<readonly string[]>().notNull(),
    sentAt: timestamp('sent_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [
    unique('chat_messages_place_unique').on(table.roomId, table.sequence),
    unique('chat_messages_client_id_unique').on(table.roomId, table.authorId, table.clientId),
  ],
)

export const chatReads = pgTable(
  'chat_reads',
  {
    roomId: text('room_id')
      .notNull()
      .references(() => chatRooms.id),
    userId: text('user_id').notNull(),
    sequence: integer('sequence').notNull(),
    readAt: timestamp('read_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.userId] })],
)
