import { z } from 'zod'
import { expecting } from '../../../http/input/expectation.js'
import type { AnswerDescription, OperationDescription } from '../../../http/openapi/operation.js'
import { PROBLEMS } from '../../../http/problems/problem-catalogue.js'
import { ROLES } from '../domain/roles.js'
import { MANAGE_USERS } from './controllers/user-controller.js'
import { credentialsBody, registrationBody } from './input/credentials-body.js'
import { userChanges, userListQuery, userPath } from './input/user-input.js'
import { IDENTITY_PROBLEMS } from './problems.js'

const userSchema = z
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

const tokenSchema = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.int().meta({ description: 'In seconds.' }),
  user: userSchema,
})

const sessionSchema = z.object({
  user: userSchema,
  csrfToken: z.string().meta({ description: 'For `X-CSRF-Token` of what writes with this session.' }),
})

const providersSchema = z.object({
  items: z.array(
    z.object({
      name: z.string().meta({ description: 'What visitors know it by.' }),
      href: z.string().meta({
        description:
          'Where a browser begins, with the query `returnTo=/path`: where it wants to be afterwards, signed in by a session.',
      }),
    }),
  ),
  demoAccounts: z
    .array(
      z.object({ email: z.string(), password: z.string(), name: z.string(), roles: z.array(z.enum(ROLES)) }),
    )
    .meta({ description: 'Accounts for trying the shop out; in development only.' }),
})

const USER: AnswerDescription = {
  description: 'The user.',
  schema: userSchema,
  headers: { ETag: 'The version of the user; what `If-Match` takes.' },
}
const TOKENS: AnswerDescription = {
  description: 'An access token, and a refresh token in a cookie.',
  schema: tokenSchema,
  headers: { 'Set-Cookie': 'The refresh token, for this address only.' },
}
const SESSION: AnswerDescription = { description: 'Who is signed in.', schema: sessionSchema }
const DONE: AnswerDescription = { description: 'It has ended.' }

const CREDENTIALS = { email: 'eve@shop.example', password: 'seven brown herons' }
const credentials = credentialsBody.meta({ examples: [CREDENTIALS] })
const registration = registrationBody.meta({ examples: [{ ...CREDENTIALS, name: 'Eve' }] })
const roles = userChanges.meta({ examples: [{ roles: ['staff'] }] })

const SIGN_IN_ERRORS = [IDENTITY_PROBLEMS['wrong-credentials'], PROBLEMS['too-many-requests']]
const tag = 'accounts'

/** What the OpenAPI document says of registering, signing in and out. */
export const AUTH_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'post',
    path: '/register',
    id: 'register',
    tag,
    summary: 'Makes a new customer',
    body: { schema: registration },
    answers: { 201: { ...USER, headers: { ...USER.headers, Location: 'Where the user is.' } } },
    errors: [IDENTITY_PROBLEMS['email-taken'], PROBLEMS['too-many-requests']],
  },
  {
    method: 'post',
    path: '/login',
    id: 'signIn',
    tag,
    summary: 'Signs in by tokens',
    body: { schema: credentials },
    answers: { 200: TOKENS },
    errors: SIGN_IN_ERRORS,
  },
  {
    method: 'post',
    path: '/refresh',
    id: 'refresh',
    tag,
    summary: 'Exchanges the refresh token for the next one, and an access token',
    description: 'A refresh token that comes a second time ends its whole sign-in.',
    answers: { 200: TOKENS },
    security: 'refresh',
  },
  {
    method: 'delete',
    path: '/refresh',
    id: 'endRefresh',
    tag,
    summary: 'Ends the sign-in of the refresh token',
    answers: { 204: DONE },
    security: 'refresh-if-any',
  },
  {
    method: 'post',
    path: '/logout',
    id: 'signOut',
    tag,
    summary: 'Ends the sign-in of the access token',
    answers: { 204: DONE },
    security: 'token',
  },
  {
    method: 'post',
    path: '/logout-everywhere',
    id: 'signOutEverywhere',
    tag,
    summary: 'Ends all tokens and sessions of the user',
    answers: { 204: DONE },
    security: 'user',
  },
  {
    method: 'get',
    path: '/session',
    id: 'readSession',
    tag,
    summary: 'Says who is signed in by the session, and gives the token that writes need',
    answers: { 200: SESSION },
    security: 'session',
  },
  {
    method: 'post',
    path: '/session',
    id: 'openSession',
    tag,
    summary: 'Signs in by a session',
    body: { schema: credentials },
    answers: { 200: SESSION },
    errors: [...SIGN_IN_ERRORS, IDENTITY_PROBLEMS['https-required']],
  },
  {
    method: 'delete',
    path: '/session',
    id: 'endSession',
    tag,
    summary: 'Ends the session',
    answers: { 204: DONE },
    errors: [PROBLEMS.unauthenticated],
    security: 'session-if-any',
  },
  {
    method: 'get',
    path: '/providers',
    id: 'listSignInProviders',
    tag,
    summary: 'Says with whom one can sign in, beside e-mail and password',
    answers: { 200: { description: 'The identity providers.', schema: providersSchema } },
  },
]

const pageSchema = z.object({ number: z.int(), size: z.int(), items: z.int(), pages: z.int() })

const ifMatch = z.object({
  'If-Match': expecting('the ETag of the user as you read it, or *', z.string()).optional(),
})

const MANAGE = { permission: MANAGE_USERS } as const

/** What the OpenAPI document says of users. */
export const USER_OPERATIONS: readonly OperationDescription[] = [
  {
    method: 'get',
    path: '/',
    id: 'listUsers',
    tag: 'users',
    summary: 'Lists the users in the order in which they came',
    parameters: { query: userListQuery },
    answers: {
      200: { description: 'One page.', schema: z.object({ items: z.array(userSchema), page: pageSchema }) },
    },
    security: MANAGE,
  },
  {
    method: 'get',
    path: '/me',
    id: 'readSelf',
    tag: 'users',
    summary: 'Says who asks',
    answers: { 200: USER },
    errors: [IDENTITY_PROBLEMS['user-not-found']],
    security: 'user',
  },
  {
    method: 'get',
    path: '/{id}',
    id: 'readUser',
    tag: 'users',
    summary: `Reads a user: oneself, or others with ${MANAGE_USERS}`,
    parameters: { path: userPath },
    answers: { 200: USER },
    errors: [PROBLEMS.forbidden, IDENTITY_PROBLEMS['user-not-found']],
    security: 'user',
  },
  {
    method: 'patch',
    path: '/{id}',
    id: 'changeRoles',
    tag: 'users',
    summary: 'Gives a user other roles',
    description:
      'What the user has signed in with ends; a refresh token stays good and brings the new roles.',
    parameters: { path: userPath, header: ifMatch },
    body: { schema: roles, types: ['application/json', 'application/merge-patch+json'] },
    answers: { 200: USER },
    errors: [
      IDENTITY_PROBLEMS['user-not-found'],
      IDENTITY_PROBLEMS['last-admin'],
      IDENTITY_PROBLEMS['stale-user'],
    ],
    security: MANAGE,
  },
]
