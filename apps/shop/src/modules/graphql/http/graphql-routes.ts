import { createHandler } from 'graphql-http'
import { NoSchemaIntrospectionCustomRule, parse, specifiedRules } from 'graphql'
import { createRouter, type Request, type RequestHandler, type Router } from '../../../http/framework.js'
import { jsonBody } from '../../../http/input/json-body.js'
import { allowOnly } from '../../../http/problems/problem-handler.js'
import { notAcceptable } from '../../../http/representations/not-acceptable.js'
import { fromScope } from '../../../http/request-context.js'
import type { Log } from '../../../platform/log/log.js'
import type { CatalogueService } from '../../catalogue/services/catalogue-service.js'
import { createSizeRule, MAX_TOKENS } from '../limits/size-rule.js'
import type { Loaders } from '../schema/loaders.js'
import { type GraphContext, ROOT } from '../schema/resolvers.js'
import { SCHEMA } from '../schema/schema.js'
import { createErrorFormat } from './graph-error.js'
import { readGraphRequest } from './graph-request.js'

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

/** In which an answer can be had; the first is for whoever does not care. */
export const GRAPH_TYPES = ['application/json', 'application/graphql-response+json'] as const

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

function createGraphHandler({ log, introspection }: GraphDependencies): RequestHandler {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  const answer = createHandler<Request, GraphContext, GraphContext>({
    schema: SCHEMA,
    rootValue: ROOT,
    parseRequestParams: ({ raw }) => readGraphRequest(raw),
    context: ({ context }) => context,
    parse: (source, options) => parse(source, { ...options, maxTokens: MAX_TOKENS }),
    validationRules: (_req, { variableValues }) => [...rules, createSizeRule({ ...variableValues })],
    formatError: createErrorFormat(log, introspection),
  })
  return fromScope<GraphScope>(({ catalogue, graphLoaders: loaders }) => async (req, res) => {
    const [body, { status, headers }] = await answer({
      method: req.method,
      url: req.url,
      headers: { accept: acceptedType(req) },
      body: null,
      raw: req,
      context: { catalogue, loaders },
    })
    res
      .status(status)
      .set({ ...headers })
      .vary('Accept')
      .send(body ?? '')
  })
}

/** Throws the problem 406. */
function acceptedType(req: Request): string {
  const withCharset = GRAPH_TYPES.map((type) => `${type}; charset=utf-8`)
  const accepted = req.accepts([...GRAPH_TYPES, ...withCharset])
  if (accepted === false) throw notAcceptable(req, GRAPH_TYPES)
  return accepted
}
