import { createHandler, type RequestParams } from 'graphql-http'
import { NoSchemaIntrospectionCustomRule, parse, specifiedRules } from 'graphql'
import { createRouter, type HandlerOf, type Router } from '../../../http/framework.js'
import { jsonBody } from '../../../http/input/json-body.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import { type AnyHandler, fromScope } from '../../../http/request-context.js'
import type { Log } from '../../../platform/log/log.js'
import type { CatalogueService } from '../../catalogue/services/catalogue-service.js'
import { createSizeRule, MAX_TOKENS } from '../limits/size-rule.js'
import type { Loaders } from '../schema/loaders.js'
import { type GraphContext, ROOT } from '../schema/resolvers.js'
import { SCHEMA } from '../schema/schema.js'
import { queryGraph, queryGraphByGet } from './contracts/graph-contracts.js'
import { createErrorFormat } from './graph-error.js'
import { refuseInGraph } from './graph-refusal.js'
import { acceptedType } from './graph-types.js'

export interface GraphDependencies {
  readonly log: Log
  readonly introspection: boolean
}

/** What a request takes from its scope of the container. */
export interface GraphScope {
  readonly catalogue: CatalogueService
  /** One a request. */
  readonly graphLoaders: Loaders
}

/**
 * `/graphql`: GET with the query in the address, POST with JSON.
 *
 * Security: a form of another site can send text or a form, but not JSON without being asked first (CORS), so nothing
 * but JSON is read. What GET can ask for changes nothing: there are no mutations.
 */
export function createGraphRoutes(dependencies: GraphDependencies): Router {
  const router = createRouter()
  const answering = createGraphHandlers(dependencies)
  const byGet: HandlerOf<typeof queryGraphByGet> = (req, res, next) =>
    answering(req.valid.query)(req, res, next)
  const byPost: HandlerOf<typeof queryGraph> = (req, res, next) => answering(req.valid.body)(req, res, next)
  router
    .route('/')
    .get(queryGraphByGet, byGet)
    .post(jsonBody, queryGraph, byPost)
    .all(allowOnly('GET', 'HEAD', 'POST'))
  router.use(refuseInGraph)
  return router
}

/** Handlers by what is asked for. */
function createGraphHandlers({
  log,
  introspection,
}: GraphDependencies): (asked: RequestParams) => AnyHandler {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  const answer = createHandler<RequestParams, GraphContext, GraphContext>({
    schema: SCHEMA,
    rootValue: ROOT,
    parseRequestParams: ({ raw }) => raw,
    context: ({ context }) => context,
    parse: (source, options) => parse(source, { ...options, maxTokens: MAX_TOKENS }),
    validationRules: (_req, { variableValues }) => [...rules, createSizeRule({ ...variableValues })],
    formatError: createErrorFormat(log, introspection),
  })
  return (asked) =>
    fromScope<GraphScope>(({ catalogue, graphLoaders: loaders }) => async (req, res) => {
      const [body, { status, headers }] = await answer({
        method: req.method,
        url: req.url,
        headers: { accept: acceptedType(req) },
        body: null,
        raw: asked,
        context: { catalogue, loaders },
      })
      res
        .status(status)
        .set({ ...headers })
        .vary('Accept')
        .send(body ?? '')
    })
}
