import { validate } from '@nozomi/schema'
import { createRouter, type Router } from '../../../http/framework.js'
import { jsonBody } from '../../../http/input/json-body.js'
import { requireUser } from '../../../http/principal.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import type { NotificationController } from './notification-controller.js'
import { listQuery, notificationPath, readAllBody } from './notification-input.js'

/** To be mounted at `/notifications`. */
export function createNotificationRoutes(controller: NotificationController): Router {
  const router = createRouter()
  router
    .route('/')
    .get(requireUser, validate({ query: listQuery }), controller.list)
    .all(allowOnly('GET', 'HEAD'))
  router
    .route('/read')
    .post(requireUser, jsonBody, validate({ body: readAllBody }), controller.markAllRead)
    .all(allowOnly('POST'))
  router
    .route('/:id/read')
    .post(requireUser, validate({ params: notificationPath, body: null }), controller.markRead)
    .all(allowOnly('POST'))
  return router
}
