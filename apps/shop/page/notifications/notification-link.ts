import type { Notification } from './notification-store.js'

/** Where a notification leads. */
export function addressOfNotification({ data }: Notification): string {
  if (data.orderId !== undefined) return `/orders/${data.orderId}`
  return data.roomId === undefined ? '/notifications' : `/chat/${data.roomId}`
}
