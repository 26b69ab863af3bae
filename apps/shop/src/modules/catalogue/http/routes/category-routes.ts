import type { CategoryController } from '../controllers/category-controller.js'
import { createRouter, type Router } from '../../../../http/framework.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import { negotiated } from '../../../../http/representations/representations.js'

export function createCategoryRoutes(controller: CategoryController): Router {
  const router = createRouter()
  router.route('/').get(negotiated('list'), controller.list).all(allowOnly('GET', 'HEAD'))
  return router
}
