import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type ApiDocument, checkExchange, type DriftFinding, type Exchange } from '#dist/index.js'

const DOCUMENT: ApiDocument = {
  openapi: '3.1.0',
  servers: [{ url: 'https://api.example.com/v1' }],
  paths: {
    '/users': {
      parameters: [{ name: 'X-Tenant', in: 'header', schema: { type: 'string', pattern: '^[a-z]+$' } }],
      get: {
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1 } },
          { name: 'tags', in: 'query', schema: { type: 'array', items: { enum: ['a', 'b'] } } },
          { name: 'ids', in: 'query', explode: false, schema: { type: 'array', items: { type: 'integer' } } },
          {
            name: 'filter',
            in: 'query',
            style: 'deepObject',
            schema: { type: 'object', properties: { age: { type: 'integer' } }, additionalProperties: false },
          },
          { name: 'where', in: 'query', content: { 'application/json': { schema: { type: 'object' } } } },
          { name: 'session', in: 'cookie', required: true, schema: { type: 'string', minLength: 3 } },
        ],
        responses: {
          200: { description: 'ok', content: { 'application/json': { schema: { type: 'array' } } } },
          '4XX': { $ref: '#/components/responses/Problem' },
        },
      },
      post: {
        requestBody: { $ref: '#/components/requestBodies/NewUser' },
        responses: {
          201: {
            description: 'made',
            headers: { Location: { required: true, schema: { type: 'string', pattern: '^/' } } },
            content: { 'application/json': { schema: { $ref: '#/components/schemas/User' } } },
          },
          204: { description: 'nothing' },
        },
      },
    },
    '/users/me': { get: { responses: { 200: { description: 'ok', content: { 'text/*': {} } } } } },
    '/users/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
      delete: { responses: { default: { description: 'any' } } },
    },
  },
  components: {
    schemas: {
      User: {
        type: 'object',
        required: ['id', 'name', 'password'],
        properties: {
          id: { type: 'integer', readOnly: true },
          name: { type: 'string' },
          password: { type: 'string', writeOnly: true },
          friends: { type: 'array', items: { $ref: '#/components/schemas/User' } },
        },
        additionalProperties: false,
      },
    },
    requestBodies: {
      NewUser: {
        required: true,
        content: {
          'application/json': { schema: { $ref: '#/components/schemas/User' } },
          'application/x-www-form-urlencoded': {
            schema: {
              type: 'object',
              required: ['age'],
              properties: { age: { type: 'integer' }, tags: { type: 'array', items: { type: 'string' } } },
            },
          },
        },
      },
    },
    responses: { Problem: { description: 'problem', content: { 'application/problem+json': {} } } },
  },
}

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }

function found(
  request: Partial<Exchange['request']>,
  response: Partial<Exchange['response']>,
): DriftFinding[] {
  return checkExchange(DOCUMENT, {
    request: { method: 'GET', url: '/v1/users', headers: { cookie: 'session=abc' }, body: null, ...request },
    response: { status: 200, headers: JSON_TYPE, body: Buffer.from('[]'), ...response },
  })
}

function kinds(
  request: Partial<Exchange['request']>,
  response: Partial<Exchange['response']> = {},
): string[] {
  return found(request, response).map(({ kind }) => kind)
}

function post(type: string, body: string): Partial<Exchange['request']> {
  return { method: 'POST', headers: { 'content-type': type }, body: Buffer.from(body) }
}

const MADE = { status: 204, headers: {}, body: null }

