import assert from 'node:assert/strict'
import test from 'node:test'
import { type } from 'arktype'
import cookieParser from 'cookie-parser'
import Joi from 'joi'
import * as v from 'valibot'
import { z } from 'zod'
import * as z3 from 'zod/v3'
import { check, joi, jsonSchema, type Schema, validate } from '#dist/index.js'
import { applicationOf, asking, echo, lines } from '../support/asking.mjs'
import { FRAMEWORKS } from '../support/frameworks.mjs'

/** A rule that can't be held to, after a while. */
const rejecting = async (): Promise<boolean> => {
  await Promise.resolve()
  throw new Error('no database')
}
/** Schemas with such rules, made anew: Zod 3 remembers what it has met. */
function ruledSchemas() {
  const ruled = z.string().refine(rejecting)
  const Branch = z.object({
    a: ruled.optional(),
    get of() {
      return Branch.optional()
    },
  })

  const ruled3 = z3.string().refine(rejecting)
  const Branch3: z3.ZodType = z3.object({ a: ruled3.optional(), of: z3.lazy(() => Branch3).optional() })

  /** Schemas, with a value that does not meet the rule and one that does. */
  const metLater: readonly (readonly [way: string, body: Schema, first: unknown, then: unknown])[] = [
    [
      'of Zod 3, of an optional member',
      z3.object({ a: z3.string().transform(rejecting).optional() }),
      {},
      { a: 'x' },
    ],
    ['of Zod 3, in a union', z3.union([z3.number(), z3.array(z3.string().refine(rejecting))]), [], ['x']],
    ['of Zod 3, in a schema that holds itself', Branch3, {}, { of: { of: { a: 'x' } } }],
    ['of an optional member', z.object({ a: ruled.optional() }), {}, { a: 'x' }],
    ['in a union', z.union([z.object({ n: z.number() }), z.object({ a: ruled })]), { n: 1 }, { a: 'x' }],
    [
      'in a discriminated union',
      z.discriminatedUnion('k', [
        z.object({ k: z.literal(1) }),
        z.object({ k: z.literal(2), a: z.string().transform(rejecting) }),
      ]),
      { k: 1 },
      { k: 2, a: 'x' },
    ],
    ['of the items of a list', z.array(ruled), [], ['x']],
    ['of the values of a record', z.record(z.string(), ruled), {}, { a: 'x' }],
    ['in a schema that holds itself', Branch, {}, { of: { of: { a: 'x' } } }],
    [
      'before a schema',
      z.object({ a: z.preprocess(async (it) => (it === 1 ? rejecting() : it), z.unknown()).optional() }),
      {},
      { a: 1 },
    ],
    [
      'of a codec',
      z.object({ a: z.codec(z.string(), z.boolean(), { decode: rejecting, encode: String }).optional() }),
      {},
      { a: 'x' },
    ],
  ]

  /** Schemas of which Zod makes promises that it does not await, with a value, and the status of the answer. */
  const leftBehind: readonly (readonly [way: string, body: z.ZodType, value: unknown, status: number])[] = [
    ['the second of one value', z.object({ a: ruled.refine(rejecting) }), { a: 'x' }, 500],
    [
      'in a branch that is not needed',
      z.union([z.object({ a: ruled }), z.object({ a: z.string() })]),
      { a: 'x' },
      200,
    ],
    [
      'beside one that throws',
      z.object({ a: ruled, b: z.string().refine(throwing) }),
      { a: 'x', b: 'x' },
      500,
    ],
  ]

  return { metLater, leftBehind }
}

function throwing(): never {
  throw new Error('a bug')
}

/** Schemas that keep keys which they do not name: one of `n`, a number, and one of `t`, a text. */
const KEEPING: readonly (readonly [library: string, numberIn: Schema, textIn: Schema])[] = [
  ['ArkType', type({ n: 'number' }), type({ t: 'string' })],
  ['Zod', z.looseObject({ n: z.number() }), z.looseObject({ t: z.string() })],
  ['Valibot', v.looseObject({ n: v.number() }), v.looseObject({ t: v.string() })],
  [
    'JSON Schema',
    jsonSchema({ type: 'object', properties: { n: { type: 'number' } }, required: ['n'] }),
    jsonSchema({ type: 'object', properties: { t: { type: 'string' } }, required: ['t'] }),
  ],
]

