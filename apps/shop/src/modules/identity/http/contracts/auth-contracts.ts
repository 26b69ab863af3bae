import { z } from 'zod'
import { operation } from '../../../../http/contracts/operation.js'
import { PROBLEMS } from '../../../../http/problems/problem-catalogue.js'
import { ROLES } from '../../domain/roles.js'
import { refreshCookie } from '../input/cookies.js'
import { credentialsBody, registrationBody } from '../input/credentials-body.js'
import { IDENTITY_PROBLEMS } from '../problems.js'
import { USER, userSchema } from './user-contracts.js'

/** Registering, signing in and out. */

export const tokenSchema = z.object({
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

const TOKENS = {
  description: 'An access token, and a refresh token in a cookie.',
  schema: tokenSchema,
  headers: { 'Set-Cookie': 'The refresh token, for this address only.' },
} as const
const SESSION = { description: 'Who is signed in.', schema: sessionSchema } as const
const DONE = { description: 'It has ended.' } as const

const CREDENTIALS = { email: 'eve@shop.example', password: 'seven brown herons' }
const credentials = credentialsBody.meta({ examples: [CREDENTIALS] })
const registration = registrationBody.meta({ examples: [{ ...CREDENTIALS, name: 'Eve' }] })

const SIGN_IN_ERRORS = [IDENTITY_PROBLEMS['wrong-credentials'], PROBLEMS['too-many-requests']]
const common = { tag: 'accounts' } as const

export const register = operation({
  ...common,
  method: 'post',
  id: 'register',
  summary: 'Makes a new customer',
  body: registration,
  answers: { 201: { ...USER, headers: { ...USER.headers, Location: 'Where the user is.' } } },
  errors: [IDENTITY_PROBLEMS['email-taken'], PROBLEMS['too-many-requests']],
})

export const signIn = operation({
  ...common,
  method: 'post',
  id: 'signIn',
  summary: 'Signs in by tokens',
  body: credentials,
  answers: { 200: TOKENS },
  errors: SIGN_IN_ERRORS,
})

export const refresh = operation({
  ...common,
  method: 'post',
  id: 'refresh',
  summary: 'Exchanges the refresh token for the next one, and an access token',
  description: 'A refresh token that comes a second time ends its whole sign-in.',
  cookies: refreshCookie,
  body: null,
  answers: { 200: TOKENS },
  security: 'refresh',
})

export const endRefresh = operation({
  ...common,
  method: 'delete',
  id: 'endRefresh',
  summary: 'Ends the sign-in of the refresh token',
  cookies: refreshCookie,
  body: null,
  answers: { 204: DONE },
  security: 'refresh-if-any',
})

export const signOut = operation({
  ...common,
  method: 'post',
  id: 'signOut',
  summary: 'Ends the sign-in of the access token',
  body: null,
  answers: { 204: DONE },
  security: 'token',
})

export const signOutEverywhere = operation({
  ...common,
  method: 'post',
  id: 'signOutEverywhere',
  summary: 'Ends all tokens and sessions of the user',
  body: null,
  answers: { 204: DONE },
  security: 'user',
})

export const readSession = operation({
  ...common,
  method: 'get',
  id: 'readSession',
  summary: 'Says who is signed in by the session, and gives the token that writes need',
  answers: { 200: SESSION },
  security: 'session',
})

export const openSession = operation({
  ...common,
  method: 'post',
  id: 'openSession',
  summary: 'Signs in by a session',
  body: credentials,
  answers: { 200: SESSION },
  errors: [...SIGN_IN_ERRORS, IDENTITY_PROBLEMS['https-required']],
})

export const endSession = operation({
  ...common,
  method: 'delete',
  id: 'endSession',
  summary: 'Ends the session',
  body: null,
  answers: { 204: DONE },
  errors: [PROBLEMS.unauthenticated],
  security: 'session-if-any',
})

export const listSignInProviders = operation({
  ...common,
  method: 'get',
  id: 'listSignInProviders',
  summary: 'Says with whom one can sign in, beside e-mail and password',
  answers: { 200: { description: 'The identity providers.', schema: providersSchema } },
})
