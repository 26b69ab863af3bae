import { z } from 'zod'
import { operation } from '../../../../http/contracts/operation.js'
import { pageSchema } from '../../../../http/contracts/shapes.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { type Permission, ROLES } from '../../domain/roles.js'
import { userChanges, userListQuery, userPath } from '../input/user-input.js'
import { userIfMatch } from '../input/user-version.js'
import { IDENTITY_PROBLEMS } from '../problems.js'

export const MANAGE_USERS: Permission = 'users:manage'

export const userSchema = z
  .object({
    id: z.uuid(),
    email: z.string(),
    emailVerified: z.boolean(),
    name: z.string(),
    roles: z.array(z.enum(ROLES)),
    permissions: z.array(z.string()),
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'User' })

export const USER = {
  description: 'The user.',
  schema: userSchema,
  headers: { ETag: 'The version of the user; what `If-Match` takes.' },
} as const

const roles = userChanges.meta({ examples: [{ roles: ['staff'] }] })

const MANAGE = { permission: MANAGE_USERS } as const
const common = { tag: 'users' } as const

export const listUsers = operation({
  ...common,
  method: 'get',
  id: 'listUsers',
  summary: 'Lists the users in the order in which they came',
  query: userListQuery,
  answers: {
    200: { description: 'One page.', schema: z.object({ items: z.array(userSchema), page: pageSchema }) },
  },
  security: MANAGE,
})

export const readSelf = operation({
  ...common,
  method: 'get',
  id: 'readSelf',
  summary: 'Says who asks',
  answers: { 200: USER },
  errors: [IDENTITY_PROBLEMS['user-not-found']],
  security: 'user',
})

export const readUser = operation({
  ...common,
  method: 'get',
  id: 'readUser',
  summary: `Reads a user: oneself, or others with ${MANAGE_USERS}`,
  params: userPath,
  answers: { 200: USER },
  errors: [PROBLEMS.forbidden, IDENTITY_PROBLEMS['user-not-found']],
  security: 'user',
})

export const changeRoles = operation({
  ...common,
  method: 'patch',
  id: 'changeRoles',
  summary: 'Gives a user other roles',
  description: 'What the user has signed in with ends; a refresh token stays good and brings the new roles.',
  params: userPath,
  headers: userIfMatch,
  body: { 'application/json': roles, 'application/merge-patch+json': roles },
  answers: { 200: USER },
  errors: [
    IDENTITY_PROBLEMS['user-not-found'],
    IDENTITY_PROBLEMS['last-admin'],
    IDENTITY_PROBLEMS['stale-user'],
  ],
  security: MANAGE,
})