describe('checkExchange', () => {
  test('finds nothing in what is as described', () => {
    assert.deepEqual(found({}, {}), [])
    assert.deepEqual(found({ url: '/v1/users?limit=3&tags=a&tags=b&ids=1,2&filter[age]=7&where={}' }, {}), [])
    assert.deepEqual(found({ url: '/v1/users/' }, {}), [])
    assert.deepEqual(found(post('application/json', '{"name":"a","password":"b"}'), MADE), [])
  })

  test('names a path and a method that the document does not have, unless the server has them neither', () => {
    assert.deepEqual(kinds({ url: '/v1/elsewhere' }), ['undocumented-path'])
    assert.deepEqual(kinds({ url: '/users' }), ['undocumented-path'])
    assert.deepEqual(kinds({ url: '/v1/elsewhere' }, { status: 404 }), [])
    assert.deepEqual(kinds({ method: 'PATCH' }), ['undocumented-method'])
    assert.deepEqual(kinds({ method: 'PATCH' }, { status: 405 }), [])
    assert.deepEqual(kinds({ method: 'OPTIONS' }), [])
  })

  test('takes the narrowest path that has the method', () => {
    const text = { headers: { 'content-type': 'text/plain' }, body: Buffer.from('me') }
    assert.deepEqual(kinds({ url: '/v1/users/me' }, text), [])
    assert.equal(found({ url: '/v1/users/me', method: 'DELETE' }, MADE)[0]?.operation, 'DELETE /users/{id}')
  })

  test('takes every letter of a path for itself', () => {
    const marks = "-._~!$&'()*+,;=:@%5B^|"
    const document = { openapi: '3.1.0', paths: { [`/sign-out/${marks}/{id}`]: { get: { responses: {} } } } }
    const kindOf = (url: string): string | undefined =>
      checkExchange(document, {
        request: { method: 'GET', url, headers: {}, body: null },
        response: { status: 200, headers: {}, body: null },
      })[0]?.kind
    assert.equal(kindOf(`/sign-out/${marks}/7`), 'undocumented-status')
    assert.equal(kindOf('/sign-out/other/7'), 'undocumented-path')
  })

  test('takes statuses by range and default, a 304 for the 200, and HEAD for GET', () => {
    const problem = { headers: { 'content-type': 'application/problem+json' }, body: Buffer.from('{}') }
    assert.deepEqual(kinds({}, { status: 418, ...problem }), [])
    assert.deepEqual(kinds({}, { status: 500 }), ['undocumented-status'])
    assert.deepEqual(kinds({}, { status: 304, headers: {}, body: null }), [])
    assert.deepEqual(kinds({ method: 'HEAD' }, { body: null }), [])
    assert.deepEqual(
      kinds({ method: 'DELETE', url: '/v1/users/7' }, { status: 299, headers: {}, body: null }),
      [],
    )
  })

  test('names a media type that is not declared, and a body where none is', () => {
    assert.deepEqual(kinds({}, { headers: { 'content-type': 'text/html' } }), ['undocumented-type'])
    assert.deepEqual(kinds({}, { headers: {} }), ['undocumented-type'])
    const body = post('application/json', '{"name":"a","password":"b"}')
    assert.deepEqual(kinds(body, { status: 204, headers: JSON_TYPE, body: Buffer.from('{}') }), [])
    assert.deepEqual(kinds({ url: '/v1/users/me' }), ['undocumented-type'])
  })

  test('says where a body does not fit, and never with which value', () => {
    const [finding] = found({}, { body: Buffer.from('{"secret":"hunter2"}') })
    assert.equal(finding?.kind, 'response-body')
    assert.deepEqual(finding?.issues, [{ path: '', message: 'must be array' }])
    assert.doesNotMatch(JSON.stringify(finding), /hunter2/u)
    assert.deepEqual(kinds({}, { body: Buffer.from('[') }), ['response-body'])
    assert.deepEqual(kinds({}, { body: null }), ['response-body'])
  })

  test('follows references, those of a schema to itself too', () => {
    const request = post('application/json', '{"name":"a","password":"b"}')
    const made = (body: string): Partial<Exchange['response']> => ({
      status: 201,
      headers: { ...JSON_TYPE, location: '/users/7' },
      body: Buffer.from(body),
    })
    assert.deepEqual(found(request, made('{"id":1,"name":"a","friends":[{"id":2,"name":"b"}]}')), [])
    const [finding] = found(request, made('{"id":1,"name":"a","friends":[{"id":"2","name":"b"}]}'))
    assert.deepEqual(finding?.issues, [{ path: '/friends/0/id', message: 'must be integer' }])
  })

  test('requires what is readOnly of answers only, and what is writeOnly of requests only', () => {
    const made = { status: 201, headers: { ...JSON_TYPE, location: '/1' } }
    assert.deepEqual(kinds(post('application/json', '{"name":"a"}'), MADE), ['request-body'])
    const body = post('application/json', '{"name":"a","password":"b"}')
    assert.deepEqual(kinds(body, { ...made, body: Buffer.from('{"name":"a"}') }), ['response-body'])
  })

  test('names a required field that is missing, and one that does not fit', () => {
    const request = post('application/json', '{"name":"a","password":"b"}')
    const made = { status: 201, body: Buffer.from('{"id":1,"name":"a"}') }
    assert.deepEqual(kinds(request, { ...made, headers: JSON_TYPE }), ['missing-header'])
    const elsewhere = { ...JSON_TYPE, location: 'http://elsewhere' }
    assert.deepEqual(kinds(request, { ...made, headers: elsewhere }), ['response-header'])
  })

  test('names the parameters of an accepted request that do not fit, by place', () => {
    assert.deepEqual(kinds({ url: '/v1/users?limit=0' }), ['request-query'])
    assert.deepEqual(kinds({ url: '/v1/users?limit=many' }), ['request-query'])
    assert.deepEqual(kinds({ url: '/v1/users?limit=1&limit=2' }), ['request-query'])
    assert.deepEqual(kinds({ url: '/v1/users?tags=c' }), ['request-query'])
    assert.deepEqual(kinds({ url: '/v1/users?ids=1,x' }), ['request-query'])
    assert.deepEqual(kinds({ url: '/v1/users?filter[age]=old' }), ['request-query'])
    assert.deepEqual(kinds({ url: '/v1/users?where=[' }), ['request-query'])
    assert.deepEqual(kinds({ headers: {} }), ['request-cookies'])
    assert.deepEqual(kinds({ headers: { cookie: 'session=ab' } }), ['request-cookies'])
    assert.deepEqual(kinds({ headers: { cookie: 'session=abc', 'x-tenant': 'A' } }), ['request-headers'])
    assert.deepEqual(kinds({ method: 'DELETE', url: '/v1/users/x' }, MADE), ['request-params'])
  })

  test('names the body of an accepted request that does not fit: JSON, forms, and other types', () => {
    assert.deepEqual(kinds(post('application/json', '{'), MADE), ['request-body'])
    assert.deepEqual(kinds(post('text/plain', 'x'), MADE), ['request-type'])
    assert.deepEqual(kinds({ ...post('text/plain', ''), body: null }, MADE), ['request-body'])
    const form = 'application/x-www-form-urlencoded'
    assert.deepEqual(kinds(post(form, 'age=7&tags=a'), MADE), [])
    assert.deepEqual(kinds(post(form, 'age=7&tags[]=a&tags[]=b'), MADE), [])
    assert.deepEqual(kinds(post(form, 'age=old'), MADE), ['request-body'])
  })

  test('leaves requests alone that were refused', () => {
    const refused = {
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: Buffer.from('{}'),
    }
    assert.deepEqual(kinds({ url: '/v1/users?limit=0' }, refused), [])
  })

  test('names parameters of the query that are not described when it is asked to', () => {
    const exchange: Exchange = {
      request: { method: 'GET', url: '/v1/users?utm=1', headers: { cookie: 'session=abc' }, body: null },
      response: { status: 200, headers: JSON_TYPE, body: Buffer.from('[]') },
    }
    assert.deepEqual(checkExchange(DOCUMENT, exchange), [])
    assert.equal(checkExchange(DOCUMENT, exchange, { unknownQuery: true })[0]?.kind, 'request-query')
  })

  test('does not look at bodies that are compressed, or that it is not given', () => {
    assert.deepEqual(kinds({}, { body: undefined }), [])
    assert.deepEqual(
      kinds({}, { headers: { ...JSON_TYPE, 'content-encoding': 'gzip' }, body: Buffer.from('x') }),
      [],
    )
  })

  test('is not led astray by names of prototypes', () => {
    assert.deepEqual(kinds({ url: '/v1/users?__proto__[a]=1&constructor=2' }), [])
    assert.equal(({} as { a?: unknown }).a, undefined)
    assert.deepEqual(kinds({ method: 'constructor' }), ['undocumented-method'])
  })

  test('refuses documents of other versions', () => {
    const exchange: Exchange = {
      request: { method: 'GET', url: '/', headers: {} },
      response: { status: 200, headers: {} },
    }
    assert.throws(() => checkExchange({ openapi: '3.0.3' }, exchange), /must be OpenAPI 3\.1.*"3\.0\.3"/u)
  })
})
