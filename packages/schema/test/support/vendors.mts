import { type } from 'arktype'
import Joi from 'joi'
import * as v from 'valibot'
import { z } from 'zod'
import { joi, jsonSchema, type Schema } from '#dist/index.js'

/** One schema, as each library says it. */
export interface Vendor {
  readonly name: string
  /** A user: `name` of 2 to 5 characters, `age` a whole number from 0 to 150, and more; other keys are refused. */
  readonly user: Schema
  /** A page: `page` a number from 1, `tags` an optional list of texts, `all` an optional boolean. */
  readonly page: Schema
  /** As `user` with a `name` only, found after a while: null where the library has nothing such. */
  readonly slow: Schema | null
}

const wait = () => new Promise<void>((resolve) => setImmediate(resolve))

export const VENDORS: readonly Vendor[] = [
  {
    name: 'Zod',
    user: z.strictObject({
      name: z.string().min(2).max(5),
      age: z.number().int().min(0).max(150),
      email: z.email(),
      color: z.enum(['red', 'green']),
      even: z.number().multipleOf(2),
      code: z.string().regex(/^[A-Z]+$/),
      nested: z.object({ list: z.array(z.number()) }),
    }),
    page: z.object({
      page: z.number().min(1),
      tags: z.array(z.string()).optional(),
      all: z.boolean().optional(),
    }),
    slow: z.object({
      name: z.string().refine(async (name) => {
        await wait()
        return name === 'ok'
      }),
    }),
  },
  {
    name: 'Valibot',
    user: v.strictObject({
      name: v.pipe(v.string(), v.minLength(2), v.maxLength(5)),
      age: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(150)),
      email: v.pipe(v.string(), v.email()),
      color: v.picklist(['red', 'green']),
      even: v.pipe(v.number(), v.multipleOf(2)),
      code: v.pipe(v.string(), v.regex(/^[A-Z]+$/)),
      nested: v.object({ list: v.array(v.number()) }),
    }),
    page: v.object({
      page: v.pipe(v.number(), v.minValue(1)),
      tags: v.optional(v.array(v.string())),
      all: v.optional(v.boolean()),
    }),
    slow: v.objectAsync({
      name: v.pipeAsync(
        v.string(),
        v.checkAsync(async (name) => {
          await wait()
          return name === 'ok'
        }),
      ),
    }),
  },
  {
    name: 'ArkType',
    user: type({
      '+': 'reject',
      name: '2 <= string <= 5',
      age: '0 <= number.integer <= 150',
      email: 'string.email',
      color: "'red' | 'green'",
      even: 'number % 2',
      code: /^[A-Z]+$/,
      nested: { list: 'number[]' },
    }),
    page: type({ page: 'number >= 1', 'tags?': 'string[]', 'all?': 'boolean' }),
    slow: null,
  },
  {
    name: 'Joi',
    user: joiUser(),
    page: joiPage(),
    slow: joiSlow(),
  },
  {
    name: 'Joi through joi()',
    user: joi(joiUser(), { convert: false }),
    page: joi(joiPage()),
    slow: joi(joiSlow()),
  },
  {
    name: 'Joi 17',
    user: joi(joi17(joiUser()), { convert: false }),
    page: joi(joi17(joiPage())),
    slow: joi(joi17(joiSlow())),
  },
  {
    name: 'JSON Schema',
    user: jsonSchema({
      type: 'object',
      additionalProperties: false,
      required: ['name', 'age', 'email', 'color', 'even', 'code', 'nested'],
      properties: {
        name: { type: 'string', minLength: 2, maxLength: 5 },
        age: { type: 'integer', minimum: 0, maximum: 150 },
        email: { type: 'string', format: 'email' },
        color: { enum: ['red', 'green'] },
        even: { type: 'number', multipleOf: 2 },
        code: { type: 'string', pattern: '^[A-Z]+$' },
        nested: {
          type: 'object',
          required: ['list'],
          properties: { list: { type: 'array', items: { type: 'number' } } },
        },
      },
    }),
    page: jsonSchema({
      type: 'object',
      required: ['page'],
      properties: {
        page: { type: 'number', minimum: 1 },
        tags: { type: 'array', items: { type: 'string' } },
        all: { type: 'boolean' },
      },
    }),
    slow: null,
  },
]

function joiUser() {
  return Joi.object({
    name: Joi.string().min(2).max(5).required(),
    age: Joi.number().integer().min(0).max(150).required(),
    email: Joi.string().email().required(),
    color: Joi.valid('red', 'green').required(),
    even: Joi.number().multiple(2).required(),
    code: Joi.string()
      .pattern(/^[A-Z]+$/)
      .required(),
    nested: Joi.object({ list: Joi.array().items(Joi.number()).required() }).required(),
  })
}

function joiPage() {
  return Joi.object({
    page: Joi.number().min(1).required(),
    tags: Joi.array().items(Joi.string()),
    all: Joi.boolean(),
  })
}

function joiSlow() {
  return Joi.object({
    name: Joi.string()
      .required()
      .external(async (name: string, helpers) => {
        await wait()
        return name === 'ok' ? name : helpers.error('any.invalid')
      }),
  })
}

/** A schema as Joi 17 has it: it neither speaks Standard Schema nor says whether it is asynchronous. */
export function joi17(schema: Joi.ObjectSchema) {
  return {
    validate: (value: unknown, options?: object) => schema.validate(value, options),
    validateAsync: (value: unknown, options?: object) => schema.validateAsync(value, options),
    describe: () => schema.describe(),
    _flags: (schema as unknown as { _flags: object })._flags,
  }
}
