import { validate } from '@nozomi/schema'
import type { ProductController } from '../controllers/product-controller.js'
import { createRouter, type Router } from '../../../../http/framework.js'
import { jsonBody } from '../../../../http/input/json-body.js'
import { requirePermission } from '../../../../http/principal.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import { negotiated } from '../../../../http/representations/representations.js'
import { productListQuery } from '../input/product-list-query.js'
import { productPath } from '../input/product-path.js'
import type { ProductShape } from '../versions/product-shape.js'

export function createProductRoutes(controller: ProductController, { body, changes }: ProductShape): Router {
  const router = createRouter()
  const one = negotiated('one')
  const params = productPath
  const mayWrite = requirePermission('catalogue:write')
  router
    .route('/')
    .get(negotiated('list'), validate({ query: productListQuery }), controller.list)
    .post(mayWrite, one, jsonBody, validate({ body }), controller.create)
    .all(allowOnly('GET', 'HEAD', 'POST'))
  router
    .route('/:id')
    .get(one, validate({ params }), controller.read)
    .put(mayWrite, one, jsonBody, validate({ params, body }), controller.replace)
    .patch(mayWrite, one, jsonBody, validate({ params, body: changes }), controller.change)
    .delete(mayWrite, validate({ params, body: null }), controller.remove)
    .all(allowOnly('DELETE', 'GET', 'HEAD', 'PATCH', 'PUT'))
  return router
}
