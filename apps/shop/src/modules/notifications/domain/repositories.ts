import type { Notification } from './notification.js'

/** Where notifications live. All methods reject with StorageUnavailable. */
export interface NotificationRepository {
  /** False when the user has one of this event already; then nothing is stored. */
  add(notification: Notification): Promise<boolean>
  /** At most `limit`, the newest first, from those before one; from the newest when it is null. */
  before(
    userId: string,
    id: string | null,
    limit: number,
    unreadOnly: boolean,
  ): Promise<readonly Notification[]>
  countUnread(userId: string): Promise<number>
  /** The notification, read; it keeps the time when it was read first. Null when the user has none with this id. */
  markRead(userId: string, id: string, now: Date): Promise<Notification | null>
  /** All that the user has, up to one (all when it is null). Gives how many were unread. */
  markAllRead(userId: string, upTo: string | null, now: Date): Promise<number>
}
