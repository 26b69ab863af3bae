import { bigint, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** The tables of migrations/0020_events.sql that carry events, as the queries see them. */

const time = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

export const outbox = pgTable('outbox', {
  position: bigint('position', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  eventId: uuid('event_id').notNull(),
  aggregate: text('aggregate').notNull(),
  type: text('type').notNull(),
  occurredAt: time('occurred_at').notNull(),
  data: jsonb('data').notNull(),
  state: text('state', { enum: ['pending', 'delivered', 'dead'] }).notNull(),
  attempts: integer('attempts').notNull(),
  nextAttemptAt: time('next_attempt_at').notNull(),
  settledAt: time('settled_at'),
  lastError: text('last_error'),
})

export const handledEvents = pgTable(
  'handled_events',
  {
    consumer: text('consumer').notNull(),
    eventId: uuid('event_id').notNull(),
    handledAt: time('handled_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.consumer, table.eventId] })],
)
