import { createRouter, type Router } from '../../../http/framework.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import { pollStock, streamStock } from './contracts/live-stock-contracts.js'
import type { LiveStockController } from './live-stock-controller.js'

/** To be mounted at `/live-stock`. */
export function createLiveStockRoutes(controller: LiveStockController): Router {
  const router = createRouter()
  router.route('/').get(streamStock, controller.stream).all(allowOnly('GET', 'HEAD'))
  router.route('/changes').get(pollStock, controller.poll).all(allowOnly('GET', 'HEAD'))
  return router
}
