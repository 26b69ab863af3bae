import assert from 'node:assert/strict'
import test from 'node:test'
import Joi from 'joi'
import nozomi from 'nozomi'
import * as v from 'valibot'
import { z } from 'zod'
import {
  ContractError,
  createMiddleware,
  deprecation,
  joi,
  jsonSchema,
  openapi,
  problems,
  validate,
  version,
  versions,
} from '#dist/index.js'
import { asking } from './support/asking.mjs'
import { FRAMEWORKS } from './support/frameworks.mjs'

/** A library that speaks Standard Schema and can't say itself as JSON Schema. */
const undescribed: any = {
  '~standard': { version: 1, vendor: 'plain', validate: (value: unknown) => ({ value }) },
}

/** What a contract is refused with: each names the member, what is wrong, and what is right. */
const REFUSED: readonly [title: string, contract: any, options: any, expected: RegExp][] = [
  ['no contract', undefined, undefined, /contract: is undefined; give an object with the members params,/],
  [
    'a schema for a contract',
    z.object({}),
    undefined,
    /contract: is a schema; give an object with the members/,
  ],
  [
    'a member that there is not',
    { bdoy: z.any() },
    undefined,
    /contract\.bdoy: there is no such member; `body`\?/,
  ],
  [
    'another such member',
    { colour: 1 },
    undefined,
    /contract\.colour: there is no such member; there are: params, query/,
  ],
  [
    'a text for a schema',
    { query: 'page' },
    undefined,
    /contract\.query: there is no schema: 'page'; give a schema/,
  ],
  [
    'members in the place of a schema',
    { query: { page: z.number() } },
    undefined,
    /contract\.query: there is no schema: an object with page; make one schema of these, such as z\.object/,
  ],
  [
    'the class of a schema',
    { body: z.ZodObject },
    undefined,
    /contract\.body: there is no schema: the function ZodObject; give a schema/,
  ],
  [
    'parameters that are no object',
    { params: z.int() },
    undefined,
    /contract\.params: the schema takes no object, .* by name; name them: z\.object\(\{ id: … \}\)/,
  ],
  [
    'a query of Joi that is no object',
    { query: Joi.alternatives(Joi.number(), Joi.string()) },
    undefined,
    /contract\.query: the schema takes no object/,
  ],
  [
    'an option that stands in the contract',
    { body: z.any(), unknown: 'strip' },
    undefined,
    /contract\.unknown: this is an option; .*validate\(contract, \{ unknown: … \}\)/,
  ],
  [
    'a bare JSON Schema',
    { body: { type: 'object' } },
    undefined,
    /contract\.body: .*wrap a JSON Schema: jsonSchema\(schema\)/,
  ],
  [
    'a schema of Joi 17',
    { query: { type: 'object', validate() {}, validateAsync() {} } },
    undefined,
    /contract\.query: .*wrap a schema of Joi 17: joi\(schema\)/,
  ],
  [
    'a media type of an answer that is a range',
    { response: { 200: { content: { 'text/*': null } } } },
    undefined,
    /contract\.response\['200'\]\.content\['text\/\*'\]: this is no media type/,
  ],
  [
    'media types of an answer beside a schema',
    { response: { 200: { content: { 'text/csv': null }, schema: z.any() } } },
    undefined,
    /contract\.response\['200'\]\.schema: `content` says it for each media type; leave one/,
  ],
  [
    'no media types of an answer',
    { response: { 200: { content: z.any() } } },
    undefined,
    /contract\.response\['200'\]\.content: .*name media types/,
  ],
  [
    'an answer with a name that is none',
    { response: { 404: { name: 'not found' } } },
    undefined,
    /contract\.response\['404'\]\.name: is 'not found'; it is the name of a component/,
  ],
  [
    'extensions that do not begin with x-',
    { extensions: { permission: 'a' } },
    undefined,
    /contract\.extensions: .*begin with x-/,
  ],
  [
    'a media type with parameters',
    { body: { 'application/json; charset=utf-8': z.any() } },
    undefined,
    /contract\.body\['application\/json; charset=utf-8'\]: this is no media type; write it like 'application\/json'/,
  ],
  [
    'a media type without a schema',
    { body: { 'text/plain': 1 } },
    undefined,
    /contract\.body\['text\/plain'\]: there is no schema: 1/,
  ],
  [
    'files where no body is wanted',
    { body: null, files: { avatar: {} } },
    undefined,
    /contract\.body: is null, and contract\.files is about a body; leave one of them out/,
  ],
  [
    'headers in capitals',
    { headers: z.object({ 'X-Id': z.string() }) },
    undefined,
    /contract\.headers: the schema names 'X-Id', and node gives all names in lower case; name it 'x-id'/,
  ],
  [
    'files that are no record',
    { files: ['avatar'] },
    undefined,
    /contract\.files: is a list; name each field/,
  ],
  [
    'a rule that there is not',
    { files: { avatar: { max: 1 } } },
    undefined,
    /contract\.files\.avatar\.max: there is no such member/,
  ],
  [
    'a size that is none',
    { files: { avatar: { maxBytes: '1mb' } } },
    undefined,
    /contract\.files\.avatar\.maxBytes: is '1mb'; it is a whole number/,
  ],
  [
    'a type that is none',
    { files: { avatar: { types: ['png'] } } },
    undefined,
    /contract\.files\.avatar\.types: is a list; it is a list of media types/,
  ],
  [
    'answers without a status',
    { response: z.any() },
    undefined,
    /contract\.response: it has no statuses; name each status/,
  ],
  [
    'a status that is none',
    { response: { 600: z.any() } },
    undefined,
    /contract\.response\['600'\]: this is no status; keys are statuses/,
  ],
  [
    'a range in small letters',
    { response: { '4xx': z.any() } },
    undefined,
    /contract\.response\['4xx'\]: this is no status/,
  ],
  [
    'an answer that is no schema',
    { response: { 200: { id: z.number() } } },
    undefined,
    /contract\.response\['200'\]: .*make one schema of these/,
  ],
  [
    'an answer whose schema is none',
    { response: { 200: { schema: {} } } },
    undefined,
    /contract\.response\['200'\]\.schema: there is no schema/,
  ],
  [
    'an answer with a member that there is not',
    { response: { 200: { schema: null, desc: '' } } },
    undefined,
    /contract\.response\['200'\]\.desc: there is no such member/,
  ],
  [
    'tags that are no list',
    { tags: 'users' },
    undefined,
    /contract\.tags: is 'users'; it is a list of texts/,
  ],
  [
    'security that is no list',
    { security: 'session' },
    undefined,
    /contract\.security: is 'session'; it is a list of names/,
  ],
  ['a summary that is no text', { summary: 1 }, undefined, /contract\.summary: is 1; it is a text/],
  [
    'an option that there is not',
    {},
    { unkown: 'strip' },
    /options\.unkown: there is no such member; `unknown`\?/,
  ],
  [
    'a value that an option does not have',
    {},
    { unknown: 'drop' },
    /options\.unknown: is 'drop'; it may be 'strip', 'refuse', 'keep', 'schema'/,
  ],
  ['a status that is not offered', {}, { status: 418 }, /options\.status: is 418; it may be 400, 422/],
  [
    'unknown keys of a schema that can not be said',
    { body: undescribed },
    { unknown: 'refuse' },
    /contract\.body: with `unknown: 'refuse'` its keys have to be known, and this schema \(plain\) can't be said as JSON Schema; leave the option out/,
  ],
  [
    'the same in a query',
    { query: undescribed },
    { unknown: 'strip' },
    /contract\.query: with `unknown: 'strip'`/,
  ],
]

