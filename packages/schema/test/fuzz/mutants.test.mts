import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import * as fc from 'fast-check'
import { ApiDescription } from '#dist/drift/api-description.js'
import { ValueSource } from '#dist/fuzz/arbitraries/value-source.js'
import { MUTATIONS, mutantArbitrary } from '#dist/fuzz/mutations/mutant-arbitrary.js'
import { inputArbitrary } from '#dist/fuzz/requests/input-arbitrary.js'
import { writeRequest } from '#dist/fuzz/requests/wire-request.js'

const SEED = 8
const RUNS = 60

const BODY = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'age', 'kind'],
  properties: {
    name: { type: 'string', minLength: 2, maxLength: 10 },
    age: { type: 'integer', minimum: 0, maximum: 150 },
    kind: { enum: ['one', 'two'] },
    email: { type: 'string', format: 'email' },
    tags: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 3, uniqueItems: true },
    address: {
      type: 'object',
      additionalProperties: false,
      required: ['city'],
      properties: { city: { type: 'string' }, zip: { type: 'string', pattern: '^\\d{5}$' } },
    },
  },
}

const api = ApiDescription.of({
  openapi: '3.1.0',
  paths: {
    '/users/{id}': {
      put: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } },
          { name: 'limit', in: 'query', required: true, schema: { type: 'integer', minimum: 1, maximum: 9 } },
          { name: 'x-kind', in: 'header', required: true, schema: { enum: ['a', 'b'] } },
          { name: 'session', in: 'cookie', required: true, schema: { type: 'string', minLength: 4 } },
        ],
        requestBody: { required: true, content: { 'application/json': { schema: BODY } } },
        responses: {},
      },
    },
  },
})
const operation = api.operations[0]
assert.ok(operation)
const inputs = inputArbitrary(api, new ValueSource(api.document, api.checks), operation)

const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
const isValidBody = ajv.compile(BODY)

interface Samples<T> {
  generate(random: never, bias: number | undefined): { value: T }
}

/** The arbitraries are those of fast-check's other build: the same, with other types. */
function sampled<T>(arbitrary: Samples<T>, numRuns: number): T[] {
  return fc.sample(arbitrary as unknown as fc.Arbitrary<T>, { numRuns, seed: SEED })
}

/** The oracle: the request as a server would read it, without anything of ours. */
function isValid(request: ReturnType<typeof writeRequest>): boolean {
  const url = new URL(request.target, 'http://localhost')
  const headers = new Map(request.headers)
  const limit = url.searchParams.get('limit')
  const cookie = /(?:^|; )session=([^;]*)/u.exec(headers.get('cookie') ?? '')?.[1]
  return (
    /^\/users\/[1-9]\d*$/u.test(url.pathname) &&
    limit !== null &&
    /^[1-9]$/u.test(limit) &&
    ['a', 'b'].includes(headers.get('x-kind') ?? '') &&
    cookie !== undefined &&
    [...decodeURIComponent(cookie)].length >= 4 &&
    headers.get('content-type') === 'application/json' &&
    isValidJson(request.body)
  )
}

function isValidJson(body: Uint8Array | null): boolean {
  try {
    return isValidBody(JSON.parse(Buffer.from(body ?? []).toString('utf8')))
  } catch {
    return false
  }
}

describe('inputs of an operation', () => {
  test('are valid as long as nothing was done to them', () => {
    for (const input of sampled(inputs, 200)) {
      const request = writeRequest(api, operation, input)
      assert.ok(isValid(request), `${request.target} ${String(request.body)}`)
    }
  })

  for (const mutation of MUTATIONS.filter(({ leavesDocument }) => leavesDocument)) {
    test(`are invalid after the mutation ${mutation.kind}`, () => {
      const mutants = sampled(mutantArbitrary(api, operation, inputs, mutation), RUNS)
      for (const { input, place } of mutants) {
        const request = writeRequest(api, operation, input)
        assert.ok(!isValid(request), `${place}: ${request.target} ${String(request.body)}`)
      }
    })
  }

  for (const mutation of MUTATIONS.filter(({ leavesDocument }) => !leavesDocument)) {
    test(`are changed by the mutation ${mutation.kind}`, () => {
      const mutants = sampled(mutantArbitrary(api, operation, inputs, mutation), 10)
      assert.equal(new Set(mutants.map(({ place }) => place.split('/')[1])).has(''), false)
      assert.equal(mutants.length, 10)
    })
  }

  test('are mutated in every place', () => {
    const mutation = MUTATIONS.find(({ kind }) => kind === 'missing-required')
    assert.ok(mutation)
    const mutants = sampled(mutantArbitrary(api, operation, inputs, mutation), 300)
    assert.deepEqual([...new Set(mutants.map(({ place }) => place))].toSorted(), [
      '/body/address/city',
      '/body/age',
      '/body/kind',
      '/body/name',
      '/cookie/session',
      '/header/x-kind',
      '/query/limit',
    ])
  })

  test('carry names of prototypes as keys of their own, and pollute nothing', () => {
    const mutation = MUTATIONS.find(({ kind }) => kind === 'prototype-key')
    assert.ok(mutation)
    const mutants = sampled(mutantArbitrary(api, operation, inputs, mutation), 50)
    const bodies = mutants.map(({ input }) =>
      Buffer.from(writeRequest(api, operation, input).body ?? []).toString(),
    )
    assert.ok(bodies.some((body) => body.includes('"__proto__":{"polluted":"yes"}')))
    assert.equal(({} as { polluted?: unknown }).polluted, undefined)
  })
})
