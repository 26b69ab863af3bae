import { createRouter, type Router } from '../../../http/framework.js'
import { jsonBody } from '../../../http/input/json-body.js'
import { requireUser } from '../../../http/principal.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import { listNotifications, readNotification, readNotifications } from './contracts/notification-contracts.js'
import type { NotificationController } from './notification-controller.js'

/** To be mounted at `/notifications`. */
export function createNotificationRoutes(controller: NotificationController): Router {
  const router = createRouter()
  router.route('/').get(requireUser, listNotifications, controller.list).all(allowOnly('GET', 'HEAD'))
  router
    .route('/read')
    .post(requireUser, jsonBody, readNotifications, controller.markAllRead)
    .all(allowOnly('POST'))
  router.route('/:id/read').post(requireUser, readNotification, controller.markRead).all(allowOnly('POST'))
  return router
}
