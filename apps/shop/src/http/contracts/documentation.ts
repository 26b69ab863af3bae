import { openapi, openapiDocument, type OpenApiOptions } from '@nozomi/schema'
import type { ApiRoutes } from '../api-routes.js'
import { openApiDocument } from '../openapi/openapi-document.js'
import { type Application, createRouter, type Router } from '../framework.js'
import { allowOnly } from '../problems/problem-handler.js'
import { SECURITY_SCHEMES } from './security.js'

const OPTIONS: OpenApiOptions = {
  info: {
    title: 'The shop',
    version: '2.0.0',
    description:
      'Each version has its own addresses, `/api/v1` and `/api/v2`. Below `/api`, without a version in the path, ' +
      'the field `API-Version` or a media type in `Accept` chooses it.',
    license: { name: 'MIT', identifier: 'MIT' },
  },
  base: '/api',
  securitySchemes: SECURITY_SCHEMES,
  // What may go wrong is said by each operation, in the words of the shop.
  problems: false,
  include: ({ contract }) => contract.operationId !== undefined,
}

/**
 * The OpenAPI document of all routes, `/api/openapi.json` and `.yaml`, and a page to read and to try it, `/api/docs`: by Swagger UI, from this
 * server alone.
 */
export function documentation(app: Application, legacy: readonly ApiRoutes[]): Router {
  const router = createRouter()
  // TODO(conversion): the descriptions that are not yet contracts.
  router.get('/openapi.json', (_req, res) => {
    const made = openapiDocument(app, OPTIONS)
    const old = openApiDocument(legacy) as unknown as typeof made
    res.json({
      ...made,
      tags: [...new Map([...(made.tags ?? []), ...(old.tags ?? [])].map((tag) => [tag.name, tag])).values()],
      paths: mergePaths(made.paths, old.paths),
      components: {
        schemas: { ...old.components?.schemas, ...made.components?.schemas },
        responses: { ...old.components?.responses, ...made.components?.responses },
        securitySchemes: SECURITY_SCHEMES,
      },
    })
  })
  router.use(openapi(app, OPTIONS))
  for (const path of ['/openapi.json', '/openapi.yaml', '/docs']) router.all(path, allowOnly('GET', 'HEAD'))
  return router
}

function mergePaths(one: object, other: object): object {
  const all: Record<string, object> = { ...one }
  for (const [path, item] of Object.entries(other)) all[path] = { ...all[path], ...item }
  return all
}
