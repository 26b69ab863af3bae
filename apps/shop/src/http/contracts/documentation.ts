import { openapi, type OpenApiOptions } from '@nozomi/schema'
import { type Application, createRouter, type Router } from '../framework.js'
import { allowOnly } from '../problems/problem-handler.js'
import { SECURITY_SCHEMES } from './security.js'

const OPTIONS: OpenApiOptions = {
  info: {
    title: 'The API of the shop',
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
  // What guards and answers for all routes, and what pages load, is none that clients call.
  include: ({ contract }) => contract.operationId !== undefined,
}

/**
 * The OpenAPI document of all routes, `/api/openapi.json` and `.yaml`, and a page to read and to try it, `/api/docs`: by Swagger UI, from this
 * server alone.
 */
export function documentation(app: Application): Router {
  const router = createRouter()
  router.use(openapi(app, OPTIONS))
  for (const path of ['/openapi.json', '/openapi.yaml', '/docs']) router.all(path, allowOnly('GET', 'HEAD'))
  return router
}
