import { z } from 'zod'
import type { ShopEvent } from '../../../platform/events/event-bus.js'
import type { NotificationKind } from '../domain/notification.js'
import type { NewNotification } from '../services/notification-service.js'

/** Which notifications an event makes. What other modules say is checked as any input: they change apart from us. */

const orderData = z.object({
  orderId: z.union([z.string(), z.number()]),
  userId: z.string().min(1),
  /** What was ordered, in one line. Events of before may not have it. */
  title: z.string().default(''),
})

const mentionData = z.object({
  roomId: z.string(),
  roomTitle: z.string(),
  messageId: z.string(),
  sequence: z.number(),
  authorName: z.string(),
  userIds: z.array(z.string()),
})

const ORDER_EVENTS: Readonly<Record<string, { readonly kind: NotificationKind; readonly title: string }>> = {
  'order.confirmed': { kind: 'order-confirmed', title: 'Your order is confirmed' },
  'order.cancelled': { kind: 'order-cancelled', title: 'Your order was cancelled' },
  'order.shipped': { kind: 'order-shipped', title: 'Your order is on its way' },
}

const MENTIONED = 'chat.mentioned'

export const CONSUMED_TYPES: readonly string[] = [...Object.keys(ORDER_EVENTS), MENTIONED]

/** Throws a ZodError when the event's data is not what it should be. */
export function notificationsOf(event: ShopEvent): readonly NewNotification[] {
  const order = ORDER_EVENTS[event.type]
  if (order !== undefined) {
    const { orderId, userId, title: goods } = orderData.parse(event.data)
    const title = goods === '' ? order.title : `${order.title}: ${goods}`
    return [{ userId, eventId: event.id, kind: order.kind, title, data: { orderId } }]
  }
  if (event.type !== MENTIONED) return []
  const { userIds, roomTitle, authorName, roomId, messageId, sequence } = mentionData.parse(event.data)
  return userIds.map((userId) => ({
    userId,
    eventId: event.id,
    kind: 'chat-mention',
    title: `${authorName} named you in ${roomTitle}`,
    data: { roomId, messageId, sequence },
  }))
}
