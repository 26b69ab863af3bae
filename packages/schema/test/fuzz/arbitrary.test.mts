import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import * as fc from 'fast-check'
import { z } from 'zod'
import type { JsonSchema } from '@nozomi/schema'
import { arbitraryFromSchema } from '@nozomi/schema/fuzz'

const SEED = 20_261_122
const RUNS = 200

/** The oracle: a validator of its own, with nothing of ours. */
function validatorOf(schema: JsonSchema | boolean): (value: unknown) => boolean {
  const ajv = new Ajv2020({ strict: false, logger: false, allErrors: true })
  addFormats.default(ajv)
  return ajv.compile(schema) as (value: unknown) => boolean
}

const SCHEMAS: Readonly<Record<string, JsonSchema | boolean>> = {
  anything: true,
  'a schema without words': {},
  'a text': { type: 'string' },
  'a text with lengths': { type: 'string', minLength: 3, maxLength: 5 },
  'a long text': { type: 'string', minLength: 2000 },
  'a text of one length': { type: 'string', minLength: 8, maxLength: 8 },
  'a pattern': { type: 'string', pattern: '^[A-Z]{2}-\\d{4}$' },
  'a pattern that is not anchored': { pattern: 'a+b', type: 'string' },
  'a pattern with lengths': { type: 'string', pattern: '^[a-z]*$', minLength: 3, maxLength: 6 },
  ...Object.fromEntries(
    [
      'date-time',
      'date',
      'time',
      'email',
      'hostname',
      'ipv4',
      'ipv6',
      'uri',
      'uri-reference',
      'uuid',
      'duration',
      'byte',
      'json-pointer',
      'regex',
      'no-such-format',
    ].map((format): [string, JsonSchema] => [`the format ${format}`, { type: 'string', format }]),
  ),
  'an integer': { type: 'integer' },
  'an integer with bounds': { type: 'integer', minimum: -3, exclusiveMaximum: 4 },
  'an integer of 32 bits': { type: 'integer', format: 'int32' },
  'bounds that are no integers': { type: 'integer', minimum: 0.5, maximum: 2.5 },
  'a number': { type: 'number' },
  'a number above': { type: 'number', exclusiveMinimum: 1 },
  'a number between': { type: 'number', minimum: 0.1, maximum: 0.2 },
  'bounds far away': { type: 'number', minimum: 1e20 },
  'a multiple': { type: 'integer', multipleOf: 7, minimum: 10, maximum: 1000 },
  'a multiple of a part': { type: 'number', multipleOf: 0.25, minimum: 0, maximum: 100 },
  'a boolean': { type: 'boolean' },
  null: { type: 'null' },
  'several types': { type: ['string', 'null', 'integer'] },
  'an enum': { enum: ['a', 1, null, { b: 2 }] },
  'a constant': { const: { a: [1] } },
  'a list': { type: 'array', items: { type: 'integer' } },
  'a list with lengths': { type: 'array', items: { type: 'boolean' }, minItems: 7, maxItems: 9 },
  'a set': { type: 'array', items: { enum: [1, 2, 3] }, uniqueItems: true, minItems: 2 },
  'a tuple': {
    type: 'array',
    prefixItems: [{ type: 'string' }, { type: 'integer' }],
    items: false,
    minItems: 2,
  },
  'a list that contains': {
    type: 'array',
    items: { type: 'integer', minimum: 0, maximum: 3 },
    contains: { const: 2 },
  },
  'an object': {
    type: 'object',
    required: ['a'],
    properties: { a: { type: 'string' }, b: { type: 'integer' } },
    additionalProperties: false,
  },
  'an object that requires what it does not describe': { type: 'object', required: ['x', 'y'] },
  'a record': { type: 'object', additionalProperties: { type: 'integer' }, minProperties: 1 },
  'a record with names': {
    type: 'object',
    propertyNames: { pattern: '^[a-z]{3}$' },
    additionalProperties: { type: 'boolean' },
  },
  'properties by pattern': {
    type: 'object',
    patternProperties: { '^x-[a-z]+$': { type: 'integer' } },
    additionalProperties: false,
    minProperties: 1,
  },
  'some properties': { type: 'object', properties: { a: {}, b: {}, c: {} }, maxProperties: 1 },
  'a dependency': {
    type: 'object',
    properties: { a: { type: 'integer' }, b: { type: 'integer' } },
    dependentRequired: { a: ['b'] },
  },
  allOf: {
    allOf: [
      { type: 'object', required: ['a'], properties: { a: { type: 'integer', minimum: 3 } } },
      { type: 'object', required: ['b'], properties: { a: { maximum: 5 }, b: { type: 'string' } } },
    ],
  },
  'allOf beside references': {
    $defs: { base: { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } } },
    allOf: [{ $ref: '#/$defs/base' }],
    required: ['name'],
    properties: { name: { type: 'string', minLength: 1 } },
    unevaluatedProperties: false,
  },
  anyOf: {
    anyOf: [
      { type: 'integer', minimum: 5 },
      { type: 'string', maxLength: 2 },
    ],
    not: { const: 7 },
  },
  oneOf: {
    oneOf: [
      { type: 'object', required: ['kind'], properties: { kind: { const: 'a' }, a: { type: 'integer' } } },
      { type: 'object', required: ['kind'], properties: { kind: { const: 'b' }, b: { type: 'string' } } },
    ],
  },
  'oneOf that exclude one another': {
    oneOf: [
      { type: 'integer', multipleOf: 2 },
      { type: 'integer', multipleOf: 3 },
    ],
  },
  'if and then': {
    type: 'object',
    required: ['a'],
    properties: { a: { type: 'boolean' }, b: { type: 'integer' } },
    if: { properties: { a: { const: true } } },
    then: { required: ['b'] },
  },
  'a tree': {
    type: 'object',
    required: ['children'],
    properties: { children: { type: 'array', items: { $ref: '#' } } },
  },
  'a chain': {
    $defs: {
      node: {
        type: 'object',
        required: ['next'],
        properties: { next: { anyOf: [{ $ref: '#/$defs/node' }, { type: 'null' }] } },
      },
    },
    $ref: '#/$defs/node',
  },
  'many kinds that refer to one another': {
    $defs: Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [
        name,
        {
          type: 'object',
          properties: Object.fromEntries(
            ['a', 'b', 'c', 'd', 'e', 'f'].map((one) => [one, { $ref: `#/$defs/${one}` }]),
          ),
        },
      ]),
    ),
    $ref: '#/$defs/a',
  },
}

