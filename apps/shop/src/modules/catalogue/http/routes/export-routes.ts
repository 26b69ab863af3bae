import { validate } from '@nozomi/schema'
import { createRouter, type Router } from '../../../../http/framework.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import type { ExportController } from '../controllers/export-controller.js'
import { exportQuery } from '../input/export-query.js'

export function createExportRoutes(controller: ExportController): Router {
  const router = createRouter()
  router
    .route('/products')
    .get(validate({ query: exportQuery }), controller.products)
    .all(allowOnly('GET', 'HEAD'))
  return router
}
