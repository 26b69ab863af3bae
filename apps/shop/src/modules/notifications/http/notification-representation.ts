import type { Notification } from '../domain/notification.js'

/** What clients get to see, over HTTP and over sockets. */
export function representNotification(notification: Notification): object {
  const { id, kind, title, data, createdAt, readAt } = notification
  return { id, kind, title, data, createdAt: createdAt.toISOString(), readAt: readAt && readAt.toISOString() }
}
