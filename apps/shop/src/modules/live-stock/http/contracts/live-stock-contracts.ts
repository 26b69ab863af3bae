import { z } from 'zod'
import { component } from '../../../../http/contracts/component.js'
import { operation } from '../../../../http/contracts/operation.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { pollQuery, streamHeaders, streamQuery } from '../live-stock-input.js'

const levelSchema = component(
  'StockLevel',
  z.object({
    productId: z.int(),
    available: z.int().min(0).describe('Pieces that can be had.'),
    version: z.int().describe('A larger one is newer.'),
  }),
)

const changesSchema = component(
  'StockChanges',
  z.object({
    reset: z.boolean().describe('Whether `products` are all that were asked for, not only what changed.'),
    products: z.array(levelSchema),
    since: z.string().describe('For `since` of the next request.'),
  }),
)

const common = {
  tag: 'live stock',
  method: 'get',
  errors: [PROBLEMS['too-much-contention']],
} as const

export const streamStock = operation({
  ...common,
  id: 'streamStock',
  summary: 'Sends stocks as they change, as server-sent events',
  description:
    'The first event is `snapshot` with `{"products":[...]}`; each change is `stock` with one `StockLevel`. ' +
    'Who comes back with the id of the last event gets what was missed, or `reset` with all anew. ' +
    'The field `Last-Event-ID` comes before the parameter.',
  query: streamQuery,
  headers: streamHeaders,
  answers: {
    200: {
      description: 'A stream that does not end by itself.',
      schema: z.string().meta({
        examples: ['id: 4f1c-7\nevent: stock\ndata: {"productId":7,"available":11,"version":3}\n\n'],
      }),
      types: ['text/event-stream'],
      streamed: true,
    },
  },
})

export const pollStock = operation({
  ...common,
  id: 'pollStock',
  summary: 'Answers when stocks change, by long polling',
  query: pollQuery,
  answers: {
    200: { description: 'What changed, or all of it.', schema: changesSchema },
    204: { description: 'Nothing changed while you waited. Ask again with the same `since`.' },
  },
})
