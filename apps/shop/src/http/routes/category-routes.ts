import type { CategoryController } from '../controllers/category-controller.js'
import { createRouter, type Router } from '../framework.js'
import { allowOnly } from '../problems/problem-handler.js'

export function createCategoryRoutes(controller: CategoryController): Router {
  const router = createRouter()
  router.route('/').get(controller.list).all(allowOnly('GET', 'HEAD'))
  return router
}
