import { z } from 'zod'
import { isId } from '../../../domain/ids.js'
import { expecting } from '../../../http/input/expectation.js'
import { idOf } from '../../../http/input/id.js'
import { whole } from '../../../http/input/text.js'

export const DEFAULT_LIMIT = 20
export const MAX_LIMIT = 100

const id = idOf<'notification'>('the id of a notification')

export const notificationPath = z.object({ id })

export const listQuery = z.strictObject({
  limit: expecting(`a whole number from 1 to ${MAX_LIMIT}`, whole(1, MAX_LIMIT)).default(DEFAULT_LIMIT),
  cursor: expecting('the nextCursor of a list', z.string().refine(isId)).optional(),
  unread: expecting('true or false', z.enum(['true', 'false'])).default('false'),
})

export const readAllBody = expecting(
  'a JSON object with upTo, or without fields',
  z.strictObject({ upTo: id.optional() }).prefault({}),
)
