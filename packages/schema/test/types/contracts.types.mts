// Contracts that can't be meant do not compile, and no other is refused. Compiled only: what is wrong here fails `tsc -b`;
// `frameworks.test.mts` compiles the same text with TypeScript 5, and looks at the messages.

import {
  type Contract,
  createMiddleware,
  jsonSchema,
  type Schema,
  validate,
  version,
  versions,
} from '@nozomi/schema'
import { type } from 'arktype'
import nozomi from 'nozomi'
import * as v from 'valibot'
import { z } from 'zod'

const User = z.object({ id: z.number() })

// A schema in the place of a contract.
// @ts-expect-error a schema says not of what it is
validate(User)
// @ts-expect-error nor does one of another library
validate(v.object({ id: v.number() }))
// @ts-expect-error nor does one that says nothing of itself
validate({} as Schema)

// Members that there are not.
// @ts-expect-error it is `params`
validate({ parms: User })
// @ts-expect-error it is `body`, beside one that is right
validate({ query: User, bdoy: User })
// @ts-expect-error that is an option
validate({ body: User, unknown: 'strip' })
nozomi().get(
  '/',
  // @ts-expect-error it is `response`, in a route as well
  validate({ params: User, respnse: { 200: User } }),
  (_req, res) => void res.end(),
)

// What is no status.
// @ts-expect-error `ok` is none
validate({ response: { ok: User } })
// @ts-expect-error nor is it beside one
validate({ response: { 200: User, ok: User } })
// @ts-expect-error ranges are written in upper case
validate({ response: { '4xx': User } })
// @ts-expect-error there are no statuses of 600
validate({ response: { '6XX': User } })
// @ts-expect-error statuses have three digits
validate({ response: { 200: User, 4004: null } })
// @ts-expect-error there is no status of this number, as a text either
validate({ response: { '099': User } })
// @ts-expect-error a schema has no statuses
validate({ response: User })

// Members that an answer has not.
// @ts-expect-error it is `description`
validate({ response: { 200: { schema: User, descripton: 'The user' } } })
// @ts-expect-error it is `schema`
validate({ response: { 200: User, 404: { shema: User } } })

// What is no media type.
// @ts-expect-error it is 'application/json'
validate({ response: { 200: { content: { json: User } } } })
// @ts-expect-error also beside one that is right
validate({ response: { 200: { content: { 'application/json': User, csv: null } } } })
// @ts-expect-error a schema is no list of media types
validate({ response: { 200: { content: User } } })
// @ts-expect-error it is 'application/json'
validate({ body: { json: User } })
// @ts-expect-error also beside one that is right
validate({ body: { 'application/json': User, form: User } })

// Parts that come as objects.
// @ts-expect-error a query has names
validate({ query: z.string() })
// @ts-expect-error params have names
validate({ params: z.number() })
// @ts-expect-error headers have names
validate({ headers: z.array(z.string()) })
// @ts-expect-error cookies have names
validate({ cookies: z.enum(['a', 'b']) })
// @ts-expect-error also beside one that is right
validate({ params: User, query: z.string().optional() })
// @ts-expect-error a query has names, in each library
validate({ query: v.string() })
// @ts-expect-error a query has names, in each library
validate({ query: type('string[]') })

// Rules of files.
// @ts-expect-error it is `maxCount`
validate({ files: { avatar: { required: false, maxcount: 2 } } })

// Extensions of the document.
// @ts-expect-error their names begin with x-
validate({ extensions: { 'x-scope': 'all', permission: 'users:read' } })

// The contract of a middleware.
// @ts-expect-error it is `security`
createMiddleware(() => {}, { securty: ['session'] })
// @ts-expect-error `ok` is no status
createMiddleware(() => {}, { response: { ok: User } })

// Versions.
// @ts-expect-error there is none
versions([])
versions([version('v1', nozomi.Router())])
const several = [version('v1', nozomi.Router()), version('v2', nozomi.Router())]
versions(several)
versions(several.slice(1))

