import { z } from 'zod'
import { component } from '../../../../http/contracts/component.js'
import { operation } from '../../../../http/contracts/operation.js'
import { sliceSchema } from '../../../../http/contracts/shapes.js'
import { eventPath, eventsQuery } from '../event-input.js'
import { MESSAGING_PROBLEMS } from '../problems.js'

export const MANAGE_EVENTS = 'events:manage'

export const deadEventSchema = component(
  'DeadEvent',
  z.object({
    id: z.uuid(),
    type: z.string().describe('What has happened: `order.placed`.'),
    aggregate: z.string().describe('To what: `order:<id>`.'),
    occurredAt: z.iso.datetime(),
    diedAt: z.iso.datetime().nullable().describe('When it was given up.'),
    attempts: z.int().min(1),
    lastError: z.string().nullable().describe('Why the last attempt failed.'),
  }),
)

const RETRIED = {
  description: 'How many wait to be delivered now.',
  schema: z.object({ retried: z.int().min(0) }),
} as const

const common = { tag: 'events', security: { permission: MANAGE_EVENTS } } as const

export const listDeadEvents = operation({
  ...common,
  method: 'get',
  id: 'listDeadEvents',
  summary: 'Events that could not be delivered and were given up, the oldest first',
  query: eventsQuery,
  answers: { 200: { description: 'A slice of the list.', schema: sliceSchema(deadEventSchema) } },
})

export const retryDeadEvents = operation({
  ...common,
  method: 'post',
  id: 'retryDeadEvents',
  summary: 'Has all of them tried anew',
  body: null,
  answers: { 200: RETRIED },
})

export const retryDeadEvent = operation({
  ...common,
  method: 'post',
  id: 'retryDeadEvent',
  summary: 'Has one of them tried anew',
  params: eventPath,
  body: null,
  answers: { 200: RETRIED },
  errors: [MESSAGING_PROBLEMS['dead-event-not-found']],
})
