import { validate } from '@nozomi/schema'
import cookieParser from 'cookie-parser'
import { createRouter, type Router } from '../../../../http/framework.js'
import { jsonBody } from '../../../../http/input/json-body.js'
import { noBody } from '../../../../http/input/no-body.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import type { CartController } from '../controllers/cart-controller.js'
import { cartLineBody, cartLinePath, quantityBody } from '../input/cart-input.js'

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
    .post(jsonBody, validate({ body: cartLineBody }), controller.add)
    .all(allowOnly('POST'))
  router
    .route('/lines/:productId')
    .patch(jsonBody, validate({ params: cartLinePath, body: quantityBody }), controller.change)
    .delete(noBody, validate({ params: cartLinePath }), controller.remove)
    .all(allowOnly('DELETE', 'PATCH'))
  return router
}
