import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, test } from 'node:test'
import { jsonSchema, joi, validate } from '@nozomi/schema'
import { type } from 'arktype'
import Joi from 'joi'
import * as v from 'valibot'
import { z } from 'zod'
import { FRAMEWORKS, MODES, play } from './playing.mjs'

const SENT = { id: 7, tags: ['a'], place: { city: 'London' } }
const ROW = { ...SENT, secret: 1, place: { city: 'London', secret: 2 } }
const WRONG = { ...ROW, id: 'seven' }

/** The same answer in each library, in the ways that a library has to say it. */
const SCHEMAS: Record<string, any> = {
  Zod: z.object({ id: z.number(), tags: z.array(z.string()), place: z.object({ city: z.string() }) }),
  'Zod with a refinement': z
    .object({ id: z.number(), tags: z.array(z.string()), place: z.object({ city: z.string() }) })
    .refine(({ id }) => id > 0),
  Valibot: v.object({ id: v.number(), tags: v.array(v.string()), place: v.object({ city: v.string() }) }),
  'Valibot with a check': v.pipe(
    v.object({ id: v.number(), tags: v.array(v.string()), place: v.object({ city: v.string() }) }),
    v.check(({ id }) => id > 0),
  ),
  ArkType: type({ id: 'number', tags: 'string[]', place: { city: 'string' } }),
  'ArkType with a predicate': type({ id: 'number', tags: 'string[]', place: { city: 'string' } }).narrow(
    ({ id }) => id > 0,
  ),
  'JSON Schema': jsonSchema({
    type: 'object',
    properties: {
      id: { type: 'number' },
      tags: { type: 'array', items: { type: 'string' } },
      place: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
    required: ['id', 'tags', 'place'],
  }),
  'JSON Schema with a default': jsonSchema({
    type: 'object',
    properties: {
      id: { type: 'number' },
      tags: { type: 'array', items: { type: 'string' }, default: [] },
      place: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
    required: ['id', 'place'],
  }),
  'Joi 18': joiOf().unknown(),
  'Joi through joi()': joi(joiOf(), { stripUnknown: true }),
}

function joiOf() {
  return Joi.object({
    id: Joi.number(),
    tags: Joi.array().items(Joi.string()),
    place: Joi.object({ city: Joi.string() }).unknown(),
  })
}

function withoutJsonSchema<S extends object>(schema: S): S {
  return new Proxy<any>(schema, {
    get(target, name) {
      const found = Reflect.get(target, name)
      return name === '~standard' ? { ...found, validate: found.validate, jsonSchema: undefined } : found
    },
  })
}

/** What a library changes on the way is changed in both modes. */
const CHANGING: Record<string, { schema: any; given: unknown; sent: unknown }> = {
  'Zod, trim': { schema: z.object({ a: z.string().trim() }), given: { a: ' x ', b: 1 }, sent: { a: 'x' } },
  'Zod, url': { schema: z.object({ a: z.url() }), given: { a: ' http://a/ ' }, sent: { a: 'http://a/' } },
  'Zod, coerce': { schema: z.object({ a: z.coerce.number() }), given: { a: '7' }, sent: { a: 7 } },
  'Zod, default': { schema: z.object({ a: z.number().default(7) }), given: {}, sent: { a: 7 } },
  'Zod, catch': { schema: z.object({ a: z.number().catch(7) }), given: { a: 'x' }, sent: { a: 7 } },
  'Zod, below a list': {
    schema: z.array(z.object({ a: z.string().toUpperCase() }).nullable()),
    given: [{ a: 'x', b: 1 }, null],
    sent: [{ a: 'X' }, null],
  },
  'Zod, alternatives that nothing tells apart': {
    schema: z.union([
      z.object({ a: z.string().refine((text) => text !== 'x') }),
      z.object({ a: z.string(), b: z.number() }),
    ]),
    given: { a: 'x', b: 1, c: 2 },
    sent: { a: 'x', b: 1 },
  },
  'Zod, the first of several that fit': {
    schema: z.union([z.object({ a: z.string() }), z.object({ a: z.string(), b: z.number() })]),
    given: { b: 1, a: 'x' },
    sent: { a: 'x' },
  },
  'Zod, an open object': {
    schema: z.looseObject({ a: z.number() }),
    given: { b: 1, a: 2 },
    sent: { a: 2, b: 1 },
  },
  'Zod, an intersection with an open object': {
    schema: z.object({ a: z.number() }).and(z.looseObject({})),
    given: { a: 1, b: 2 },
    sent: { a: 1, b: 2 },
  },
  'Valibot, trim': {
    schema: v.object({ a: v.pipe(v.string(), v.trim()) }),
    given: { a: ' x ', b: 1 },
    sent: { a: 'x' },
  },
  'Valibot, default': { schema: v.object({ a: v.optional(v.number(), 7) }), given: {}, sent: { a: 7 } },
  'Valibot, fallback': {
    schema: v.object({ a: v.fallback(v.number(), 7) }),
    given: { a: 'x' },
    sent: { a: 7 },
  },
  'Valibot, a loose object': {
    schema: v.looseObject({ a: v.object({ c: v.number() }) }),
    given: { a: { c: 1, d: 2 }, b: 1 },
    sent: { a: { c: 1 }, b: 1 },
  },
  'ArkType, trim': { schema: type({ a: 'string.trim' }), given: { a: ' x ', b: 1 }, sent: { a: 'x' } },
  'ArkType, what has no JSON Schema': {
    schema: type({ at: 'Date', in: { a: type('string').pipe((text) => text.length) } }),
    given: { at: new Date(0), b: 1, in: { a: 'abc', c: 1 } },
    sent: { at: new Date(0), in: { a: 3 } },
  },
  'ArkType, before it had JSON Schema': {
    schema: withoutJsonSchema(type({ a: 'number', in: { b: 'number' } })),
    given: { a: 1, in: { b: 1, c: 2 }, d: 3 },
    sent: { a: 1, in: { b: 1 } },
  },
  'ArkType, default': { schema: type({ a: 'number = 7' }), given: { b: 1 }, sent: { a: 7 } },
  'ArkType, an index': {
    schema: type({ a: 'number', '[string]': 'unknown' }),
    given: { a: 1, b: 2 },
    sent: { a: 1, b: 2 },
  },
  'Joi, convert': { schema: joi(Joi.object({ a: Joi.number() })), given: { a: '7' }, sent: { a: 7 } },
}

/** Alternatives, recursion, and what else a schema that does not run has to get right. */
const Tree: z.ZodType = z.object({
  name: z.string(),
  get children() {
    return z.array(Tree)
  },
  get parent() {
    return Tree.nullable()
  },
})
const Node = v.object({ name: v.string(), next: v.nullable(v.lazy((): any => Node)) })
const KEPT: Record<string, { schema: any; given: unknown; sent: unknown }> = {
  'Zod, recursion': {
    schema: Tree,
    given: {
      name: 'a',
      x: 1,
      parent: null,
      children: [{ x: 1, name: 'b', children: [], parent: { name: 'c', x: 1, children: [], parent: null } }],
    },
    sent: {
      name: 'a',
      children: [{ name: 'b', children: [], parent: { name: 'c', children: [], parent: null } }],
      parent: null,
    },
  },
  'Valibot, recursion': {
    schema: Node,
    given: { name: 'a', x: 1, next: { name: 'b', x: 1, next: null } },
    sent: { name: 'a', next: { name: 'b', next: null } },
  },
  'Zod, a discriminated union': {
    schema: z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('cat'), lives: z.number() }),
        z.object({ kind: z.enum(['dog', 'wolf']), barks: z.boolean() }),
      ]),
    ),
    given: [
      { kind: 'wolf', barks: true, lives: 1 },
      { lives: 9, barks: true, kind: 'cat' },
    ],
    sent: [
      { kind: 'wolf', barks: true },
      { kind: 'cat', lives: 9 },
    ],
  },
  'Valibot, a variant': {
    schema: v.variant('kind', [
      v.object({ kind: v.literal('cat'), lives: v.number() }),
      v.object({ kind: v.literal('dog'), barks: v.boolean() }),
    ]),
    given: { kind: 'dog', lives: 1, barks: true },
    sent: { kind: 'dog', barks: true },
  },
  'ArkType, a union': {
    schema: type({ kind: "'cat'", lives: 'number' }).or({ kind: "'dog'", barks: 'boolean' }),
    given: { kind: 'dog', barks: true, lives: 1 },
    // In the order of ArkType.
    sent: { barks: true, kind: 'dog' },
  },
  'ArkType, alternatives that nothing tells apart': {
    schema: type({ a: 'string' }).or({ b: 'number' }),
    given: { b: 1, c: 2 },
    sent: { b: 1 },
  },
  'Zod, a record': {
    schema: z.record(z.string(), z.object({ a: z.number() })),
    given: { x: { a: 1, b: 2 }, 1: { a: 2 } },
    sent: { 1: { a: 2 }, x: { a: 1 } },
  },
  'Zod, a tuple': {
    schema: z.tuple([z.string(), z.object({ a: z.number() })]),
    given: ['x', { a: 1, b: 2 }],
    sent: ['x', { a: 1 }],
  },
  'Zod, an intersection': {
    schema: z.object({ a: z.number() }).and(z.object({ b: z.object({ c: z.number() }) })),
    given: { b: { c: 1, d: 2 }, a: 1, e: 3 },
    sent: { a: 1, b: { c: 1 } },
  },
  'Zod, anything': {
    schema: z.object({ a: z.unknown() }),
    given: { a: { b: [1] }, c: 1 },
    sent: { a: { b: [1] } },
  },
}

