import { z } from 'zod'
import { expecting } from '../../../http/input/expectation.js'
import { component } from '../../../http/contracts/component.js'
import type { OperationDescription } from '../../../http/openapi/operation.js'
import { PROBLEMS } from '../../../http/problems/problem-catalogue.js'
import { GRAPH_TYPES } from './graphql-routes.js'

const query = expecting('a query of GraphQL', z.string())
const errorSchema = z.object({
  message: z.string(),
  locations: z.array(z.object({ line: z.int(), column: z.int() })).optional(),
  path: z.array(z.union([z.string(), z.int()])).optional(),
  extensions: z.object({ code: z.string().optional() }).loose().optional(),
})

const answerSchema = component(
  'GraphAnswer',
  z.object({
    data: z.record(z.string(), z.unknown()).nullable().optional(),
    errors: z.array(errorSchema).optional(),
  }),
)

const refusalSchema = component(
  'GraphRefusal',
  z.object({
    errors: z.tuple([
      z.object({
        message: z.string(),
        extensions: z.object({
          code: z.literal('BAD_REQUEST'),
          field: z.string(),
          problem: z.string(),
          expected: z.string(),
        }),
      }),
    ]),
  }),
)

const types = [...GRAPH_TYPES]
const answers = {
  200: { description: 'What was found, and what could not be.', schema: answerSchema, types },
  400: {
    description:
      'It is no request of GraphQL; or, for `application/graphql-response+json`, no query of this graph.',
    schema: z.union([refusalSchema, answerSchema]),
    types,
  },
}
const errors = [PROBLEMS['not-acceptable']]

export const GRAPHQL_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/',
    id: 'queryGraphByGet',
    tag: 'graphql',
    summary: 'Asks the catalogue as a graph, in the address',
    parameters: {
      query: z.object({ query, operationName: z.string().optional(), variables: z.string().optional() }),
    },
    answers,
    errors,
  },
  {
    method: 'post',
    path: '/',
    id: 'queryGraph',
    tag: 'graphql',
    summary: 'Asks the catalogue as a graph',
    body: {
      schema: z.object({
        query,
        operationName: z.string().optional(),
        variables: z.record(z.string(), z.unknown()).optional(),
      }),
    },
    answers,
    errors,
  },
]
