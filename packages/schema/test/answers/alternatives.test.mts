import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { type } from 'arktype'
import Joi from 'joi'
import { jsonSchema, validate } from '@nozomi/schema'
import { FRAMEWORKS, MODES, play } from './playing.mjs'

/** One with `n` alone, as this says it, and one with more members. */
const either = (one: object, other: object = {}) => ({
  anyOf: [
    { type: 'object', required: ['n'], properties: { n: other } },
    { type: 'object', required: ['n'], properties: { n: one, more: {} } },
  ],
})

const even = new Ajv2020({ allErrors: true, verbose: true, strict: false })
even.addKeyword({ keyword: 'even', validate: (_: unknown, value: unknown) => Number(value) % 2 === 0 })
even.addFormat('upper', /^[A-Z]+$/)

const CASES: Record<string, { schema: any; given: unknown; sent: unknown }> = {
  'an expression that is none with the flag u': {
    schema: type({ a: /^[\w-.]+$/ }).or({ b: 'string' }),
    given: { a: 'x-y', secret: 'x' },
    sent: { a: 'x-y' },
  },
  'an expression in the names of keys': {
    schema: jsonSchema({ type: 'object', patternProperties: { '^[\\w-.]$': { type: 'number' } } }),
    given: { a: 1, secret: 'x' },
    sent: { a: 1 },
  },
  'an expression whose flags JSON Schema has no words for': {
    schema: type({ a: /^x$/i, 'secret?': 'unknown' }).or({ a: 'string', b: 'number' }),
    given: { a: 'X', b: 1, secret: 'x' },
    sent: { a: 'X', b: 1 },
  },
  'what both ArkType and JSON Schema say': {
    schema: type({ a: 'string' }).or({ b: 'number' }),
    given: { a: 'x', b: 1, secret: 'x' },
    sent: { a: 'x', b: 1 },
  },
  'alternatives of Joi, of which one has what it needs': {
    schema: Joi.alternatives(
      Joi.object({ n: Joi.number().required() }),
      Joi.object({ n: Joi.number().required(), m: Joi.number().required() }),
    ),
    given: { n: 1, m: 2 },
    sent: { n: 1, m: 2 },
  },
  'alternatives of Joi that only Joi tells apart': {
    schema: Joi.alternatives(
      Joi.object({
        n: Joi.number().custom((_, helpers) => helpers.error('any.invalid')),
        more: Joi.any(),
      }).unknown(),
      Joi.object({ n: Joi.number() }).unknown(),
    ),
    given: { n: 1, more: 'x' },
    sent: { n: 1 },
  },
  ...Object.fromEntries(
    Object.entries({
      'lengths in characters': [{ minLength: 2 }, '😀'],
      'what it is a multiple of': [{ multipleOf: 3 }, 4],
      'a multiple of a fraction': [{ multipleOf: 0.5 }, 0.7],
      'a format': [{ format: 'date' }, 'tomorrow'],
      'no pattern': [{ pattern: '^[A-Z]' }, 'a'],
      'lists without repetition': [{ uniqueItems: true }, [1, 1]],
      'how many items': [{ minItems: 3 }, [1]],
      'what is contained': [{ contains: { const: 2 } }, [1]],
      'keys that need others': [{ dependentRequired: { a: ['b'] } }, { a: 1 }],
      'names of keys': [{ propertyNames: { maxLength: 1 } }, { ab: 1 }],
      'how many keys': [{ maxProperties: 1 }, { a: 1, b: 1 }],
      'what it must not be': [{ not: { type: 'number' } }, 1],
      'listed objects, whatever the order of their keys': [{ enum: [{ b: 1, a: 2 }] }, { a: 1, b: 1 }],
      'a condition': [{ if: { type: 'number' }, then: { minimum: 3 } }, 1],
      'exactly one of several': [{ oneOf: [{ type: 'number' }, { minimum: 0 }] }, 1],
    } satisfies Record<string, [object, unknown]>).map(([title, [one, n]]) => [
      title,
      { schema: jsonSchema(either(one)), given: { n, more: 'x' }, sent: { n } },
    ]),
  ),
  'listed objects, in another order': {
    schema: jsonSchema(either({ enum: [{ b: 1, a: 2 }] })),
    given: { n: { a: 2, b: 1 }, more: 'x' },
    sent: { n: { a: 2, b: 1 }, more: 'x' },
  },
  'a keyword of the own Ajv': {
    schema: jsonSchema(either({ even: true }), { ajv: even }),
    given: { n: 1, more: 'x' },
    sent: { n: 1 },
  },
  'a format of the own Ajv': {
    schema: jsonSchema(either({ format: 'upper' }), { ajv: even }),
    given: { n: 'a', more: 'x' },
    sent: { n: 'a' },
  },
  'alternatives below, by reference': {
    schema: jsonSchema({
      type: 'array',
      items: { oneOf: [{ $ref: '#/$defs/a' }, { $ref: '#/$defs/b' }] },
      $defs: {
        a: { type: 'object', required: ['n'], properties: { n: { $ref: '#/$defs/even' } } },
        b: { type: 'object', required: ['n'], properties: { n: { $ref: '#/$defs/three' }, more: {} } },
        even: { multipleOf: 2 },
        three: { multipleOf: 3 },
      },
    }),
    given: [
      { n: 4, more: 'x' },
      { n: 9, more: 'x' },
    ],
    sent: [{ n: 4 }, { n: 9, more: 'x' }],
  },
}

for (const { name, express } of FRAMEWORKS) {
  describe(`alternatives that no key tells apart, on ${name}`, () => {
    test('give to an answer what the alternatives name that the library took', async (t) => {
      const cases = Object.entries(CASES)
      const { ask, errors } = await play(t, express, (app) => {
        for (const [at, [, { schema, given }]] of cases.entries()) {
          for (const responses of MODES) {
            const step = validate({ response: { 200: schema } }, { responses })
            app.get(`/${at}/${responses}`, step, (_: unknown, res: any) => res.json(given))
          }
        }
      })
      for (const [at, [title, { sent }]] of cases.entries()) {
        for (const responses of MODES) {
          const { body } = await ask(`/${at}/${responses}`)
          assert.equal(body, JSON.stringify(sent), `${title} (${responses})`)
        }
      }
      assert.deepEqual(errors, [])
    })
  })
}
