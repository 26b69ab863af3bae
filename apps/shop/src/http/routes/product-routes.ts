import type { ProductController } from '../controllers/product-controller.js'
import { createRouter, type Router } from '../framework.js'
import { jsonBody } from '../input/json-body.js'
import { allowOnly } from '../problems/problem-handler.js'

export function createProductRoutes(controller: ProductController): Router {
  const router = createRouter()
  router
    .route('/')
    .get(controller.list)
    .post(...jsonBody, controller.create)
    .all(allowOnly('GET', 'HEAD', 'POST'))
  router
    .route('/:id')
    .get(controller.read)
    .put(...jsonBody, controller.replace)
    .patch(...jsonBody, controller.change)
    .delete(controller.remove)
    .all(allowOnly('DELETE', 'GET', 'HEAD', 'PATCH', 'PUT'))
  return router
}
