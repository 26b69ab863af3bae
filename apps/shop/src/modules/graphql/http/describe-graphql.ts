import { z } from 'zod'
import { expecting } from '../../../http/input/expectation.js'
import type { OperationDescription } from '../../../http/openapi/operation.js'

const query = expecting('a query of GraphQL', z.string())
const answer = z.object({ data: z.unknown().optional(), errors: z.array(z.unknown()).optional() })
const answers = {
  200: {
    description: 'What was found, and what could not be.',
    schema: answer,
    types: ['application/json', 'application/graphql-response+json'],
  },
}

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
  },
]
