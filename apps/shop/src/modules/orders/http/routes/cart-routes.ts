import cookieParser from 'cookie-parser'
import { createRouter, type Router } from '../../../../http/framework.js'
import { jsonBody } from '../../../../http/input/json-body.js'
import { noBody } from '../../../../http/input/no-body.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import type { CartController } from '../controllers/cart-controller.js'

export function createCartRoutes(controller: CartController): Router {
  const router = createRouter()
  router.use(cookieParser())
  router
    .route('/')
    .get(controller.read)
    .delete(noBody, controller.clear)
    .all(allowOnly('DELETE', 'GET', 'HEAD'))
  router
    .route('/lines')
    .post(...jsonBody, controller.add)
    .all(allowOnly('POST'))
  router
    .route('/lines/:productId')
    .patch(...jsonBody, controller.change)
    .delete(noBody, controller.remove)
    .all(allowOnly('DELETE', 'PATCH'))
  return router
}
