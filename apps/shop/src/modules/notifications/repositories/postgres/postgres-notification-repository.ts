import { and, desc, eq, isNull, lt, lte, sql } from 'drizzle-orm'
import type { CurrentDatabase } from '../../../../platform/database/database.js'
import { query } from '../../../../platform/database/database-errors.js'
import type { Notification } from '../../domain/notification.js'
import type { NotificationRepository } from '../../domain/repositories.js'
import { notifications } from './tables.js'

export class PostgresNotificationRepository implements NotificationRepository {
  readonly #sql: CurrentDatabase

  constructor(database: CurrentDatabase) {
    this.#sql = database
  }

  add(notification: Notification): Promise<boolean> {
    return query(async () => {
      const added = await this.#sql.current
        .insert(notifications)
        .values(notification)
        .onConflictDoNothing({ target: [notifications.userId, notifications.eventId] })
        .returning({ id: notifications.id })
      return added.length > 0
    })
  }

  before(
    userId: string,
    id: string | null,
    limit: number,
    unreadOnly: boolean,
  ): Promise<readonly Notification[]> {
    return query(async () =>
      this.#sql.current
        .select()
        .from(notifications)
        .where(
          and(
            eq(notifications.userId, userId),
            id === null ? undefined : lt(notifications.id, id),
            unreadOnly ? isNull(notifications.readAt) : undefined,
          ),
        )
        .orderBy(desc(notifications.id))
        .limit(limit),
    )
  }

  countUnread(userId: string): Promise<number> {
    return query(() => this.#sql.current.$count(notifications, unreadOf(userId)))
  }

  markRead(userId: string, id: string, now: Date): Promise<Notification | null> {
    return query(async () => {
      const [read] = await this.#sql.current
        .update(notifications)
        // By the database, so that two at a time keep the first.
        .set({ readAt: sql`coalesce(${notifications.readAt}, ${now.toISOString()}::timestamptz)` })
        .where(and(eq(notifications.userId, userId), eq(notifications.id, id)))
        .returning()
      return read ?? null
    })
  }

  markAllRead(userId: string, upTo: string | null, now: Date): Promise<number> {
    return query(async () => {
      const read = await this.#sql.current
        .update(notifications)
        .set({ readAt: now })
        .where(and(unreadOf(userId), upTo === null ? undefined : lte(notifications.id, upTo)))
        .returning({ id: notifications.id })
      return read.length
    })
  }
}

function unreadOf(userId: string) {
  return and(eq(notifications.userId, userId), isNull(notifications.readAt))
}
