/*
 * The same contract in each library: 2 params, 3 fields of query, a body of 8 fields, and a list of objects. `alone` is what the library
 * does with values that are right already.
 */
import { createRequire } from 'node:module'
import { type } from 'arktype'
import Joi from 'joi'
import * as v from 'valibot'
import { z } from 'zod'

const require = createRequire(import.meta.url)
const { jsonSchema } = require('../../dist/index.js')
const { Ajv2020 } = require('ajv/dist/2020.js')

export const CATEGORIES = ['kitchen', 'garden', 'office']

export const BODY = {
  name: 'A kettle',
  sku: 'KET-001',
  price: 2990,
  stock: 12,
  isActive: true,
  description: 'Boils a litre of water in two minutes',
  category: 'kitchen',
  rating: 4.5,
}

const zod = {
  params: z.object({ id: z.number(), item: z.number() }),
  query: z.object({ page: z.number().min(1), size: z.number().max(100), sort: z.string() }),
  body: z.object({
    name: z.string().min(1).max(100),
    sku: z.string(),
    price: z.number().int().min(0),
    stock: z.number().int().min(0),
    isActive: z.boolean(),
    description: z.string().max(1000),
    category: z.enum(CATEGORIES),
    rating: z.number().min(0).max(5),
  }),
  list: z.object({
    list: z.array(
      z.object({
        id: z.number(),
        name: z.string(),
        price: z.number(),
        isActive: z.boolean(),
        meta: z.object({ a: z.string(), b: z.number() }),
      }),
    ),
  }),
}

/** What a route without validate() would have. */
export const zodCoercing = {
  params: z.object({ id: z.coerce.number(), item: z.coerce.number() }),
  query: z.object({ page: z.coerce.number().min(1), size: z.coerce.number().max(100), sort: z.string() }),
  body: zod.body,
}

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(100))
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const valibot = {
  params: v.object({ id: v.number(), item: v.number() }),
  query: v.object({
    page: v.pipe(v.number(), v.minValue(1)),
    size: v.pipe(v.number(), v.maxValue(100)),
    sort: v.string(),
  }),
  body: v.object({
    name: text,
    sku: v.string(),
    price: count,
    stock: count,
    isActive: v.boolean(),
    description: v.pipe(v.string(), v.maxLength(1000)),
    category: v.picklist(CATEGORIES),
    rating: v.pipe(v.number(), v.minValue(0), v.maxValue(5)),
  }),
  list: v.object({
    list: v.array(
      v.object({
        id: v.number(),
        name: v.string(),
        price: v.number(),
        isActive: v.boolean(),
        meta: v.object({ a: v.string(), b: v.number() }),
      }),
    ),
  }),
}

const arktype = {
  params: type({ id: 'number', item: 'number' }),
  query: type({ page: 'number >= 1', size: 'number <= 100', sort: 'string' }),
  body: type({
    name: '1 <= string <= 100',
    sku: 'string',
    price: 'number.integer >= 0',
    stock: 'number.integer >= 0',
    isActive: 'boolean',
    description: 'string <= 1000',
    category: "'kitchen' | 'garden' | 'office'",
    rating: '0 <= number <= 5',
  }),
  list: type({
    list: type({
      id: 'number',
      name: 'string',
      price: 'number',
      isActive: 'boolean',
      meta: { a: 'string', b: 'number' },
    }).array(),
  }),
}

const whole = Joi.number().integer().min(0).required()
const joi = {
  params: Joi.object({ id: Joi.number().required(), item: Joi.number().required() }),
  query: Joi.object({
    page: Joi.number().min(1).required(),
    size: Joi.number().max(100).required(),
    sort: Joi.string().required(),
  }),
  body: Joi.object({
    name: Joi.string().min(1).max(100).required(),
    sku: Joi.string().required(),
    price: whole,
    stock: whole,
    isActive: Joi.boolean().required(),
    description: Joi.string().max(1000).required(),
    category: Joi.valid(...CATEGORIES).required(),
    rating: Joi.number().min(0).max(5).required(),
  }),
  list: Joi.object({
    list: Joi.array().items(
      Joi.object({
        id: Joi.number().required(),
        name: Joi.string().required(),
        price: Joi.number().required(),
        isActive: Joi.boolean().required(),
        meta: Joi.object({ a: Joi.string().required(), b: Joi.number().required() }).required(),
      }),
    ),
  }),
}

const described = mapValues(zod, (schema) => {
  const { $schema: _, ...said } = z.toJSONSchema(schema, { io: 'input' })
  return said
})
const ajv = new Ajv2020({ allErrors: true, strict: false })

/** By name: the schemas as a contract takes them, and a function for each that checks a value with the library alone. */
export const LIBRARIES = {
  'Zod 4': { schemas: zod, alone: mapValues(zod, (schema) => (value) => schema.safeParse(value).success) },
  Valibot: {
    schemas: valibot,
    alone: mapValues(valibot, (schema) => (value) => v.safeParse(schema, value).success),
  },
  ArkType: {
    schemas: arktype,
    alone: mapValues(arktype, (schema) => (value) => !(schema(value) instanceof type.errors)),
  },
  Joi: {
    schemas: joi,
    alone: mapValues(
      joi,
      (schema) => (value) => schema.validate(value, { abortEarly: false }).error === undefined,
    ),
  },
  'Ajv, by `jsonSchema()`': {
    schemas: mapValues(described, (schema) => jsonSchema(schema)),
    alone: mapValues(described, (schema) => ajv.compile(schema)),
  },
}

function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))
}