for (const { name, express } of FRAMEWORKS) {
  describe(`answers by each library, on ${name}`, () => {
    for (const [library, schema] of Object.entries(SCHEMAS)) {
      test(`${library}: leaves out what is not declared, and refuses what is wrong`, async (t) => {
        const { ask, errors } = await play(t, express, (app) => {
          for (const responses of MODES) {
            const step = () => validate({ response: { 200: schema } }, { responses })
            const isJoi = library === 'Joi 18'
            app.get(`/right/${responses}`, step(), (_req: any, res: any) => res.json(isJoi ? SENT : ROW))
            app.get(`/wrong/${responses}`, step(), (_req: any, res: any) => res.json(WRONG))
          }
        })
        const [one, other] = await Promise.all(MODES.map((responses) => ask(`/right/${responses}`)))
        assert.equal(one?.body, other?.body)
        // ArkType has an order of its own.
        assert.deepEqual(JSON.parse(one?.body ?? ''), SENT)
        assert.equal((await ask('/wrong/validate')).status, 500)
        assert.equal(errors[0].code, 'NOZOMI_SCHEMA_ANSWER')
        assert.deepEqual(errors[0].issues[0].path, ['id'])
      })
    }

    test('sends the same in both modes, whatever a schema changes', async (t) => {
      const cases = Object.entries({ ...CHANGING, ...KEPT })
      const { ask, errors } = await play(t, express, (app) => {
        for (const [at, [, { schema, given }]] of cases.entries()) {
          for (const responses of MODES) {
            app.get(
              `/${at}/${responses}`,
              validate({ response: { 200: schema } }, { responses }),
              (_: any, res: any) => res.json(given),
            )
          }
        }
      })
      for (const [at, [title, { sent }]] of cases.entries()) {
        for (const responses of MODES) {
          assert.equal(
            (await ask(`/${at}/${responses}`)).body,
            JSON.stringify(sent),
            `${title} (${responses})`,
          )
        }
      }
      assert.deepEqual(errors, [])
    })
  })
}