/** What Zod says of its schemas. */
const ZOD: Readonly<Record<string, z.ZodType>> = {
  email: z.email(),
  uuid: z.uuid(),
  url: z.url(),
  'iso date and time': z.iso.datetime(),
  'iso date': z.iso.date(),
  ipv4: z.ipv4(),
  ipv6: z.ipv6(),
  base64: z.base64(),
  nanoid: z.nanoid(),
  cuid2: z.cuid2(),
  ulid: z.ulid(),
  int: z.int().min(1).max(9),
  record: z.record(z.string(), z.number()),
  union: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('a'), a: z.string().min(1) }),
    z.object({ kind: z.literal('b'), b: z.number().positive() }),
  ]),
  intersection: z.intersection(z.object({ a: z.string() }), z.object({ b: z.number() })),
  tuple: z.tuple([z.string(), z.number()]).rest(z.boolean()),
  strict: z.strictObject({
    a: z.string().regex(/^\d{3}$/u),
    b: z
      .array(z.enum(['x', 'y']))
      .max(2)
      .optional(),
  }),
}

describe('arbitraryFromSchema', () => {
  for (const [name, schema] of Object.entries(SCHEMAS)) {
    test(`makes valid values of ${name}`, () => {
      const isValid = validatorOf(schema)
      for (const value of fc.sample(arbitraryFromSchema(schema), { numRuns: RUNS, seed: SEED })) {
        const carried: unknown = JSON.parse(JSON.stringify(value))
        assert.ok(isValid(carried), `${JSON.stringify(value)} does not fit (seed ${SEED})`)
      }
    })
  }

  for (const [name, schema] of Object.entries(ZOD)) {
    test(`makes what Zod takes as ${name}`, () => {
      const described = z.toJSONSchema(schema) as JsonSchema
      for (const value of fc.sample(arbitraryFromSchema(described), { numRuns: RUNS, seed: SEED })) {
        assert.ok(schema.safeParse(value).success, `${JSON.stringify(value)} is refused (seed ${SEED})`)
      }
    })
  }

  test('makes the same of the same seed, and not always the same', () => {
    const arbitrary = (): fc.Arbitrary<unknown> =>
      arbitraryFromSchema({ type: 'object', required: ['a'], properties: { a: { type: 'string' } } })
    const one = fc.sample(arbitrary(), { numRuns: 50, seed: SEED })
    assert.deepEqual(fc.sample(arbitrary(), { numRuns: 50, seed: SEED }), one)
    assert.notDeepEqual(fc.sample(arbitrary(), { numRuns: 50, seed: SEED + 1 }), one)
    assert.ok(new Set(one.map((value) => JSON.stringify(value))).size > 20)
  })

  test('takes the references of a document', () => {
    const document = { components: { schemas: { Age: { type: 'integer', minimum: 1, maximum: 3 } } } }
    const schema = { type: 'array', items: { $ref: '#/components/schemas/Age' }, minItems: 1 } as JsonSchema
    for (const value of fc.sample(arbitraryFromSchema(schema, { document }), { numRuns: 50, seed: SEED })) {
      assert.ok((value as number[]).every((age) => age >= 1 && age <= 3))
    }
  })

  test('tries the examples of a schema, too', () => {
    const schema = { type: 'string', examples: ['Ada'], minLength: 1 } as JsonSchema
    const values = fc.sample(arbitraryFromSchema(schema), { numRuns: RUNS, seed: SEED })
    assert.ok(values.includes('Ada'))
    assert.ok(values.some((value) => value !== 'Ada'))
  })

  test('leaves out what is readOnly', () => {
    const schema: JsonSchema = {
      type: 'object',
      required: ['id', 'name'],
      properties: { id: { type: 'integer', readOnly: true }, name: { type: 'string' } },
    }
    for (const value of fc.sample(arbitraryFromSchema(schema), { numRuns: 50, seed: SEED })) {
      assert.deepEqual(Object.keys(value as object), ['name'])
    }
  })

  test('says so where no value fits, and does not look for ever', () => {
    const impossible: JsonSchema[] = [
      { type: 'integer', minimum: 3, maximum: 2 },
      { enum: [] },
      { allOf: [{ type: 'string' }, { not: { type: 'string' } }] },
      { type: 'object', required: ['self'], properties: { self: { $ref: '#' } } },
      { $ref: '#/nowhere' },
      { type: 'array', items: {}, minItems: 1e9 },
      { type: 'string', minLength: 1e9 },
      { type: 'object', minProperties: 1e9 },
    ]
    for (const schema of impossible) {
      assert.throws(
        () => fc.sample(arbitraryFromSchema(schema), 1),
        (error: Error) =>
          /Unsatisfiable|MissingRef/u.test(`${error.name} ${error.constructor.name} ${String(error.cause)}`),
      )
    }
  })
})
