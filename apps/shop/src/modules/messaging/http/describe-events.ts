import { z } from 'zod'
import { component } from '../../../http/contracts/component.js'
import type { AnswerDescription, OperationDescription } from '../../../http/openapi/operation.js'
import { sliceSchema } from '../../../http/contracts/shapes.js'
import { eventPath, eventsQuery } from './event-input.js'
import { MANAGE_EVENTS } from './event-routes.js'
import { MESSAGING_PROBLEMS } from './problems.js'

const tag = 'events'
const security = { permission: MANAGE_EVENTS }

const deadEventSchema = component(
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

const RETRIED: AnswerDescription = {
  description: 'How many wait to be delivered now.',
  schema: z.object({ retried: z.int().min(0) }),
}

/** `/staff/events` */
export const EVENT_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/',
    id: 'listDeadEvents',
    tag,
    summary: 'Events that could not be delivered and were given up, the oldest first',
    parameters: { query: eventsQuery },
    answers: { 200: { description: 'A slice of the list.', schema: sliceSchema(deadEventSchema) } },
    security,
  },
  {
    method: 'post',
    path: '/retry',
    id: 'retryDeadEvents',
    tag,
    summary: 'Has all of them tried anew',
    answers: { 200: RETRIED },
    security,
  },
  {
    method: 'post',
    path: '/{id}/retry',
    id: 'retryDeadEvent',
    tag,
    summary: 'Has one of them tried anew',
    parameters: { path: eventPath },
    answers: { 200: RETRIED },
    errors: [MESSAGING_PROBLEMS['dead-event-not-found']],
    security,
  },
]
