import { createRouter, type Router } from '../../../http/framework.js'
import { jsonBody } from '../../../http/input/json-body.js'
import { requirePermission } from '../../../http/principal.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import { correctStock, listStockMovements, readStock, receiveStock } from './contracts/stock-contracts.js'
import type { StockController } from './stock-controller.js'

export function createStockRoutes(controller: StockController): Router {
  const router = createRouter()
  const staff = requirePermission('catalogue:write')
  router.route('/:productId').get(readStock, controller.read).all(allowOnly('GET', 'HEAD'))
  router
    .route('/:productId/receipts')
    .post(staff, jsonBody, receiveStock, controller.receive)
    .all(allowOnly('POST'))
  router
    .route('/:productId/corrections')
    .post(staff, jsonBody, correctStock, controller.correct)
    .all(allowOnly('POST'))
  router
    .route('/:productId/movements')
    .get(staff, listStockMovements, controller.movements)
    .all(allowOnly('GET', 'HEAD'))
  return router
}
