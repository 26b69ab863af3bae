import { createRouter, type Router } from '../../../http/framework.js'
import { requirePermission } from '../../../http/principal.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import {
  listDeadEvents,
  MANAGE_EVENTS,
  retryDeadEvent,
  retryDeadEvents,
} from './contracts/event-contracts.js'
import type { EventController } from './event-controller.js'

/** To be mounted at `/staff/events`. */
export function createEventRoutes(controller: EventController): Router {
  const router = createRouter()
  router.use(requirePermission(MANAGE_EVENTS))
  router.route('/').get(listDeadEvents, controller.list).all(allowOnly('GET', 'HEAD'))
  router.route('/retry').post(retryDeadEvents, controller.retryAll).all(allowOnly('POST'))
  router.route('/:id/retry').post(retryDeadEvent, controller.retry).all(allowOnly('POST'))
  return router
}
