import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { z } from 'zod'
import {
  checkExchange,
  type DocumentOptions,
  type OpenApiDocument,
  openapiDocument,
  type ResponseObject,
} from '#dist/index.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { end, step } from './support/step.mjs'

const INFO = { title: 'Test', version: '1.0.0' }
const Problem = z.object({ type: z.string(), title: z.string() }).meta({ id: 'Failure' })
const problem = { schema: Problem, contentType: 'application/problem+json' }

for (const { name, framework } of FRAMEWORKS) {
  describe(`the answers of a document on ${name}`, () => {
    type App = ReturnType<typeof framework>
    const documentOf = (register: (app: App) => void, options: Partial<DocumentOptions> = {}) => {
      const app = framework()
      register(app)
      return openapiDocument(app, { info: INFO, ...options })
    }
    const answersAt = ({ paths }: OpenApiDocument, path: string) => paths[path]?.get?.responses ?? {}

    test('have all media types of a contract, with examples where they are JSON', () => {
      const content = {
        'application/json': z.object({ id: z.number() }),
        'application/hal+json': z.object({ id: z.number(), _links: z.object({}) }),
        'text/csv': z.string(),
        'application/xml': null,
      }
      const document = documentOf((app) => {
        app.get('/', step({ response: { 200: { content, examples: { one: { id: 1 } } } } }), end)
      })
      const { content: said } = answersAt(document, '/')['200'] as ResponseObject
      assert.deepEqual(Object.keys(said ?? {}), Object.keys(content))
      assert.deepEqual(said?.['text/csv'], { schema: { type: 'string' } })
      assert.deepEqual(said?.['application/xml'], {})
      assert.deepEqual(said?.['application/json']?.examples, { one: { value: { id: 1 } } })
      assert.ok(said?.['application/hal+json']?.schema?.properties?.['_links'])
    })

    test('that nobody described may have any body', () => {
      const document = documentOf((app) => {
        app.get('/bare', end)
        app.get('/checked', step({ query: z.object({}) }), end)
      })
      for (const path of ['/bare', '/checked']) {
        const request = { method: 'GET', url: path, headers: {}, body: null }
        const answers = [
          { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') },
          { status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from('<p>') },
          { status: 204, headers: {}, body: null },
          { status: 404, headers: {}, body: null },
        ]
        for (const response of answers) assert.deepEqual(checkExchange(document, { request, response }), [])
      }
    })

    test('that have a name stand in it once', () => {
      const notFound = { ...problem, description: 'There is no such thing.', name: 'NotFound' }
      const document = documentOf((app) => {
        for (const path of ['/a', '/b']) app.get(path, step({ response: { 404: { ...notFound } } }), end)
        app.get('/c', step({ response: { 404: { ...notFound, description: 'Other' } } }), end)
      })
      const references = ['/a', '/b', '/c'].map((path) => answersAt(document, path)['404'])
      assert.deepEqual(references, [
        { $ref: '#/components/responses/NotFound' },
        { $ref: '#/components/responses/NotFound' },
        { $ref: '#/components/responses/NotFound2' },
      ])
      assert.deepEqual(document.components?.responses?.['NotFound'], {
        description: 'There is no such thing.',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Failure' } } },
      })
    })

    test('of an error that several steps declare are all that these say', () => {
      const document = documentOf((app) => {
        const version = { ...problem, description: 'No such version.', headers: { 'X-Versions': 'All' } }
        app.use(step({ response: { 400: version } }))
        const invalid = { schema: z.object({ field: z.string() }), description: 'Not valid.' }
        app.get('/', step({ response: { 400: invalid } }), end)
        app.get('/same', step({ response: { 400: { ...problem, description: 'Not valid.' } } }), end)
      })
      assert.deepEqual(answersAt(document, '/')['400'], {
        description: 'No such version.\n\nNot valid.',
        headers: { 'X-Versions': { description: 'All', schema: { type: 'string' } } },
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Failure' } },
          'application/json': {
            schema: {
              type: 'object',
              properties: { field: { type: 'string' } },
              required: ['field'],
              additionalProperties: false,
            },
          },
        },
      })
      assert.deepEqual((answersAt(document, '/same')['400'] as ResponseObject).content, {
        'application/problem+json': { schema: { $ref: '#/components/schemas/Failure' } },
      })
    })

    test('of an error that several steps name have the names of all', () => {
      const named = (word: string, member: string) => ({
        name: word,
        description: word,
        schema: z.object({ [member]: z.string() }),
      })
      const document = documentOf((app) => {
        app.use(step({ response: { 403: named('Forbidden', 'permission') } }))
        for (const path of ['/a', '/b']) {
          app.get(path, step({ response: { 403: named('Locked', 'until') } }), end)
        }
        app.get('/c', end)
      })
      const reference = { $ref: '#/components/responses/ForbiddenOrLocked' }
      assert.deepEqual(
        [answersAt(document, '/a')['403'], answersAt(document, '/b')['403']],
        [reference, reference],
      )
      const schema =
        document.components?.responses?.['ForbiddenOrLocked']?.content?.['application/json']?.schema
      assert.deepEqual(
        schema?.anyOf?.map(({ properties }) => Object.keys(properties ?? {})),
        [['permission'], ['until']],
      )
      assert.deepEqual(answersAt(document, '/c')['403'], { $ref: '#/components/responses/Forbidden' })
    })

    test('of a success are what the last step says', () => {
      const document = documentOf((app) => {
        app.use(step({ response: { 200: { description: 'Something' } } }))
        app.get('/', step({ response: { 200: { description: 'This' } } }), end)
      })
      assert.deepEqual(answersAt(document, '/')['200'], { description: 'This' })
    })

    test('of validation stay visible beside those of middleware, and not beside those of its own contract', () => {
      const document = documentOf((app) => {
        app.use(step({ response: { 400: { ...problem, name: 'UnknownVersion', description: 'V' } } }))
        app.get('/', step({ query: z.object({}) }), end)
        app.get('/own', step({ query: z.object({}), response: { 400: { description: 'Own' } } }), end)
      })
      assert.deepEqual(answersAt(document, '/')['400'], {
        $ref: '#/components/responses/UnknownVersionOrInvalidRequest',
      })
      const both = document.components?.responses?.['UnknownVersionOrInvalidRequest']
      assert.deepEqual(both?.content?.['application/problem+json']?.schema, {
        anyOf: [{ $ref: '#/components/schemas/Failure' }, { $ref: '#/components/schemas/Problem' }],
      })
      assert.equal((answersAt(document, '/own')['400'] as ResponseObject).description, 'V\n\nOwn')
    })
  })

  describe(`extensions of a document on ${name}`, () => {
    test('are members of the operation; those of middleware too', () => {
      const app = framework()
      app.use(step({ extensions: { 'x-permission': 'none', 'x-owner': 'shop' } }))
      app.get('/', step({ extensions: { 'x-permission': 'orders:read' } }), end)
      const operation = openapiDocument(app, { info: INFO }).paths['/']?.get
      assert.deepEqual([operation?.['x-permission'], operation?.['x-owner']], ['orders:read', 'shop'])
    })
  })
}
