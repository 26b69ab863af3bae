import { z } from 'zod'
import { component } from '../../../../http/contracts/component.js'
import { operation } from '../../../../http/contracts/operation.js'
import { NOTIFICATION_KINDS } from '../../domain/notification.js'
import { listQuery, notificationPath, readAllBody } from '../notification-input.js'
import { NOTIFICATION_PROBLEMS } from '../problems.js'

export const notificationSchema = component(
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
const COUNT = { description: 'How many are left unread.', schema: z.object({ unread }) } as const

const readAll = component(
  'ReadNotifications',
  readAllBody.meta({ examples: [{ upTo: '0197f2c0-1a2b-7c3d-8e4f-5a6b7c8d9e0f' }] }),
)

const common = { tag: 'notifications', security: 'user' } as const

export const listNotifications = operation({
  ...common,
  method: 'get',
  id: 'listNotifications',
  summary: 'Lists your notifications, the newest first, and counts the unread',
  query: listQuery,
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
})

export const readNotifications = operation({
  ...common,
  method: 'post',
  id: 'readNotifications',
  summary: 'Marks all as read, or those up to one that you have seen',
  description: 'The body may be left out.',
  body: readAll,
  answers: { 200: COUNT },
})

export const readNotification = operation({
  ...common,
  method: 'post',
  id: 'readNotification',
  summary: 'Marks one as read',
  params: notificationPath,
  body: null,
  answers: { 200: COUNT },
  errors: [NOTIFICATION_PROBLEMS['notification-not-found']],
})
