import { z } from 'zod'
import { component } from '../../../../http/contracts/component.js'
import { operation } from '../../../../http/contracts/operation.js'
import { issueSchema } from '../../../../http/contracts/problem-answers.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { graphBody, graphQuery } from '../graph-input.js'
import { GRAPH_TYPES } from '../graph-types.js'

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
        extensions: z.object({ code: z.literal('BAD_REQUEST'), issues: z.array(issueSchema) }),
      }),
    ]),
  }),
)

const common = {
  tag: 'graphql',
  answers: {
    200: {
      description: 'What was found, and what could not be.',
      schema: answerSchema,
      types: GRAPH_TYPES,
    },
    400: {
      description:
        'It is no request of GraphQL; or, for `application/graphql-response+json`, no query of this graph.',
      schema: z.union([refusalSchema, answerSchema]),
      types: GRAPH_TYPES,
    },
  },
  errors: [PROBLEMS['not-acceptable']],
  unversioned: true,
} as const

export const queryGraphByGet = operation({
  ...common,
  method: 'get',
  id: 'queryGraphByGet',
  summary: 'Asks the catalogue as a graph, in the address',
  query: graphQuery,
})

export const queryGraph = operation({
  ...common,
  method: 'post',
  id: 'queryGraph',
  summary: 'Asks the catalogue as a graph',
  body: graphBody,
})
