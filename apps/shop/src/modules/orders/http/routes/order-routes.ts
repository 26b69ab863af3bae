import { createRouter, type Router } from '../../../../http/framework.js'
import { jsonBody } from '../../../../http/input/json-body.js'
import { requirePermission, requireUser } from '../../../../http/principal.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import type { OrderController } from '../controllers/order-controller.js'
import {
  cancelOrder,
  confirmOrder,
  listAllOrders,
  listOrders,
  placeOrder,
  readOrder,
} from '../contracts/order-contracts.js'

export function createOrderRoutes(controller: OrderController): Router {
  const router = createRouter()
  router.use(requireUser)
  router
    .route('/')
    .get(listOrders, controller.listOwn)
    .post(jsonBody, placeOrder, controller.create)
    .all(allowOnly('GET', 'HEAD', 'POST'))
  router.route('/:id').get(readOrder, controller.read).all(allowOnly('GET', 'HEAD'))
  router.route('/:id/confirm').post(jsonBody, confirmOrder, controller.confirm).all(allowOnly('POST'))
  router.route('/:id/cancel').post(jsonBody, cancelOrder, controller.cancel).all(allowOnly('POST'))
  return router
}

export function createStaffOrderRoutes(controller: OrderController): Router {
  const router = createRouter()
  router
    .route('/')
    .get(requirePermission('orders:read'), listAllOrders, controller.listAll)
    .all(allowOnly('GET', 'HEAD'))
  return router
}
