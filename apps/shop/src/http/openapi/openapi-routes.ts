import type { ApiRoutes } from '../api-routes.js'
import { createRouter, type Router } from '../framework.js'
import { allowOnly } from '../problems/problem-handler.js'
import { openApiDocument } from './openapi-document.js'

/** `/api/openapi.json`. Made when it is first asked for: the routes do not change while the shop runs. */
export function createOpenApiRoutes(routes: readonly ApiRoutes[]): Router {
  const router = createRouter()
  let document: object | null = null
  router
    .route('/')
    .get((_req, res) => {
      document ??= openApiDocument(routes)
      res.json(document)
    })
    .all(allowOnly('GET', 'HEAD'))
  return router
}
