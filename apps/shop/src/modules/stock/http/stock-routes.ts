import { validate } from '@nozomi/schema'
import { createRouter, type Router } from '../../../http/framework.js'
import { jsonBody } from '../../../http/input/json-body.js'
import { requirePermission } from '../../../http/principal.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import type { StockController } from './stock-controller.js'
import { correctionBody, movementsQuery, receiptBody, stockPath } from './stock-input.js'

export function createStockRoutes(controller: StockController): Router {
  const router = createRouter()
  const staff = requirePermission('catalogue:write')
  router
    .route('/:productId')
    .get(validate({ params: stockPath }), controller.read)
    .all(allowOnly('GET', 'HEAD'))
  router
    .route('/:productId/receipts')
    .post(staff, jsonBody, validate({ params: stockPath, body: receiptBody }), controller.receive)
    .all(allowOnly('POST'))
  router
    .route('/:productId/corrections')
    .post(staff, jsonBody, validate({ params: stockPath, body: correctionBody }), controller.correct)
    .all(allowOnly('POST'))
  router
    .route('/:productId/movements')
    .get(staff, validate({ params: stockPath, query: movementsQuery }), controller.movements)
    .all(allowOnly('GET', 'HEAD'))
  return router
}
