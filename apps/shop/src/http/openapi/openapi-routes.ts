import type { ApiRoutes } from '../api-routes.js'
import { createRouter, type Router } from '../framework.js'
import { allowOnly } from '../problems/problem-handler.js'
import { z } from 'zod'
import { openApiDocument } from './openapi-document.js'
import type { OperationDescription } from './operation.js'

export const OPENAPI_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/',
    id: 'readOpenApi',
    tag: 'documentation',
    summary: 'This document',
    answers: { 200: { description: 'OpenAPI 3.1.', schema: z.object({ openapi: z.string() }).loose() } },
  },
]

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
