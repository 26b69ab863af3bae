import type { ProductController } from '../controllers/product-controller.js'
import { createRouter, type Router } from '../../../../http/framework.js'
import { jsonBody } from '../../../../http/input/json-body.js'
import { requirePermission } from '../../../../http/principal.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import { negotiated } from '../../../../http/representations/representations.js'
import { productContracts } from '../contracts/product-contracts.js'
import type { ProductShape } from '../versions/product-shape.js'

export function createProductRoutes(controller: ProductController, shape: ProductShape): Router {
  const router = createRouter()
  const one = negotiated('one')
  const mayWrite = requirePermission('catalogue:write')
  const { listProducts, createProduct, readProduct, replaceProduct, changeProduct, removeProduct } =
    productContracts(shape)
  router
    .route('/')
    .get(negotiated('list'), listProducts, controller.list)
    .post(mayWrite, one, jsonBody, createProduct, controller.create)
    .all(allowOnly('GET', 'HEAD', 'POST'))
  router
    .route('/:id')
    .get(one, readProduct, controller.read)
    .put(mayWrite, one, jsonBody, replaceProduct, controller.replace)
    .patch(mayWrite, one, jsonBody, changeProduct, controller.change)
    .delete(mayWrite, removeProduct, controller.remove)
    .all(allowOnly('DELETE', 'GET', 'HEAD', 'PATCH', 'PUT'))
  return router
}
