import type { ProductController } from '../controllers/product-controller.js'
import { createRouter, type Router } from '../../../../http/framework.js'
import { jsonBody } from '../../../../http/input/json-body.js'
import { noBody } from '../../../../http/input/no-body.js'
import { requirePermission } from '../../../../http/principal.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import { negotiated } from '../../../../http/representations/representations.js'

export function createProductRoutes(controller: ProductController): Router {
  const router = createRouter()
  const one = negotiated('one')
  const mayWrite = requirePermission('catalogue:write')
  router
    .route('/')
    .get(negotiated('list'), controller.list)
    .post(mayWrite, one, ...jsonBody, controller.create)
    .all(allowOnly('GET', 'HEAD', 'POST'))
  router
    .route('/:id')
    .get(one, controller.read)
    .put(mayWrite, one, ...jsonBody, controller.replace)
    .patch(mayWrite, one, ...jsonBody, controller.change)
    .delete(mayWrite, noBody, controller.remove)
    .all(allowOnly('DELETE', 'GET', 'HEAD', 'PATCH', 'PUT'))
  return router
}
