import type { z } from 'zod'
import type { Notification } from '../domain/notification.js'
import type { notificationSchema } from './contracts/notification-contracts.js'

/** What clients get to see, over HTTP and over sockets. */
export function representNotification(notification: Notification): z.input<typeof notificationSchema> {
  const { id, kind, title, data, createdAt, readAt } = notification
  return { id, kind, title, data, createdAt: createdAt.toISOString(), readAt: readAt && readAt.toISOString() }
}
