import { validate } from '@nozomi/schema'
import { createRouter, type Router } from '../../../../http/framework.js'
import { jsonBody } from '../../../../http/input/json-body.js'
import { requirePermission, requireUser } from '../../../../http/principal.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import type { OrderController } from '../controllers/order-controller.js'
import {
  cancellationBody,
  confirmationBody,
  orderBody,
  orderPath,
  ownOrdersQuery,
  staffOrdersQuery,
} from '../input/order-input.js'

export function createOrderRoutes(controller: OrderController): Router {
  const router = createRouter()
  router.use(requireUser)
  router
    .route('/')
    .get(validate({ query: ownOrdersQuery }), controller.listOwn)
    .post(jsonBody, validate({ body: orderBody }), controller.create)
    .all(allowOnly('GET', 'HEAD', 'POST'))
  router
    .route('/:id')
    .get(validate({ params: orderPath }), controller.read)
    .all(allowOnly('GET', 'HEAD'))
  router
    .route('/:id/confirm')
    .post(jsonBody, validate({ params: orderPath, body: confirmationBody }), controller.confirm)
    .all(allowOnly('POST'))
  router
    .route('/:id/cancel')
    .post(jsonBody, validate({ params: orderPath, body: cancellationBody }), controller.cancel)
    .all(allowOnly('POST'))
  return router
}

export function createStaffOrderRoutes(controller: OrderController): Router {
  const router = createRouter()
  router
    .route('/')
    .get(requirePermission('orders:read'), validate({ query: staffOrdersQuery }), controller.listAll)
    .all(allowOnly('GET', 'HEAD'))
  return router
}
