import { asFunction } from 'awilix'
import type { PlatformCradle } from '../../platform/cradle.js'
import type { UserPush } from '../../platform/realtime/user-push.js'
import type { ShopModule } from '../module.js'
import { NotificationConsumer } from './consumers/notification-consumer.js'
import type { NotificationRepository } from './domain/repositories.js'
import { NotificationController } from './http/notification-controller.js'
import { representNotification } from './http/notification-representation.js'
import { createNotificationRoutes } from './http/notification-routes.js'
import { NOTIFICATION_PROBLEMS, problemOfNotifications } from './http/problems.js'
import { createNotificationRepository } from './repositories/create-notification-repository.js'
import { NotificationService } from './services/notification-service.js'

export interface NotificationsCradle {
  readonly notificationRepository: NotificationRepository
  readonly notifications: NotificationService
}

export interface NotificationsNeeds {
  /** The sockets of the chat. */
  readonly socketHub: UserPush
}

type Cradle = PlatformCradle & NotificationsCradle & NotificationsNeeds

/** What users shall know of their orders and of the chat, also when they were away. */
export const notificationsModule: ShopModule<NotificationsCradle, NotificationsNeeds> = {
  name: 'notifications',

  register: (storage) => ({
    notificationRepository: asFunction(() => createNotificationRepository(storage)).singleton(),
    notifications: asFunction(
      ({ notificationRepository: notifications, socketHub: push, clock }: Cradle) =>
        new NotificationService({ notifications, push, clock, represent: representNotification }),
    ).singleton(),
  }),

  api: ({ notifications }) => [
    {
      path: '/notifications',
      versions: ['v1', 'v2'],
      router: createNotificationRoutes(new NotificationController(notifications)),
    },
  ],

  problems: NOTIFICATION_PROBLEMS,
  problemOf: problemOfNotifications,

  workers: ({ events, notifications, log }) => [new NotificationConsumer(events, notifications, log)],
}
