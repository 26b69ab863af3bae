import assert from 'node:assert/strict'
import test from 'node:test'
import { type } from 'arktype'
import Joi from 'joi'
import * as v from 'valibot'
import { z } from 'zod'
import { jsonSchema, type Schema, type UnknownKeys, validate } from '#dist/index.js'
import { applicationOf, asking, echo, lines } from '../support/asking.mjs'
import { FRAMEWORKS } from '../support/frameworks.mjs'

/** Each names `a` and `list` of `{ b }`, and does with others what its library does. */
const SCHEMAS: Readonly<Record<string, Schema>> = {
  Zod: z.object({ a: z.number(), list: z.array(z.object({ b: z.number() })) }),
  'strict Zod': z.strictObject({ a: z.number(), list: z.array(z.strictObject({ b: z.number() })) }),
  Valibot: v.object({ a: v.number(), list: v.array(v.object({ b: v.number() })) }),
  ArkType: type({ a: 'number', list: type({ b: 'number' }).array() }),
  Joi: Joi.object({ a: Joi.number(), list: Joi.array().items(Joi.object({ b: Joi.number() })) }),
  'JSON Schema': jsonSchema({
    type: 'object',
    properties: {
      a: { type: 'number' },
      list: { type: 'array', items: { type: 'object', properties: { b: { type: 'number' } } } },
    },
  }),
}

const SENT = { a: 1, x: { y: 1 }, list: [{ b: 1 }, { b: 2, z: 3 }] }
const KNOWN = { a: 1, list: [{ b: 1 }, { b: 2 }] }

for (const { name: framework, express } of FRAMEWORKS) {
  for (const [library, schema] of Object.entries(SCHEMAS)) {
    const run = async (t: any, unknown: UnknownKeys) => {
      const app = applicationOf(express, (it) => it.post('/', validate({ body: schema }, { unknown }), echo))
      return (await asking(t, app))('/', { json: SENT })
    }

    test(`${framework}, ${library}: unknown keys are stripped at every depth`, async (t) => {
      assert.deepEqual((await run(t, 'strip')).body.body, KNOWN)
    })

    test(`${framework}, ${library}: unknown keys are refused at every depth, one issue for each`, async (t) => {
      const answer = await run(t, 'refuse')
      assert.deepEqual(lines(answer), ['body.x unknown_key', 'body.list.1.z unknown_key'])
    })

    test(`${framework}, ${library}: unknown keys are kept at every depth`, async (t) => {
      assert.deepEqual((await run(t, 'keep')).body.body, SENT)
    })
  }

  // A copy for each key would take an hour.
  const longest = { timeout: 60_000 }
  test(`${framework}: a hundred thousand keys that the schema does not name are kept`, longest, async (t) => {
    const schema = z.object({ list: z.array(z.object({ b: z.number() })) })
    const app = express()
    app.post('/', express.json({ limit: '10mb' }), validate({ body: schema }, { unknown: 'keep' }), echo)
    const more = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, at % 10]))
    const sent = { list: [{ b: 1, ...more }], ...more }
    assert.deepEqual((await (await asking(t, app))('/', { json: sent })).body.body, sent)
  })

  test(`${framework}: unless told, unknown keys are what the library makes of them`, async (t) => {
    for (const [library, expected] of [
      ['Zod', KNOWN],
      ['Valibot', KNOWN],
      ['ArkType', SENT],
    ] as const) {
      const app = applicationOf(express, (it) => it.post('/', validate({ body: SCHEMAS[library]! }), echo))
      const ask = await asking(t, app)
      assert.deepEqual((await ask('/', { json: SENT })).body.body, expected, library)
    }
  })

  test(`${framework}: a schema that takes any key names all of them`, async (t) => {
    const contract = { body: z.looseObject({ a: z.number() }), query: z.record(z.string(), z.string()) }
    const app = applicationOf(express, (it) => it.post('/', validate(contract, { unknown: 'refuse' }), echo))
    const ask = await asking(t, app)
    const { body } = await ask('/?q=1', { json: { a: 1, b: { c: 1 } } })
    assert.deepEqual(body.valid, { query: { q: '1' }, body: { a: 1, b: { c: 1 } } })
  })

  test(`${framework}: the keys of a union are those of its branch`, async (t) => {
    const body = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), left: z.number() }),
      z.object({ kind: z.literal('b'), right: z.number() }),
    ])
    const app = applicationOf(express, (it) => it.post('/', validate({ body }, { unknown: 'refuse' }), echo))
    const ask = await asking(t, app)
    assert.equal((await ask('/', { json: { kind: 'a', left: 1 } })).status, 200)
    assert.deepEqual(lines(await ask('/', { json: { kind: 'a', left: 1, right: 1 } })), [
      'body.right unknown_key',
    ])
  })

  test(`${framework}: the keys of an intersection are those of all its parts`, async (t) => {
    const body = z.intersection(z.object({ a: z.number() }), z.object({ b: z.number() }))
    const app = applicationOf(express, (it) => it.post('/', validate({ body }, { unknown: 'refuse' }), echo))
    const ask = await asking(t, app)
    assert.equal((await ask('/', { json: { a: 1, b: 1 } })).status, 200)
    assert.deepEqual(lines(await ask('/', { json: { a: 1, b: 1, c: 1 } })), ['body.c unknown_key'])
  })

  test(`${framework}: unknown keys and what else is wrong come together`, async (t) => {
    const body = z.object({ a: z.number() })
    const app = applicationOf(express, (it) => it.post('/', validate({ body }, { unknown: 'refuse' }), echo))
    const ask = await asking(t, app)
    assert.deepEqual(lines(await ask('/', { json: { a: 'x', b: 1 } })), ['body.a type', 'body.b unknown_key'])
  })
}
