import { validate } from '@nozomi/schema'
import { createRouter, type Router } from '../../../http/framework.js'
import { requirePermission } from '../../../http/principal.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import type { EventController } from './event-controller.js'
import { eventPath, eventsQuery } from './event-input.js'

export const MANAGE_EVENTS = 'events:manage'

/** To be mounted at `/staff/events`. */
export function createEventRoutes(controller: EventController): Router {
  const router = createRouter()
  router.use(requirePermission(MANAGE_EVENTS))
  router
    .route('/')
    .get(validate({ query: eventsQuery }), controller.list)
    .all(allowOnly('GET', 'HEAD'))
  router
    .route('/retry')
    .post(validate({ body: null }), controller.retryAll)
    .all(allowOnly('POST'))
  router
    .route('/:id/retry')
    .post(validate({ params: eventPath, body: null }), controller.retry)
    .all(allowOnly('POST'))
  return router
}
