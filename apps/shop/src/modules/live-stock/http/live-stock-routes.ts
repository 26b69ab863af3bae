import { validate } from '@nozomi/schema'
import { createRouter, type Router } from '../../../http/framework.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import type { LiveStockController } from './live-stock-controller.js'
import { pollQuery, streamQuery } from './live-stock-input.js'

/** To be mounted at `/live-stock`. */
export function createLiveStockRoutes(controller: LiveStockController): Router {
  const router = createRouter()
  router
    .route('/')
    .get(validate({ query: streamQuery }), controller.stream)
    .all(allowOnly('GET', 'HEAD'))
  router
    .route('/changes')
    .get(validate({ query: pollQuery }), controller.poll)
    .all(allowOnly('GET', 'HEAD'))
  return router
}