for (const { name, express } of FRAMEWORKS) {
  const ids = validate({ params: z.object({ id: z.number().int() }) })

  test(`${name}: params become what the schema says, and those that it does not name stay`, async (t) => {
    const app = applicationOf(express, (it) => it.get('/users/:id/:tab', ids, echo))
    const ask = await asking(t, app)
    const { body } = await ask('/users/7/posts')
    assert.deepEqual(body.params, { id: 7, tab: 'posts' })
    assert.deepEqual(body.valid, { params: { id: 7 } })
    assert.deepEqual(lines(await ask('/users/seven/posts')), ['params.id type'])
  })

  test(`${name}: a strict schema of params is not shown those that it does not name`, async (t) => {
    const contract = validate({ params: z.strictObject({ id: z.number() }) })
    const app = applicationOf(express, (it) => it.get('/users/:id/:tab', contract, echo))
    const ask = await asking(t, app)
    assert.deepEqual((await ask('/users/7/posts')).body.params, { id: 7, tab: 'posts' })
  })

  test(`${name}: params that a contract changed are as they came for the next layer, and valid ones stay`, async (t) => {
    const app = applicationOf(express, (it) => {
      it.use('/users/:id', ids)
      it.get('/users/:id', echo)
    })
    const ask = await asking(t, app)
    const { body } = await ask('/users/7')
    assert.deepEqual(body.params, { id: '7' })
    assert.deepEqual(body.valid, { params: { id: 7 } })
  })

  test(`${name}: headers are named in lower case, others are not looked at, and req.headers stays`, async (t) => {
    const contract = validate({
      headers: z.strictObject({ 'x-limit': z.number(), 'x-tags': z.array(z.string()).optional() }),
    })
    const app = applicationOf(express, (it) =>
      it.get('/', contract, (req: any, res: any) =>
        res.json({ valid: req.valid, header: req.headers['x-limit'] }),
      ),
    )
    const ask = await asking(t, app)
    const { body } = await ask('/', { headers: { 'X-Limit': '10', 'X-Tags': 'a, b,c', 'X-Other': '1' } })
    assert.deepEqual(body, { valid: { headers: { 'x-limit': 10, 'x-tags': ['a', 'b', 'c'] } }, header: '10' })
    assert.deepEqual(lines(await ask('/')), ['headers.x-limit required'])
  })

  test(`${name}: a Joi schema of headers, which refuses what it does not name, is shown its own only`, async (t) => {
    const schema = Joi.object({ 'x-limit': Joi.number().required() })
    const ofJoi17 = {
      validate: (value: unknown, options?: object) => schema.validate(value, options),
      validateAsync: (value: unknown, options?: object) => schema.validateAsync(value, options),
      describe: () => schema.describe(),
    }
    for (const headers of [schema, joi(ofJoi17)]) {
      const ask = await asking(
        t,
        applicationOf(express, (it) => it.get('/', validate({ headers }), echo)),
      )
      const { body } = await ask('/', { headers: { 'x-limit': '10' } })
      assert.deepEqual(body.valid, { headers: { 'x-limit': 10 } })
    }
  })

  const visits = validate({ cookies: z.object({ visits: z.number(), theme: z.string().optional() }) })

  test(`${name}: cookies that nobody has parsed are parsed, and others stay`, async (t) => {
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.get('/', visits, echo)),
    )
    const { body } = await ask('/', { headers: { cookie: 'visits=3; other=x; theme=a%20b' } })
    assert.deepEqual(body.cookies, { visits: 3, other: 'x', theme: 'a b' })
    assert.deepEqual(body.valid, { cookies: { visits: 3, theme: 'a b' } })
    assert.deepEqual(lines(await ask('/')), ['cookies.visits required'])
  })

  test(`${name}: cookies of cookie-parser are taken, and signed ones when their signature holds`, async (t) => {
    const app = applicationOf(express, (it) => {
      it.use(cookieParser('secret'))
      it.get('/sign', (_req: unknown, res: any) => res.cookie('visits', '9', { signed: true }).end())
      it.get('/', visits, echo)
    })
    const ask = await asking(t, app)
    assert.equal((await ask('/', { headers: { cookie: 'visits=3' } })).body.valid.cookies.visits, 3)
    const signed = (await ask('/sign')).headers.get('set-cookie')!.split(';', 1)[0]!
    assert.equal((await ask('/', { headers: { cookie: signed } })).body.valid.cookies.visits, 9)
    const forged = signed.replace('9.', '8.')
    assert.deepEqual(lines(await ask('/', { headers: { cookie: forged } })), ['cookies.visits required'])
  })

  test(`${name}: a query of nested objects and lists is coerced at every depth`, async (t) => {
    const contract = validate({
      query: z.object({
        price: z.object({ min: z.number(), max: z.number().optional() }),
        sizes: z.array(z.number()),
        isOpen: z.boolean().nullable(),
      }),
    })
    const app = applicationOf(express, (it) => {
      it.set('query parser', 'extended')
      it.get('/', contract, echo)
    })
    const ask = await asking(t, app)
    const { body } = await ask('/?price[min]=1.5&price[max]=2e3&sizes=4&sizes=5&isOpen=null')
    assert.deepEqual(body.query, { price: { min: 1.5, max: 2000 }, sizes: [4, 5], isOpen: null })
    assert.deepEqual((await ask('/?price[min]=1&sizes=4&isOpen=off')).body.query, {
      price: { min: 1 },
      sizes: [4],
      isOpen: false,
    })
    assert.deepEqual(lines(await ask('/?price[min]=cheap&sizes=4,5&isOpen=1')), [
      'query.price.min type',
      'query.sizes.0 type',
    ])
  })

  test(`${name}: a list of more values than the parser makes a list of is one all the same`, async (t) => {
    const contract = validate({ query: z.object({ id: z.array(z.number()) }) })
    const app = applicationOf(express, (it) => {
      it.set('query parser', 'extended')
      it.get('/', contract, echo)
    })
    const ask = await asking(t, app)
    const ids = Array.from({ length: 30 }, (_, index) => index)
    assert.deepEqual((await ask(`/?${ids.map((id) => `id=${id}`).join('&')}`)).body.query, { id: ids })
  })

  test(`${name}: without coercion texts stay texts`, async (t) => {
    const contract = validate({ query: z.object({ page: z.number() }) }, { coerce: false })
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.get('/', contract, echo)),
    )
    assert.deepEqual(lines(await ask('/?page=1')), ['query.page type'])
  })

  test(`${name}: what a schema transforms is what handlers get, and its defaults too`, async (t) => {
    const contract = validate({
      query: z.object({
        sort: z.string().transform((sort) => sort.split('.')),
        size: z.number().default(20),
      }),
    })
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.get('/', contract, echo)),
    )
    assert.deepEqual((await ask('/?sort=a.b')).body.query, { sort: ['a', 'b'], size: 20 })
  })

  test(`${name}: the members of a union are coerced by the branch whose tag they have`, async (t) => {
    const contract = validate({
      query: z.discriminatedUnion('by', [
        z.object({ by: z.literal('id'), value: z.number() }),
        z.object({ by: z.literal('name'), value: z.string() }),
      ]),
    })
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.get('/', contract, echo)),
    )
    assert.deepEqual((await ask('/?by=id&value=7')).body.query, { by: 'id', value: 7 })
    assert.deepEqual((await ask('/?by=name&value=7')).body.query, { by: 'name', value: '7' })
    assert.deepEqual(lines(await ask('/?by=age&value=7')), ['query.by not_allowed'])
  })

  test(`${name}: a recursive schema is coerced and searched for unknown keys`, async (t) => {
    const Filter = z.object({
      limit: z.number(),
      get and() {
        return Filter.optional()
      },
    })
    const app = applicationOf(express, (it) => {
      it.set('query parser', 'extended')
      it.get('/', validate({ query: Filter }, { unknown: 'refuse' }), echo)
    })
    const ask = await asking(t, app)
    assert.deepEqual((await ask('/?limit=1&and[limit]=2')).body.query, { limit: 1, and: { limit: 2 } })
    assert.deepEqual(lines(await ask('/?limit=1&and[limit]=2&and[more]=1')), ['query.and.more unknown_key'])
  })

  test(`${name}: several contracts each get what the client sent, and handlers what all made of it`, async (t) => {
    const app = applicationOf(express, (it) => {
      it.use(validate({ query: z.object({ tenant: z.number() }) }))
      it.post(
        '/',
        validate({ query: z.object({ page: z.number() }), body: z.object({ a: z.number() }) }),
        validate({ body: z.object({ b: z.number() }) }),
        echo,
      )
    })
    const ask = await asking(t, app)
    const { body } = await ask('/?tenant=1&page=2', { json: { a: 1, b: 2, c: 3 } })
    assert.deepEqual(body.query, { tenant: 1, page: 2 })
    assert.deepEqual(body.body, { a: 1, b: 2 })
    assert.deepEqual(body.valid, { query: { tenant: 1, page: 2 }, body: { a: 1, b: 2 } })
  })

  for (const [library, numberIn, textIn] of KEEPING) {
    test(`${name}, ${library}: a contract takes back nothing that one before made of keys that it does not name`, async (t) => {
      const places = (schema: Schema) => ({
        params: schema,
        query: schema,
        headers: schema,
        cookies: schema,
        body: schema,
      })
      const app = applicationOf(express, (it) => {
        it.use(cookieParser('secret'))
        it.get('/sign', (_req: unknown, res: any) => res.cookie('n', '1', { signed: true }).end())
        it.post('/:n/:t', validate(places(numberIn)), validate(places(textIn)), echo)
      })
      const ask = await asking(t, app)
      const signed = (await ask('/sign')).headers.get('set-cookie')!.split(';', 1)[0]!
      for (const cookie of ['n=1; t=x', `${signed}; t=x`]) {
        const { status, body } = await ask('/1/x?n=1&t=x', {
          form: 'n=1&t=x',
          headers: { n: '1', t: 'x', cookie },
        })
        assert.equal(status, 200)
        for (const part of ['params', 'query', 'headers', 'cookies', 'body']) {
          assert.deepEqual([part, body.valid[part].n, body.valid[part].t], [part, 1, 'x'])
        }
        for (const part of ['params', 'query', 'body', 'cookies']) assert.equal(body[part].n, 1, part)
      }
    })
  }

  test(`${name}: of a key that two contracts name, or that the second changed, the second counts`, async (t) => {
    const first = z.looseObject({ n: z.number(), list: z.array(z.number()) })
    const naming = z.looseObject({ n: z.string() })
    const changing = z.looseObject({}).transform((all) => ({ ...all, list: 'changed' }))
    const ask = await asking(
      t,
      applicationOf(express, (it) => {
        it.get('/names', validate({ query: first }), validate({ query: naming }), echo)
        it.get('/changes', validate({ query: first }), validate({ query: changing }), echo)
      }),
    )
    assert.deepEqual((await ask('/names?n=1&list=2')).body.query, { n: '1', list: [2] })
    assert.deepEqual((await ask('/changes?n=1&list=2')).body.query, { n: 1, list: 'changed' })
  })

  test(`${name}: each of two contracts of params gets what the client sent`, async (t) => {
    const day = validate({ params: z.object({ day: z.string().transform((text) => text.split('-')) }) })
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.get('/:day/:id', day, ids, day, echo)),
    )
    assert.deepEqual((await ask('/2026-11/7')).body.params, { day: ['2026', '11'], id: 7 })
  })

  test(`${name}: a part that somebody replaced between two contracts is taken as it is then`, async (t) => {
    const app = applicationOf(express, (it) =>
      it.post(
        '/',
        validate({ body: z.object({ a: z.number() }) }),
        (req: any, _res: unknown, next: () => void) => {
          req.body = { b: 5 }
          next()
        },
        validate({ body: z.object({ b: z.number() }) }),
        echo,
      ),
    )
    const ask = await asking(t, app)
    assert.deepEqual((await ask('/', { json: { a: 1, b: 2 } })).body.body, { b: 5 })
  })

  test(`${name}: nothing of a request is changed unless all of it passes`, async (t) => {
    const app = express()
    app.use(express.json())
    const contract = validate({ query: z.object({ page: z.number() }), body: z.object({ a: z.number() }) })
    app.post('/', contract)
    app.use((error: any, req: any, res: any, _next: unknown) => {
      res
        .status(error.status)
        .json({ query: req.query, body: req.body, valid: req.valid ?? null, code: error.code })
    })
    const ask = await asking(t, app)
    const { status, body } = await ask('/?page=1', { json: { a: 'x' } })
    assert.equal(status, 400)
    assert.deepEqual(body, {
      query: { page: '1' },
      body: { a: 'x' },
      valid: null,
      code: 'NOZOMI_SCHEMA_INVALID',
    })
  })

  test(`${name}: what a schema throws is an error of the server`, async (t) => {
    const throwing = z.object({}).transform(() => {
      throw new Error('a bug')
    })
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.post('/', validate({ query: throwing }), echo)),
    )
    const answer = await ask('/', { json: {} })
    assert.equal(answer.status, 500)
    assert.equal(answer.body.detail, 'a bug')
  })

  test(`${name}: a schema that throws or rejects with what is no error lets nothing pass`, async (t) => {
    const schemaOf = (run: () => unknown): any => ({
      '~standard': { version: 1, vendor: 'some', validate: run },
    })
    for (const thrown of [undefined, null, false, 0, '', 'route', 'router']) {
      const throwing = schemaOf(() => {
        throw thrown
      })
      const rejecting = schemaOf(() => Promise.reject(thrown))
      const app = applicationOf(express, (it) => {
        it.get('/throws', validate({ query: throwing }), echo)
        it.get('/rejects', validate({ query: rejecting }), echo)
        it.use(echo)
      })
      const ask = await asking(t, app)
      assert.equal((await ask('/throws')).status, 500, String(thrown))
      assert.equal((await ask('/rejects')).status, 500, String(thrown))
    }
  })

  test(`${name}: what a schema promises is awaited, whoever made the promise`, async (t) => {
    const thenable = (result: unknown): any => ({
      '~standard': {
        version: 1,
        vendor: 'some',
        // oxlint-disable-next-line unicorn/no-thenable
        validate: () => ({ then: (resolve: (result: unknown) => void) => resolve(result) }),
      },
    })
    const app = applicationOf(express, (it) => {
      it.get('/passes', validate({ query: thenable({ value: { a: 1 } }) }), echo)
      it.get('/fails', validate({ query: thenable({ issues: [{ message: 'No' }] }) }), echo)
    })
    const ask = await asking(t, app)
    assert.deepEqual((await ask('/passes')).body.query, { a: 1 })
    assert.deepEqual(lines(await ask('/fails')), ['query custom'])
  })

  test(`${name}: an asynchronous rule that rejects is an error of the server, and runs once for a request`, async (t) => {
    let runs = 0
    const body = z.object({ id: z.number() }).refine(async ({ id }) => {
      runs++
      await Promise.resolve()
      if (id === 0) throw new Error('no database')
      return true
    })
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.post('/', validate({ body }), echo)),
    )
    assert.equal((await ask('/', { json: { id: 1 } })).status, 200)
    runs = 0
    assert.equal((await ask('/', { json: { id: 2 } })).status, 200)
    assert.equal(runs, 1)
    assert.equal((await ask('/', { json: { id: 0 } })).body.detail, 'no database')
  })

  test(`${name}: a rule that rejects at the first request is nobody's unhandled rejection`, async (t) => {
    const body = z.object({}).refine(async () => Promise.reject(new Error('no database')))
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.post('/', validate({ body }), echo)),
    )
    assert.equal((await ask('/', { json: {} })).body.detail, 'no database')
    assert.equal((await ask('/', { json: {} })).body.detail, 'no database')
  })

  const { metLater, leftBehind } = ruledSchemas()

  for (const [way, body, first, then] of metLater) {
    test(`${name}: a rule that rejects is an error of the server when earlier values did not meet it: ${way}`, async (t) => {
      const ask = await asking(
        t,
        applicationOf(express, (it) => it.post('/', validate({ body }), echo)),
      )
      const alone = check(body, first)
      assert.equal(alone instanceof Promise, false)
      await assert.rejects(async () => check(body, then), /no database/)
      assert.equal((await ask('/', { json: first })).status, 200)
      for (let times = 0; times < 2; times++) {
        assert.equal((await ask('/', { json: then })).body.detail, 'no database')
      }
      // An unhandled rejection is told a turn later.
      await new Promise((resolve) => setImmediate(resolve))
    })
  }

  for (const [way, body, value, status] of leftBehind) {
    test(`${name}: a rule that rejects is nobody's unhandled rejection where Zod leaves it behind: ${way}`, async (t) => {
      const ask = await asking(
        t,
        applicationOf(express, (it) => it.post('/', validate({ body }), echo)),
      )
      assert.equal((await ask('/', { json: value })).status, status)
      await new Promise((resolve) => setTimeout(resolve, 20))
    })
  }

  test(`${name}: a rule that gives no promise keeps a schema of Zod synchronous, and runs once`, async (t) => {
    let runs = 0
    const body = z.object({ n: z.number() }).refine(({ n }) => ++runs > 0 && n > 1, { error: 'too few' })
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.post('/', validate({ body }), echo)),
    )
    assert.equal((await ask('/', { json: { n: 2 } })).status, 200)
    assert.equal((await ask('/', { json: { n: 1 } })).body.issues[0].message, 'too few')
    assert.equal(runs, 2)
    assert.deepEqual(check(body, { n: 2 }), { n: 2 })
  })

  test(`${name}: a schema of Zod that makes new ones without end is run all the same`, async (t) => {
    const tree = (): z.ZodType => z.object({ n: z.number(), of: z.array(z.lazy(tree)).optional() })
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.post('/', validate({ body: tree() }), echo)),
    )
    assert.deepEqual((await ask('/', { json: { n: 1, of: [{ n: 2 }] } })).body.body, { n: 1, of: [{ n: 2 }] })
    assert.deepEqual(lines(await ask('/', { json: { n: 1, of: [{ n: 'x' }] } })), ['body.of.0.n type'])
  })

  test(`${name}: what does not pass is 422 where that is wanted`, async (t) => {
    const contract = validate({ query: z.object({ page: z.number() }) }, { status: 422 })
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.get('/', contract, echo)),
    )
    assert.equal((await ask('/')).status, 422)
  })
}
