import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { body, check, checkExact, checkSchema, cookie, header, oneOf, param, query } from 'express-validator'
import type { RequestHandler } from 'express'
import { type JsonSchema, type Operation, operationsOf, type Schema } from '#dist/index.js'
import { FRAMEWORKS } from '../../support/frameworks.mjs'
import { end } from '../../openapi/support/step.mjs'

interface Described {
  readonly jsonSchema: { input(options: object): JsonSchema }
}

type Handlers = readonly (RequestHandler | readonly RequestHandler[])[]

for (const { name, framework } of FRAMEWORKS) {
  describe(`chains of express-validator on ${name}`, () => {
    const read = (method: 'get' | 'post', path: string, ...handlers: Handlers): Operation => {
      const app = framework()
      app[method](path, ...(handlers as RequestHandler[]), end)
      return operationsOf(app)[0] as Operation
    }
    const partOf = ({ contract }: Operation, part: 'body' | 'query' | 'params' | 'headers' | 'cookies') => {
      const schema = contract[part] as Schema | undefined
      return (schema?.['~standard'] as unknown as Described | undefined)?.jsonSchema.input({})
    }
    const bodyOf = (...handlers: Handlers) => partOf(read('post', '/', ...handlers), 'body')
    const fieldOf = (handler: RequestHandler) => bodyOf(handler)?.properties?.['x']

    test('are where their fields are', () => {
      const operation = read(
        'post',
        '/:id',
        param('id').isInt(),
        query('page').optional().isInt(),
        header('X-Tenant').isUUID(),
        cookie('theme').optional().isIn(['dark', 'light']),
        body('name').isString(),
      )
      assert.equal(operation.source, 'express-validator')
      assert.deepEqual(partOf(operation, 'params'), {
        type: 'object',
        properties: { id: { type: 'integer' } },
        required: ['id'],
      })
      assert.deepEqual(partOf(operation, 'query'), {
        type: 'object',
        properties: { page: { type: 'integer' } },
      })
      assert.deepEqual(partOf(operation, 'headers'), {
        type: 'object',
        properties: { 'x-tenant': { type: 'string', format: 'uuid' } },
        required: ['x-tenant'],
      })
      assert.deepEqual(partOf(operation, 'cookies'), {
        type: 'object',
        properties: { theme: { enum: ['dark', 'light'] } },
      })
      assert.deepEqual(partOf(operation, 'body'), {
        type: 'object',
        properties: { name: { type: 'string' } },
        required: ['name'],
      })
    })

    const VALIDATORS: readonly [string, RequestHandler, JsonSchema][] = [
      ['isInt', body('x').isInt({ min: 1, max: 9 }), { type: 'integer', minimum: 1, maximum: 9 }],
      [
        'isInt, exclusive',
        body('x').isInt({ gt: 1, lt: 9 }),
        { type: 'integer', exclusiveMinimum: 1, exclusiveMaximum: 9 },
      ],
      ['isFloat', body('x').isFloat({ min: 0.5 }), { type: 'number', minimum: 0.5 }],
      ['isNumeric', body('x').isNumeric(), { type: 'number' }],
      ['isBoolean', body('x').isBoolean(), { type: 'boolean' }],
      ['isEmail', body('x').trim().isEmail().normalizeEmail(), { type: 'string', format: 'email' }],
      ['isURL', body('x').isURL(), { type: 'string', format: 'uri' }],
      ['isUUID', body('x').isUUID(4), { type: 'string', format: 'uuid' }],
      ['isIP', body('x').isIP(4), { type: 'string', format: 'ipv4' }],
      ['isDate', body('x').isDate(), { type: 'string', format: 'date' }],
      ['isLength', body('x').isLength({ min: 2, max: 5 }), { type: 'string', minLength: 2, maxLength: 5 }],
      ['notEmpty', body('x').notEmpty(), { type: 'string', minLength: 1 }],
      ['matches', body('x').matches(/^a+$/), { type: 'string', pattern: '^a+$' }],
      ['matches with flags', body('x').matches(/^a+$/i), { type: 'string' }],
      ['isIn', body('x').isIn(['a', 'b']), { enum: ['a', 'b'] }],
      ['isString', body('x').isString().isLength({ max: 3 }), { type: 'string', maxLength: 3 }],
      ['isObject', body('x').isObject(), { type: 'object' }],
      ['isArray', body('x').isArray({ min: 1, max: 3 }), { type: 'array', minItems: 1, maxItems: 3 }],
      ['an integer that is to be one', body('x').isNumeric().toInt(), { type: 'integer' }],
      ['what has no words in JSON Schema', body('x').isMobilePhone('any'), { type: 'string' }],
      ['custom validators', body('x').custom(() => true), {}],
      ['negation', body('x').not().isIn(['root']), { not: { enum: ['root'] } }],
    ]

    for (const [what, handler, expected] of VALIDATORS) {
      test(`say of ${what} what JSON Schema can say`, () => {
        assert.deepEqual(fieldOf(handler), expected)
      })
    }

    test('say nothing of what follows a condition', () => {
      const conditional = body('x').isString().if(body('y').exists()).isLength({ max: 3 })
      assert.deepEqual(fieldOf(conditional), { type: 'string' })
    })

    test('are required unless they are optional, or take what is absent', () => {
      const required = (handler: RequestHandler) => bodyOf(handler)?.required ?? []
      assert.deepEqual(required(body('x').isInt()), ['x'])
      assert.deepEqual(required(body('x').exists()), ['x'])
      assert.deepEqual(required(body('x').optional().isInt()), [])
      assert.deepEqual(required(body('x').optional({ values: 'falsy' }).isInt()), [])
      assert.deepEqual(required(body('x').trim()), [])
      assert.deepEqual(required(body('x').custom(() => true)), [])
      assert.deepEqual(required(body('x').isLength({ max: 3 })), [])
    })

    test('are members of members, and of items', () => {
      assert.deepEqual(
        bodyOf(
          body('address.city').isString(),
          body('tags').isArray(),
          body('tags.*').isString(),
          body('items[*].price').isFloat(),
          body("['a.b']").optional().isInt(),
        ),
        {
          type: 'object',
          properties: {
            address: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
            tags: { type: 'array', items: { type: 'string' } },
            items: {
              type: 'array',
              items: { type: 'object', properties: { price: { type: 'number' } }, required: ['price'] },
            },
            'a.b': { type: 'integer' },
          },
          required: ['address', 'tags'],
        },
      )
    })

    test('a field that may be anywhere is where such a field usually is', () => {
      assert.deepEqual(Object.keys(read('get', '/:id', check('id').isInt()).contract), ['params'])
      assert.deepEqual(Object.keys(read('get', '/', check('id').isInt()).contract), ['query'])
      assert.deepEqual(Object.keys(read('post', '/', check('id').isInt()).contract), ['body'])
    })

    test('may be made from a schema', () => {
      const chains = checkSchema({
        name: { in: ['body'], isLength: { options: { min: 3 } } },
        age: { in: 'body', optional: true, isInt: true },
      })
      assert.deepEqual(bodyOf(chains), {
        type: 'object',
        properties: { name: { type: 'string', minLength: 3 }, age: { type: 'integer' } },
        required: ['name'],
      })
    })

    test('of alternatives none is required', () => {
      assert.deepEqual(bodyOf(oneOf([body('a').isInt(), [body('b').isInt(), body('c').isInt()]])), {
        type: 'object',
        properties: { a: { type: 'integer' }, b: { type: 'integer' }, c: { type: 'integer' } },
      })
    })

    test('with checkExact nothing else is taken', () => {
      assert.deepEqual(bodyOf(checkExact([body('a').isInt()])), {
        type: 'object',
        properties: { a: { type: 'integer' } },
        required: ['a'],
        additionalProperties: false,
      })
    })
  })
}
