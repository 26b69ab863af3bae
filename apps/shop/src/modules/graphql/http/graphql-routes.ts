import { NoSchemaIntrospectionCustomRule, parse, specifiedRules } from 'graphql'
import { createHandler } from 'graphql-http/lib/use/express'
import { createRouter, type RequestHandler, type Router } from '../../../http/framework.js'
import { jsonBody } from '../../../http/input/json-body.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import type { Log } from '../../../platform/log/log.js'
import type { CatalogueService } from '../../catalogue/services/catalogue-service.js'
import type { ImageService } from '../../images/services/image-service.js'
import { createSizeRule, MAX_TOKENS } from '../limits/size-rule.js'
import { createLoaders } from '../schema/loaders.js'
import { type GraphContext, ROOT } from '../schema/resolvers.js'
import { SCHEMA } from '../schema/schema.js'
import { createErrorFormat } from './graph-error.js'

export interface GraphDependencies {
  readonly catalogue: CatalogueService
  readonly images: ImageService
  readonly log: Log
  readonly introspection: boolean
}

/**
 * `/graphql`: GET with the query in the address, POST with JSON.
 *
 * Security: a form of another site can send text or a form, but not JSON without being asked first (CORS), so nothing
 * but JSON is read. What GET can ask for changes nothing: there are no mutations.
 */
export function createGraphRoutes(dependencies: GraphDependencies): Router {
  const router = createRouter()
  const handler = createGraphHandler(dependencies)
  router
    .route('/')
    .get(handler)
    .post(...jsonBody, handler)
    .all(allowOnly('GET', 'HEAD', 'POST'))
  return router
}

function createGraphHandler({ catalogue, images, log, introspection }: GraphDependencies): RequestHandler {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  return createHandler<GraphContext>({
    schema: SCHEMA,
    rootValue: ROOT,
    context: () => ({ catalogue, loaders: createLoaders(catalogue, images) }),
    parse: (source, options) => parse(source, { ...options, maxTokens: MAX_TOKENS }),
    validationRules: (_req, { variableValues }) => [...rules, createSizeRule({ ...variableValues })],
    formatError: createErrorFormat(log, introspection),
  }) as unknown as RequestHandler
}