test('does not run a schema in production that changes nothing', async (t) => {
  const { express } = FRAMEWORKS[0]!
  let runs = 0
  const counted = z.object({ a: z.number().refine(() => ++runs > 0) })
  const { ask } = await play(t, express, (app) => {
    for (const responses of MODES) {
      app.get(`/${responses}`, validate({ response: { 200: counted } }, { responses }), (_: any, res: any) =>
        res.json({ a: 1 }),
      )
    }
  })
  await ask('/serialize')
  assert.equal(runs, 0)
  await ask('/validate')
  assert.equal(runs, 1)
})

test('writes the same where code must not be made of text', () => {
  const program = `
    const { validate } = require('@nozomi/schema')
    const { z } = require('zod')
    const schema = z.object({ a: z.array(z.object({ b: z.number(), c: z.string().optional() })) })
    const step = validate({ response: { 200: schema } }, { responses: 'serialize' })
    const res = { statusCode: 200, json: (value) => console.log(JSON.stringify(value)), jsonp() {}, req: {} }
    step(res.req, res, () => res.json({ a: [{ b: 1, d: 2 }, { c: 'c', b: 2 }], e: 1 }))`
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--disallow-code-generation-from-strings', '-e', program],
    { cwd: import.meta.dirname, encoding: 'utf8' },
  )
  assert.equal(stdout.trim(), '{"a":[{"b":1},{"b":2,"c":"c"}]}', stderr)
})
