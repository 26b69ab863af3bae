import { type } from 'arktype'
import Joi from 'joi'
import Joi17 from 'joi-17'
import { Type } from 'typebox'
import * as v from 'valibot'
import { z } from 'zod'
import * as mini from 'zod/mini'
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

/** In its types it has no Standard Schema; for what is written here the two are the same. */
export const joi17 = Joi17 as unknown as Joi.Root

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
    name: 'Zod Mini',
    user: mini.strictObject({
      name: mini.string().check(mini.minLength(2), mini.maxLength(5)),
      age: mini.int().check(mini.gte(0), mini.lte(150)),
      email: mini.email(),
      color: mini.enum(['red', 'green']),
      even: mini.number().check(mini.multipleOf(2)),
      code: mini.string().check(mini.regex(/^[A-Z]+$/)),
      nested: mini.object({ list: mini.array(mini.number()) }),
    }),
    page: mini.object({
      page: mini.number().check(mini.gte(1)),
      tags: mini.optional(mini.array(mini.string())),
      all: mini.optional(mini.boolean()),
    }),
    slow: mini.object({
      name: mini.string().check(
        mini.refine(async (name) => {
          await wait()
          return name === 'ok'
        }),
      ),
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
    user: joiUser(Joi),
    page: joiPage(Joi),
    slow: joiSlow(Joi),
  },
  {
    name: 'Joi through joi()',
    user: joi(joiUser(Joi), { convert: false }),
    page: joi(joiPage(Joi)),
    slow: joi(joiSlow(Joi)),
  },
  {
    name: 'Joi 17',
    user: joi(joiUser(joi17), { convert: false }),
    page: joi(joiPage(joi17)),
    slow: joi(joiSlow(joi17)),
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
  {
    name: 'TypeBox',
    user: jsonSchema(
      Type.Object(
        {
          name: Type.String({ minLength: 2, maxLength: 5 }),
          age: Type.Integer({ minimum: 0, maximum: 150 }),
          email: Type.String({ format: 'email' }),
          color: Type.Union([Type.Literal('red'), Type.Literal('green')]),
          even: Type.Number({ multipleOf: 2 }),
          code: Type.String({ pattern: '^[A-Z]+$' }),
          nested: Type.Object({ list: Type.Array(Type.Number()) }),
        },
        { additionalProperties: false },
      ),
    ),
    page: jsonSchema(
      Type.Object({
        page: Type.Number({ minimum: 1 }),
        tags: Type.Optional(Type.Array(Type.String())),
        all: Type.Optional(Type.Boolean()),
      }),
    ),
    slow: null,
  },
]

function joiUser(Joi: Joi.Root) {
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

function joiPage(Joi: Joi.Root) {
  return Joi.object({
    page: Joi.number().min(1).required(),
    tags: Joi.array().items(Joi.string()),
    all: Joi.boolean(),
  })
}

function joiSlow(Joi: Joi.Root) {
  return Joi.object({
    name: Joi.string()
      .required()
      .external(async (name: string, helpers) => {
        await wait()
        return name === 'ok' ? name : helpers.error('any.invalid')
      }),
  })
}
