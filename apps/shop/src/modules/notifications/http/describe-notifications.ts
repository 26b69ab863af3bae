import { z } from 'zod'
import { component } from '../../../http/contracts/component.js'
import type { AnswerDescription, OperationDescription } from '../../../http/openapi/operation.js'
import { NOTIFICATION_KINDS } from '../domain/notification.js'
import { listQuery, notificationPath, readAllBody } from './notification-input.js'
import { NOTIFICATION_PROBLEMS } from './problems.js'

const tag = 'notifications'
const security = 'user'

const notificationSchema = component(
  'Notification',
  z.object({
    id: z.uuid(),
    kind: z.enum(NOTIFICATION_KINDS),
    title: z.string().describe('One line, for people.'),
    data: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .describe('What it is about: `orderId` of an order, `roomId` and `messageId` of a message.'),
    createdAt: z.iso.datetime(),
    readAt: z.iso.datetime().nullable(),
  }),
)

const unread = z.int().min(0)
const COUNT: AnswerDescription = { description: 'How many are left unread.', schema: z.object({ unread }) }

const readAll = component(
  'ReadNotifications',
  readAllBody.meta({ examples: [{ upTo: '0197f2c0-1a2b-7c3d-8e4f-5a6b7c8d9e0f' }] }),
)

/** `/notifications` */
export const NOTIFICATION_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/',
    id: 'listNotifications',
    tag,
    summary: 'Lists your notifications, the newest first, and counts the unread',
    parameters: { query: listQuery },
    answers: {
      200: {
        description: 'A slice; `nextCursor` goes on.',
        schema: z.object({
          items: z.array(notificationSchema),
          unread,
          nextCursor: z.string().nullable(),
        }),
      },
    },
    security,
  },
  {
    method: 'post',
    path: '/read',
    id: 'readNotifications',
    tag,
    summary: 'Marks all as read, or those up to one that you have seen',
    description: 'The body may be left out.',
    body: { schema: readAll },
    answers: { 200: COUNT },
    security,
  },
  {
    method: 'post',
    path: '/{id}/read',
    id: 'readNotification',
    tag,
    summary: 'Marks one as read',
    parameters: { path: notificationPath },
    answers: { 200: COUNT },
    errors: [NOTIFICATION_PROBLEMS['notification-not-found']],
    security,
  },
]
