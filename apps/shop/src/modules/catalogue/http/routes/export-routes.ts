import { createRouter, type Router } from '../../../../http/framework.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import { exportProducts } from '../contracts/export-contracts.js'
import type { ExportController } from '../controllers/export-controller.js'

export function createExportRoutes(controller: ExportController): Router {
  const router = createRouter()
  router.route('/products').get(exportProducts, controller.products).all(allowOnly('GET', 'HEAD'))
  return router
}