for (const [title, contract, options, expected] of REFUSED) {
  test(`validate() refuses ${title} at registration`, () => {
    assert.throws(
      () => validate(contract, options),
      (error: Error) => {
        assert.ok(error instanceof ContractError)
        assert.ok(error instanceof TypeError)
        assert.equal(error.code, 'NOZOMI_SCHEMA_CONTRACT')
        assert.match(error.message, /^validate\(\): /)
        assert.match(error.message, expected)
        return true
      },
    )
  })
}

test('validate() takes all that a contract may have', () => {
  const contract = {
    params: z.object({ id: z.number() }),
    query: Joi.object(),
    headers: z.object({ 'x-id': z.string() }),
    cookies: undescribed,
    body: { 'application/json': z.any(), 'text/*': joi(Joi.string()), '*/*': jsonSchema({ type: 'object' }) },
    files: {
      avatar: { required: false, maxCount: 2, maxBytes: 10, types: ['image/*'], description: 'A face' },
    },
    response: {
      200: z.any(),
      201: { schema: z.any(), description: 'Made', headers: { Location: 'Where' }, examples: { one: 1 } },
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
    hidden: false,
  } as const
  const options = { unknown: 'schema', coerce: true, status: 422, responses: 'off' } as const
  const validator = validate(contract, options) as any
  assert.equal(validator.name, 'validator')
  assert.equal(validator.length, 3)
  assert.equal(validator['~contract'].contract, contract)
  assert.equal(validator['~contract'].options, options)
})

test('validate() takes whatever may be an object for what has names', () => {
  const several = [
    z.any(),
    z.record(z.string(), z.string()),
    z.union([z.object({ a: z.string() }), z.string()]),
    z.object({ a: z.string() }).transform(({ a }) => a),
    Joi.any(),
    undescribed,
    jsonSchema({}),
  ]
  for (const query of several) assert.doesNotThrow(() => validate({ query }))
})

test('joi() and jsonSchema() refuse schemas that need no wrapping', () => {
  assert.throws(() => joi(z.object({}) as any), /joi\(\): this is a schema of zod; give it as it is/)
  assert.throws(() => jsonSchema(z.object({})), /jsonSchema\(\): this is a schema of zod; give it as it is/)
  assert.throws(() => jsonSchema(v.object({})), /jsonSchema\(\): this is a schema of valibot/)
  assert.doesNotThrow(() => jsonSchema(z.toJSONSchema(z.object({}))))
})

/** What is written for the name of a member that there is, and what it is told with. */
const MISSPELT: readonly [what: string, make: () => unknown, expected: RegExp][] = [
  ['problems()', () => problems({ onerror() {} } as any), /^problems\(\): options\.onerror: .*`onError`\?/],
  [
    'openapi()',
    () => openapi(nozomi(), { info: { title: 'T', version: '1' }, securityScheme: {} } as any),
    /^openapi\(\): options\.securityScheme: .*`securitySchemes`\?/,
  ],
  [
    'version()',
    () => version('v1', nozomi.Router(), { deprecate: new Date() } as any),
    /^version\(\): options\.deprecate: .*`deprecated`\?/,
  ],
  [
    'versions()',
    () => versions([version('v1', nozomi.Router())], { feild: 'X' } as any),
    /^versions\(\): options\.feild: .*`field`\?/,
  ],
  [
    'deprecation()',
    () => deprecation({ sunsets: new Date() } as any),
    /^deprecation\(\): lifecycle\.sunsets: .*`sunset`\?/,
  ],
]

for (const [what, make, message] of MISSPELT) {
  test(`${what} refuses an option that there is not`, () => {
    assert.throws(make, (error: Error) => error instanceof ContractError && message.test(error.message))
  })
}

test('versions() refuses a list without a version', () => {
  assert.throws(
    () => versions([] as any),
    (error: Error) =>
      error instanceof ContractError &&
      /^versions\(\): list: is empty, .*; give one version at least: versions\(\[version\(/.test(
        error.message,
      ),
  )
})

test('problems() refuses messages that are not by language and code', () => {
  assert.throws(() => problems({ messages: 'de' as any }), /options\.messages: is 'de'; name each language/)
  assert.throws(() => problems({ messages: { de: 'x' } as any }), /options\.messages\.de: is 'x'; name each/)
})

for (const { name, express } of FRAMEWORKS) {
  test(`${name}: what gives a handler, registered in its place, says so and does not hang`, async (t) => {
    const detailOf = async (register: (app: any) => void) => {
      const app = express()
      app.set('env', 'development')
      register(app)
      app.use(problems({ onError: () => {} }))
      const ask = await asking(t, app)
      const { status, body } = await ask('/')
      assert.equal(status, 500)
      return body.detail
    }
    assert.match(
      await detailOf((app) => app.get('/', validate)),
      /^validate\(\): contract: is a request; register/,
    )
    assert.match(await detailOf((app) => app.use(problems)), /^problems\(\): options: is a request; register/)
    assert.match(
      await detailOf((app) => app.use(problems.notFound)),
      /^problems\.notFound\(\): .* is a request/,
    )
    assert.match(await detailOf((app) => app.use(deprecation)), /^deprecation\(\): lifecycle: is a request/)
  })
}

test('createMiddleware() refuses schemas for requests, and what is no handler', () => {
  assert.throws(
    () => createMiddleware(() => {}, { query: z.any() } as any),
    /^ContractError: createMiddleware\(\): contract\.query: a middleware has no schemas for requests; put validate\(\{ query: … \}\) before it/,
  )
  assert.throws(() => createMiddleware(undefined as any), /createMiddleware\(\): the handler is undefined/)
  assert.throws(
    () => createMiddleware(() => {}, { securty: [] } as any),
    /createMiddleware\(\): contract\.securty: .*`security`/,
  )
})
