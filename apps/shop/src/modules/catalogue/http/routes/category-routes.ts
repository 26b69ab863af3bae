import { createRouter, type Router } from '../../../../http/framework.js'
import { allowOnly } from '../../../../http/problems/problem-handler.js'
import { negotiated } from '../../../../http/representations/representations.js'
import type { ApiVersion } from '../../../../http/versions/api-version.js'
import { listCategories } from '../contracts/category-contracts.js'
import type { CategoryController } from '../controllers/category-controller.js'

export function createCategoryRoutes(controller: CategoryController, version: ApiVersion): Router {
  const router = createRouter()
  router
    .route('/')
    .get(negotiated('list'), listCategories(version), controller.list)
    .all(allowOnly('GET', 'HEAD'))
  return router
}
