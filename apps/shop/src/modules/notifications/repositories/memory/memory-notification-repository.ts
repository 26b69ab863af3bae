import type { MemoryDatabase } from '../../../../platform/database/memory-database.js'
import type { MemoryTable } from '../../../../platform/database/memory-table.js'
import type { Notification } from '../../domain/notification.js'
import type { NotificationRepository } from '../../domain/repositories.js'

export class MemoryNotificationRepository implements NotificationRepository {
  readonly #notifications: MemoryTable<string, Notification>

  constructor(memory: MemoryDatabase) {
    this.#notifications = memory.table('notifications')
  }

  async add(notification: Notification): Promise<boolean> {
    const { userId, eventId } = notification
    if (this.#of(userId).some((other) => other.eventId === eventId)) return false
    this.#notifications.set(notification.id, notification)
    return true
  }

  async before(
    userId: string,
    id: string | null,
    limit: number,
    unreadOnly: boolean,
  ): Promise<readonly Notification[]> {
    return this.#of(userId)
      .filter((notification) => id === null || notification.id < id)
      .filter(({ readAt }) => !unreadOnly || readAt === null)
      .toSorted((left, right) => (left.id < right.id ? 1 : -1))
      .slice(0, limit)
  }

  async countUnread(userId: string): Promise<number> {
    return this.#of(userId).filter(({ readAt }) => readAt === null).length
  }

  async markRead(userId: string, id: string, now: Date): Promise<Notification | null> {
    const found = this.#notifications.get(id)
    if (found === undefined || found.userId !== userId) return null
    const read = { ...found, readAt: found.readAt ?? now }
    this.#notifications.set(id, read)
    return read
  }

  async markAllRead(userId: string, upTo: string | null, now: Date): Promise<number> {
    const unread = this.#of(userId).filter(
      ({ id, readAt }) => readAt === null && (upTo === null || id <= upTo),
    )
    for (const notification of unread)
      this.#notifications.set(notification.id, { ...notification, readAt: now })
    return unread.length
  }

  #of(userId: string): readonly Notification[] {
    return this.#notifications.values().filter((notification) => notification.userId === userId)
  }
}
