import cookieParser from 'cookie-parser'
import { createRouter, type Router } from '../../../../http/framework.js'
import { textCookies } from '../../../../http/input/cookie.js'
import { jsonBody } from '../../../../http/input/json-body.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import type { CartController } from '../controllers/cart-controller.js'
import {
  addToCart,
  changeCartLine,
  emptyCart,
  readCart,
  removeCartLine,
} from '../contracts/cart-contracts.js'

export function createCartRoutes(controller: CartController): Router {
  const router = createRouter()
  router.use(cookieParser(), textCookies)
  router
    .route('/')
    .get(readCart, controller.read)
    .delete(emptyCart, controller.clear)
    .all(allowOnly('DELETE', 'GET', 'HEAD'))
  router.route('/lines').post(jsonBody, addToCart, controller.add).all(allowOnly('POST'))
  router
    .route('/lines/:productId')
    .patch(jsonBody, changeCartLine, controller.change)
    .delete(removeCartLine, controller.remove)
    .all(allowOnly('DELETE', 'PATCH'))
  return router
}
