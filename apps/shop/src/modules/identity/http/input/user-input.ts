import { z } from 'zod'
import { expecting } from '../../../../http/input/expectation.js'
import { idOf } from '../../../../http/input/id.js'
import { whole } from '../../../../http/input/text.js'
import { ROLES, type Role } from '../../domain/roles.js'
import type { UserId } from '../../domain/user.js'

const MAX_LIMIT = 100
const MAX_PAGE = 1000

const ROLE_NAMES = ROLES.join(', ')
const role = expecting(`one of ${ROLE_NAMES}`, z.enum(ROLES as readonly [Role, ...Role[]]))

/** Its type is written out: that of an id has a name that no other file can say. */
export const userPath: z.ZodType<{ readonly id: UserId }> = z.object({
  id: idOf<'user'>('the id of a user'),
})

export const userListQuery = z.strictObject({
  role: role.optional(),
  limit: expecting(`a whole number from 1 to ${MAX_LIMIT}`, whole(1, MAX_LIMIT)).default(24),
  page: expecting(`a whole number from 1 to ${MAX_PAGE}`, whole(1, MAX_PAGE)).default(1),
})

export const userChanges = expecting(
  'a JSON object with roles',
  z.strictObject({
    roles: expecting(`a list with at least one of ${ROLE_NAMES}`, z.array(role).min(1).max(ROLES.length)),
  }),
)
