import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { celebrate, Joi } from 'celebrate'
import { z } from 'zod'
import {
  type Contract,
  type DocumentOptions,
  leftOutOf,
  type OpenApiDocument,
  openapiDocument,
  type OperationObject,
  type Schema,
  type ValidateOptions,
} from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { end, step } from './support/step.mjs'

const INFO = { title: 'Test', version: '1.0.0' }

for (const { name, framework } of FRAMEWORKS) {
  describe(`the document on ${name}`, () => {
    type App = ReturnType<typeof framework>

    const documentOf = (register: (app: App) => void, options: Partial<DocumentOptions> = {}) => {
      const app = framework()
      register(app)
      return openapiDocument(app, { info: INFO, ...options })
    }
    /** Of one route. */
    const operationOf = (
      contract: Contract,
      {
        path = '/x',
        method = 'post',
        ...rest
      }: { path?: string; method?: 'get' | 'post' } & ValidateOptions = {},
      options: Partial<DocumentOptions> = {},
    ): { operation: OperationObject; document: OpenApiDocument } => {
      const document = documentOf((app) => app[method](path, step(contract, rest), end), options)
      const operation = Object.values(document.paths)[0]?.[method]
      assert.ok(operation)
      return { operation, document }
    }

    test('has what its options say', () => {
      const options = {
        info: { title: 'Books', version: '2', description: 'All of them' },
        servers: [{ url: 'https://example.com' }],
        tags: ['b', { name: 'a', description: 'A' }],
        externalDocs: { url: 'https://example.com/docs' },
        securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
        security: ['key'],
      } as const
      const document = documentOf((app) => app.get('/', step({ tags: ['c', 'a'] }), end), options)
      assert.equal(document.openapi, '3.1.1')
      assert.deepEqual(document.info, options.info)
      assert.deepEqual(document.servers, options.servers)
      assert.deepEqual(document.tags, [{ name: 'b' }, { name: 'a', description: 'A' }, { name: 'c' }])
      assert.deepEqual(document.security, [{ key: [] }])
      assert.deepEqual(document.components?.securitySchemes, options.securitySchemes)
      assert.deepEqual(document.externalDocs, options.externalDocs)
    })

    test('has every route, also without a contract', () => {
      const document = documentOf((app) => {
        const router = framework.Router()
        app.use('/api', router)
        router.get('/users/:id', end)
        router.delete('/users/:id', end)
        router.get('/files{/*path}', end)
      })
      assert.deepEqual(Object.keys(document.paths), ['/api/users/{id}', '/api/files', '/api/files/{path}'])
      const item = document.paths['/api/users/{id}']
      assert.deepEqual(Object.keys(item ?? {}), ['get', 'delete'])
      assert.deepEqual(item?.get, {
        operationId: 'getApiUsersById',
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { default: { description: 'What is answered is not described.', content: { '*/*': {} } } },
      })
    })

    test('says what a contract says of a route', () => {
      const said = {
        operationId: 'find',
        summary: 'Finds',
        description: '**Finds**',
        tags: ['t'],
        deprecated: true,
        externalDocs: { url: 'https://example.com' },
      }
      const { operation } = operationOf(said)
      const { responses: _, ...rest } = operation
      assert.deepEqual(rest, said)
    })

    test('the parameters are those of the schemas, by their places', () => {
      const { operation } = operationOf(
        {
          params: z.object({ id: z.number().describe('The number') }),
          query: z.object({
            page: z.number().min(1).default(1),
            tags: z.array(z.string()).optional(),
            tag: z.union([z.string(), z.array(z.string())]).optional(),
            filter: z.object({ name: z.string() }).optional(),
            old: z.string().optional().meta({ deprecated: true }),
          }),
          headers: z.object({
            'x-tenant': z.string(),
            authorization: z.string(),
            'content-type': z.string(),
          }),
          cookies: z.object({ sid: z.string() }),
        },
        { path: '/x/:id/:other' },
      )
      assert.deepEqual(operation.parameters, [
        {
          name: 'id',
          in: 'path',
          description: 'The number',
          required: true,
          schema: { type: 'number', description: 'The number' },
        },
        { name: 'other', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'page', in: 'query', schema: { default: 1, type: 'number', minimum: 1 } },
        {
          name: 'tags',
          in: 'query',
          style: 'form',
          explode: true,
          schema: { type: 'array', items: { type: 'string' } },
        },
        {
          name: 'tag',
          in: 'query',
          style: 'form',
          explode: true,
          schema: { anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] },
        },
        {
          name: 'filter',
          in: 'query',
          style: 'deepObject',
          explode: true,
          schema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
        },
        { name: 'old', in: 'query', deprecated: true, schema: { deprecated: true, type: 'string' } },
        { name: 'x-tenant', in: 'header', required: true, schema: { type: 'string' } },
        { name: 'sid', in: 'cookie', required: true, schema: { type: 'string' } },
      ])
    })

    test('what is the key of a security scheme of the operation is no parameter besides', () => {
      const securitySchemes = {
        sid: { type: 'apiKey', in: 'cookie', name: 'sid' },
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        bearer: { type: 'http', scheme: 'bearer' },
      } as const
      const contract = {
        query: z.object({ sid: z.string() }),
        headers: z.object({ 'x-key': z.string() }),
        cookies: z.object({ sid: z.string(), cart: z.string().optional() }),
      }
      const placesOf = (security: Contract['security'], common?: Contract['security']): unknown => {
        const said = { ...contract, ...(security && { security }) }
        const { operation } = operationOf(said, {}, { securitySchemes, ...(common && { security: common }) })
        return operation.parameters?.map(({ name, in: place }) => `${place} ${name}`)
      }
      const all = ['query sid', 'header x-key', 'cookie sid', 'cookie cart']
      assert.deepEqual(placesOf(undefined), all)
      assert.deepEqual(placesOf(['bearer']), all)
      assert.deepEqual(placesOf([{ sid: [], key: [] }, {}]), ['query sid', 'cookie cart'])
      assert.deepEqual(placesOf(undefined, ['sid']), ['query sid', 'header x-key', 'cookie cart'])
      assert.deepEqual(placesOf([], ['sid']), all)
    })

    test('the parameters of all steps are there, the later one wins by name', () => {
      const document = documentOf((app) => {
        app.use(step({ query: z.object({ lang: z.string(), page: z.string() }) }))
        app.get('/', step({ query: z.object({ page: z.number().optional() }) }), end)
      })
      assert.deepEqual(document.paths['/']?.get?.parameters, [
        { name: 'lang', in: 'query', required: true, schema: { type: 'string' } },
        { name: 'page', in: 'query', required: true, schema: { type: 'number' } },
      ])
    })

    test('of alternatives a parameter is required that all of them require', () => {
      const query = z.union([
        z.object({ by: z.literal('name'), name: z.string() }),
        z.object({ by: z.literal('id'), id: z.number() }),
      ])
      const { operation } = operationOf({ query }, { method: 'get' })
      assert.deepEqual(
        operation.parameters?.map(({ name, required }) => [name, required ?? false]),
        [
          ['by', true],
          ['name', false],
          ['id', false],
        ],
      )
    })

    test('paths that differ only in the names of parameters are one', () => {
      const document = documentOf((app) => {
        app.get('/users/:id', end)
        app.put('/users/:user', step({ params: z.object({ user: z.number() }) }), end)
      })
      assert.deepEqual(Object.keys(document.paths), ['/users/{id}'])
      assert.deepEqual(document.paths['/users/{id}']?.put?.parameters, [
        { name: 'id', in: 'path', required: true, schema: { type: 'number' } },
      ])
    })

    test('of two routes for the same the first one is described, if it ends every request', () => {
      const document = documentOf((app) => {
        app.get('/a', step({ summary: 'first' }), end)
        app.get('/a', step({ summary: 'second' }), end)
        app.post('/a', step({ body: z.string(), summary: 'first' }))
        app.post('/a', step({ summary: 'second' }), end)
      })
      assert.equal(document.paths['/a']?.get?.summary, 'first')
      assert.equal(document.paths['/a']?.post?.summary, 'second')
      assert.ok(document.paths['/a']?.post?.requestBody)
    })

    test('a body is JSON unless the parser before the route is one for forms', () => {
      const body = z.object({ a: z.string() })
      const schema = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }
      const typesOf = (...parsers: ('json' | 'urlencoded')[]) => {
        const document = documentOf((app) => {
          for (const parser of parsers) app.use(framework[parser]())
          app.post('/', step({ body }), end)
        })
        return document.paths['/']?.post?.requestBody
      }
      const asJson = { required: true, content: { 'application/json': { schema } } }
      assert.deepEqual(typesOf(), asJson)
      assert.deepEqual(typesOf('json', 'urlencoded'), asJson)
      assert.deepEqual(typesOf('urlencoded'), {
        required: true,
        content: { 'application/x-www-form-urlencoded': { schema } },
      })
    })

    test('a body that two contracts are about is what both take', () => {
      const document = documentOf((app) => {
        app.use(step({ body: z.object({ a: z.string() }) }))
        app.post('/', step({ body: z.object({ b: z.string() }) }), end)
        app.put('/', step({ body: { 'text/plain': z.string() } }), end)
      })
      const { post, put } = document.paths['/'] ?? {}
      assert.deepEqual(post?.requestBody?.content['application/json']?.schema, {
        allOf: [
          { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
          { type: 'object', properties: { b: { type: 'string' } }, required: ['b'] },
        ],
      })
      assert.deepEqual(Object.keys(put?.requestBody?.content ?? {}), ['text/plain'])
    })

    test('a body may have several types, examples, and be absent', () => {
      const { operation } = operationOf({
        body: {
          'application/json': z.object({ a: z.number() }).optional(),
          'text/csv': z.string().optional(),
        },
        examples: { one: { a: 1 }, two: { summary: 'Two', value: { a: 2 } } },
      })
      const examples = { one: { value: { a: 1 } }, two: { summary: 'Two', value: { a: 2 } } }
      assert.deepEqual(operation.requestBody, {
        content: {
          'application/json': {
            schema: { type: 'object', properties: { a: { type: 'number' } }, required: ['a'] },
            examples,
          },
          'text/csv': { schema: { type: 'string' }, examples },
        },
      })
    })

    test('a body of Joi is required as validate() requires it', () => {
      const isRequired = (body: Schema) => operationOf({ body }).operation.requestBody?.required === true
      const Named = Joi.object({ name: Joi.string() })
      assert.equal(isRequired(Named), true)
      assert.equal(isRequired(Named.required()), true)
      assert.equal(isRequired(Named.optional()), false)
      assert.equal(isRequired(Named.default({})), false)
    })

    test('a body that celebrate checks is required as Joi requires it', () => {
      const document = documentOf((app) => {
        app.post('/left-open', celebrate({ body: Joi.object({ name: Joi.string() }) }), end)
        app.post('/required', celebrate({ body: Joi.object({ name: Joi.string() }).required() }), end)
      })
      assert.equal(document.paths['/left-open']?.post?.requestBody?.required, undefined)
      assert.equal(document.paths['/required']?.post?.requestBody?.required, true)
    })

    test('files are parts of a form', () => {
      const { operation } = operationOf({
        body: z.object({ title: z.string() }),
        files: {
          cover: { types: ['image/png', 'image/*'], maxBytes: 1000, description: 'The cover' },
          pages: { maxCount: 3, required: false },
        },
      })
      assert.deepEqual(operation.requestBody, {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              properties: {
                title: { type: 'string' },
                cover: { type: 'string', format: 'binary', maxLength: 1000, description: 'The cover' },
                pages: { type: 'array', items: { type: 'string', format: 'binary' }, maxItems: 3 },
              },
              required: ['title', 'cover'],
            },
            encoding: { cover: { contentType: 'image/png, image/*' } },
          },
        },
      })
    })

    test('GET has no body, whatever a contract before it says', () => {
      const document = documentOf((app) => {
        app.use(step({ body: z.string() }))
        app.get('/', end)
        app.put('/', end)
      })
      assert.equal(document.paths['/']?.get?.requestBody, undefined)
      assert.ok(document.paths['/']?.put?.requestBody)
    })

    test('answers are by status, with what goes out', () => {
      const { operation } = operationOf(
        {
          response: {
            200: z.object({ at: z.date(), n: z.number().default(1) }),
            201: {
              schema: z.string(),
              description: 'Made',
              headers: { Location: 'Where', 'X-Left': { schema: z.number(), description: 'Left' } },
              examples: ['a'],
            },
            204: null,
            '4XX': { contentType: 'text/plain', schema: z.string() },
            default: { contentType: 'application/pdf' },
          },
        },
        { method: 'get' },
      )
      assert.deepEqual(operation.responses, {
        200: {
          description: 'OK',
          content: {
            'application/json': {
              schema: {
                type: 'object',
                properties: {
                  at: { type: 'string', format: 'date-time' },
                  n: { default: 1, type: 'number' },
                },
                required: ['at', 'n'],
                additionalProperties: false,
              },
            },
          },
        },
        201: {
          description: 'Made',
          headers: {
            Location: { description: 'Where', schema: { type: 'string' } },
            'X-Left': { description: 'Left', schema: { type: 'number' } },
          },
          content: { 'application/json': { schema: { type: 'string' }, examples: { 1: { value: 'a' } } } },
        },
        204: { description: 'No Content' },
        '4XX': { description: 'Client error', content: { 'text/plain': { schema: { type: 'string' } } } },
        default: { description: 'Every other answer', content: { 'application/pdf': {} } },
      })
    })

    test('a validated route answers problems', () => {
      const responsesOf = (
        contract: Contract,
        options: ValidateOptions = {},
        more: Partial<DocumentOptions> = {},
      ) =>
        Object.keys(operationOf({ response: { 200: null }, ...contract }, options, more).operation.responses)
      const body = z.string()
      assert.deepEqual(responsesOf({ query: z.object({}) }), ['200', '400'])
      assert.deepEqual(responsesOf({ query: z.object({}) }, { status: 422 }), ['200', '422'])
      assert.deepEqual(responsesOf({ body }), ['200', '400', '413', '415'])
      assert.deepEqual(responsesOf({ body }, { status: 422 }), ['200', '400', '413', '415', '422'])
      assert.deepEqual(responsesOf({ summary: 'only words' }), ['200'])
      assert.deepEqual(responsesOf({ body }, {}, { problems: false }), ['200'])
    })

    test('all problems have one shape, with issues', () => {
      const { document, operation } = operationOf({ body: z.string() })
      assert.deepEqual(operation.responses['400'], { $ref: '#/components/responses/InvalidRequest' })
      const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
      for (const response of Object.values(document.components?.responses ?? {})) {
        assert.deepEqual(response.content, content)
      }
      const { properties, required } = document.components?.schemas?.['Problem'] ?? {}
      assert.deepEqual(required, ['type', 'title', 'status'])
      assert.deepEqual(Object.keys(properties ?? {}), [
        'type',
        'title',
        'status',
        'detail',
        'instance',
        'issues',
      ])
      const own = operationOf({ body: z.string(), response: { 400: null } }).operation
      assert.deepEqual(own.responses['400'], { description: 'Bad Request' })
    })

    test('security names its schemes, and says so when there is no such', () => {
      const securitySchemes = {
        session: { type: 'apiKey', in: 'cookie', name: 'sid' },
        oauth: { type: 'openIdConnect', openIdConnectUrl: 'https://example.com' },
      } as const
      const security = ['session', { oauth: ['read'], session: [] }] as const
      const { operation } = operationOf({ security }, {}, { securitySchemes })
      assert.deepEqual(operation.security, [{ session: [] }, { oauth: ['read'], session: [] }])
      assert.deepEqual(operationOf({ security: [] }).operation.security, [])
      assert.throws(() => operationOf({ security: ['key'] }, {}, { securitySchemes }), {
        name: 'SchemaError',
        code: 'NOZOMI_SCHEMA_SECURITY',
        message: /^POST \/x needs the security scheme "key"/,
      })
    })

    test('each operation has an id of its own', () => {
      const document = documentOf((app) => {
        app.get('/', end)
        app.get('/a/b-c/:id', end)
        app.get('/a/bC/by/id', end)
        app.get('/a/b.c/by.id', end)
        app.get('/x', step({ operationId: 'one' }), end)
        app.get('/y', step({ operationId: 'one' }), end)
        app.get('/z', end)
        app.get('/w', step({ operationId: 'getZ' }), end)
      })
      const ids = Object.values(document.paths).map(({ get }) => get?.operationId)
      assert.deepEqual(ids, [
        'getRoot',
        'getABCById',
        'getABCById2',
        'getABCById3',
        'one',
        'one2',
        'getZ2',
        'getZ',
      ])
    })

    test('what is hidden, not wanted, or can not be said is left out', () => {
      const app = framework()
      app.all('/guarded/*path', step({}))
      app.get('/hidden', step({ hidden: true }), end)
      app.get('/private', end)
      app.get(/books/, end)
      app.propfind('/dav', end)
      app.route('/only').get(end).all(end)
      app.get('/shown', end)
      app.all('/every', step({ summary: 'Every' }), end)
      app.all('/{*rest}', end)
      const include: DocumentOptions['include'] = ({ path }) => path !== '/private'
      const { paths } = openapiDocument(app, { info: INFO, include })
      assert.deepEqual(
        Object.entries(paths).map(([path, item]) => `${path} ${Object.keys(item).join(' ')}`),
        ['/only get', '/shown get', '/every get put post delete patch'],
      )
      assert.deepEqual(
        leftOutOf(app, { include }).map(
          ({ operation, reason }) => `${operation.method} ${operation.path} ${reason}`,
        ),
        [
          'ALL /guarded/*path every method',
          'GET /hidden hidden',
          'GET /private not included',
          'GET /books/ path',
          'PROPFIND /dav method',
          'ALL /only every method',
          'ALL /{*rest} every method',
        ],
      )
    })

    test('is the same each time', () => {
      const app = framework()
      app.post('/a', step({ body: z.object({ a: z.string() }).meta({ title: 'A' }) }), end)
      app.get('/b', end)
      const [first, second] = [openapiDocument(app, { info: INFO }), openapiDocument(app, { info: INFO })]
      assert.equal(JSON.stringify(first), JSON.stringify(second))
    })
  })
}