// All that may be meant.
validate({})
validate({
  params: User,
  query: z.looseObject({ q: z.string() }).optional(),
  headers: z.record(z.string(), z.string()),
  cookies: z.object({ a: z.string() }).transform(({ a }) => a),
  body: { 'application/json': User, 'text/*': z.string(), '*/*': jsonSchema({ type: 'object' }) },
  files: {
    avatar: { required: false, maxCount: 2, maxBytes: 10, types: ['image/*'], description: 'A face' },
  },
  response: {
    '200': User,
    201: {
      schema: User,
      description: 'Made',
      headers: { Location: 'Where' },
      examples: { one: 1 },
      name: 'Made',
    },
    202: { content: { 'application/json': User, 'text/csv': null } },
    204: null,
    '4XX': { contentType: 'text/plain' },
    default: { schema: null },
  },
  summary: 'Reads a user',
  description: 'All of it',
  operationId: 'readUser',
  tags: ['users'],
  deprecated: true,
  security: ['session', { oauth: ['users:read'] }],
  externalDocs: { url: 'https://example.com' },
  examples: [1],
  extensions: { 'x-permission': 'users:read' },
  hidden: false,
})
validate({ query: z.any() })
validate({ query: z.unknown() })
validate({ query: z.union([z.object({ a: z.string() }), z.string()]) })
validate({ query: z.object({ a: z.string() }).or(z.object({ b: z.string() })) })
validate({ query: z.intersection(z.object({ a: z.string() }), z.object({ b: z.string() })) })
validate({ query: z.lazy(() => User) })
validate({ query: z.preprocess((value) => value, User) })
validate({ query: v.object({ a: v.string() }), params: type({ a: 'string' }), body: v.string() })
validate({ query: v.record(v.string(), v.string()), params: type({ '[string]': 'string' }) })
validate({ query: jsonSchema({ type: 'object' }), body: null })
validate({ query: {} as Schema, params: {} as any, body: {} as any, response: {} as any })
validate({ query: {} as z.ZodType, params: {} as z.ZodType<{ id: number }>, body: {} as z.ZodType })
validate({} as any)
validate({} as Contract)
validate({ body: {} as NonNullable<Contract['body']>, response: {} as NonNullable<Contract['response']> })
validate({ response: { 200: {} as any, 404: {} as Schema | null } })

// What is known when the program runs.
declare const status: number
declare const mediaType: string
declare const isStrict: boolean
const given = { params: User, tags: ['a'], response: { 200: User } }
validate(given)
validate({ ...given, ...(isStrict && { query: User }), ...(isStrict ? { body: User } : {}) })
validate({ query: isStrict ? User : undefined, response: { 200: isStrict ? User : null } } as const)
validate(isStrict ? { body: User } : { query: User })
validate({ response: { [status]: User } })
validate({ response: Object.fromEntries([[status, User]]) })
validate({ body: { [mediaType]: User }, response: { 200: { content: { [mediaType]: User } } } })
validate({ body: Object.fromEntries([[mediaType, User]]) })

// Functions of one's own that make steps.
function describedRoute<const C extends Contract>(contract: C) {
  return validate(contract)
}
function tagged<const C extends Contract>(contract: C) {
  return validate({ ...contract, tags: ['own'] })
}
function byQuery<S extends z.ZodType>(query: S) {
  return validate({ query })
}
function byBody<S extends Schema>(body: S) {
  return validate({ body, response: { 200: body } })
}
function listOf<S extends z.ZodType>(item: S) {
  return validate({ query: z.object({ page: z.number() }), response: { 200: z.array(item), 404: null } })
}
function answering<R extends NonNullable<Contract['response']>>(response: R) {
  return validate({ response })
}
nozomi()
  .get('/', describedRoute({ response: { 200: User } }), (_req, res) => void res.json({ id: 1 }))
  .get('/', tagged({ query: User }), (req) => req.query.id.toFixed())
  .get('/', byQuery(User), (req) => req.query.id.toFixed())
  .get('/', byBody(User), (req, res) => void res.json(req.body))
  .get('/', listOf(User), (req, res) => void res.json([{ id: req.query.page }]))
  .get('/', answering({ 200: User }), (_req, res) => void res.json({ id: 1 }))
