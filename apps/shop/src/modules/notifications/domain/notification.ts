/** What a notification is about. */
export const NOTIFICATION_KINDS = [
  'order-confirmed',
  'order-cancelled',
  'order-shipped',
  'chat-mention',
] as const

export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

/** What somebody shall know, also who was away when it happened. */
export interface Notification {
  readonly id: string
  readonly userId: string
  /** The event that it came of; one event makes one notification for a user. */
  readonly eventId: string
  readonly kind: NotificationKind
  /** One line, for people. */
  readonly title: string
  /** What it is about, by the names of its kind: `{ orderId }`, or `{ roomId, messageId }`. */
  readonly data: Readonly<Record<string, string | number>>
  readonly createdAt: Date
  /** Null as long as it was not read. */
  readonly readAt: Date | null
}
