import assert from 'node:assert/strict'
import test from 'node:test'
import cookieParser from 'cookie-parser'
import fc from 'fast-check'
import { type } from 'arktype'
import { parse } from 'qs'
import * as v from 'valibot'
import { z } from 'zod'
import { jsonSchema, problems, validate } from '#dist/index.js'
import { applicationOf, asking, echo, lines } from '../support/asking.mjs'
import { FRAMEWORKS } from '../support/frameworks.mjs'

const FORBIDDEN = ['__proto__', 'constructor', 'prototype']

/** An application whose parser takes any JSON: that of Nozomi refuses some by itself. */
function anyJson(express: any, contract: ReturnType<typeof validate>) {
  const app = express()
  app.set('env', 'test')
  const protoKeys = { protoKeys: 'keep' }
  return applicationOf(
    Object.assign(() => app, {
      json: () => express.json({ limit: '10mb', ...protoKeys }),
      urlencoded: express.urlencoded,
    }),
    (it) => it.post('/', contract, echo),
  )
}

for (const { name, express } of FRAMEWORKS) {
  const takesAll = validate({ body: z.any() })

  test(`${name}: keys that could change a prototype are refused at any depth, whatever the schema says`, async (t) => {
    const ask = await asking(t, anyJson(express, takesAll))
    assert.deepEqual(
      lines(await ask('/', { json: '{"a":{"__proto__":{"isAdmin":true}},"constructor":1}' })),
      ['body.a.__proto__ forbidden_key', 'body.constructor forbidden_key'],
    )
    assert.deepEqual(lines(await ask('/', { json: '[{"b":[[{"prototype":null}]]}]' })), [
      'body.0.b.0.0.prototype forbidden_key',
    ])
    assert.equal((await ask('/', { json: { proto: 1, 'constructor ': 2, text: '__proto__' } })).status, 200)
  })

  test(`${name}: forbidden keys are refused in queries and cookies`, async (t) => {
    const app = applicationOf(express, (it) => {
      it.set('query parser', (text: string) => parse(text, { allowPrototypes: true }))
      it.use(cookieParser())
      it.get('/', validate({ query: z.any(), cookies: z.any() }), echo)
    })
    const ask = await asking(t, app)
    const answer = await ask('/?a[constructor][prototype][x]=1', {
      headers: { cookie: `settings=${encodeURIComponent('j:{"a":{"constructor":1}}')}` },
    })
    assert.deepEqual(lines(answer), [
      'query.a.constructor forbidden_key',
      'cookies.settings.a.constructor forbidden_key',
    ])
  })

  test(`${name}: a body nested deeper than any honest one is refused, and costs no stack`, async (t) => {
    const ask = await asking(t, anyJson(express, takesAll))
    const deep = 100_000
    const answer = await ask('/', { json: `${'['.repeat(deep)}${']'.repeat(deep)}` })
    assert.equal(answer.status, 400)
    assert.deepEqual(lines(answer), ['body malformed'])
    assert.equal((await ask('/', { json: `${'['.repeat(200)}${']'.repeat(200)}` })).status, 200)
  })

  test(`${name}: bytes are not searched for keys`, async (t) => {
    const app = express()
    app.post(
      '/',
      express.raw({ limit: '5mb' }),
      validate({ body: z.instanceof(Buffer) }),
      (req: any, res: any) => res.json({ length: req.body.length }),
    )
    const ask = await asking(t, app)
    const question = {
      body: Buffer.alloc(1024 * 1024),
      headers: { 'content-type': 'application/octet-stream' },
    }
    assert.deepEqual((await ask('/', question)).body, { length: 1024 * 1024 })
  })

  test(`${name}: a body has an issue exactly when a forbidden key is somewhere in it`, async (t) => {
    const ask = await asking(t, anyJson(express, takesAll))
    const key = fc.oneof(
      { arbitrary: fc.string(), weight: 12 },
      { arbitrary: fc.constantFrom(...FORBIDDEN), weight: 1 },
    )
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 5 }, fc.string(), fc.integer(), tie('list'), tie('members')),
      list: fc.array(tie('tree'), { maxLength: 4 }),
      members: fc
        .array(fc.tuple(key, tie('tree')), { maxLength: 4 })
        .map((entries) => new Map(entries as [string, unknown][])),
    }))
    await fc.assert(
      fc.asyncProperty(fc.array(tree, { maxLength: 4 }), async (value) => {
        const answer = await ask('/', { json: textOf(value) })
        const expected = holdsForbidden(value)
        assert.equal(answer.status, expected ? 400 : 200)
        if (expected) assert.ok(answer.body.issues.every((issue: any) => issue.code === 'forbidden_key'))
      }),
      { numRuns: 60 },
    )
  })
}

/*
 * A body of which Nozomi's parser knows that it names nothing of the kind is not searched, where the schema drops what it does not name.
 */

/** Long texts only are known. */
const pad = 'x'.repeat(5000)
const asJson = { 'content-type': 'application/json' }
const Sealed = z.object({ a: z.object({ b: z.number() }), pad: z.string().optional() })

for (const { name, express } of FRAMEWORKS) {
  for (const unknown of ['schema', 'strip', 'refuse', 'keep'] as const) {
    test(`${name}: forbidden keys of a long body are refused where they are dropped anyway, unknown: '${unknown}'`, async (t) => {
      const app = applicationOf(express, (it) => it.post('/', validate({ body: Sealed }, { unknown }), echo))
      const ask = await asking(t, app)
      for (const [text, path] of [
        [`{"a":{"b":1},"pad":"${pad}","constructor":1}`, 'body.constructor'],
        [`{"a":{"b":1,"c":[{"prototype":1}]},"pad":"${pad}"}`, 'body.a.c.0.prototype'],
        [`{"a":{"b":1,"\\u0063onstructor":1},"pad":"${pad}"}`, 'body.a.constructor'],
        [`{"a":{"b":1,"prototyp\\u0065" :1},"pad":"${pad}"}`, 'body.a.prototype'],
        [`{"a":{"b":1,"\\u0070rototype":1},"pad":"${pad}\\u00e9"}`, 'body.a.prototype'],
        [`{"a":{"b":"x","constructor":1},"pad":"${pad}"}`, 'body.a.constructor'],
      ] as const) {
        assert.deepEqual(lines(await ask('/', { json: text })), [`${path} forbidden_key`], text.slice(0, 40))
      }
      for (const key of ['__proto__', '\\u005f_proto__', '\\u005F\\u005f\\u0070roto__']) {
        const answer = await ask('/', { json: `{"a":{"b":1,"c":[{"${key}":{"x":1}}]},"pad":"${pad}"}` })
        assert.equal(answer.status, 400)
        assert.match(JSON.stringify(answer.body), /__proto__/)
      }
      const answer = await ask('/', { json: { a: { b: 1 }, pad: `${pad} constructor prototype` } })
      assert.equal(answer.status, 200)
    })
  }

  test(`${name}: they are refused where a parser takes them, drops some, or a reviver makes them`, async (t) => {
    const reviver = (_key: string, value: any) =>
      value?.revived ? JSON.parse('{"b":1,"constructor":1}') : value
    for (const options of [{ protoKeys: 'keep' }, { protoKeys: 'drop' }, { reviver }]) {
      const app = express()
      app.post('/', express.json(options), validate({ body: Sealed }), echo)
      app.use(problems())
      const ask = await asking(t, app)
      const member = options.reviver ? '"revived":true' : '"constructor":{"prototype":{}}'
      const answer = await ask('/', { json: `{"a":{"b":1,${member}},"pad":"${pad}"}` })
      assert.deepEqual(lines(answer), ['body.a.constructor forbidden_key'])
    }
  })

  test(`${name}: they are refused in a body that was put in the place of the parsed one, or in a part of it`, async (t) => {
    const schemas = { sealed: Sealed, any: z.any() }
    const app = applicationOf(express, (it) => {
      for (const [key, schema] of Object.entries(schemas)) {
        it.post(`/copy/${key}`, copyBody, validate({ body: schema }), echo)
        it.post(`/part/${key}`, takePart, validate({ body: schema }), echo)
      }
    })
    const ask = await asking(t, app)
    for (const key of Object.keys(schemas)) {
      const bodies = {
        copy: { text: '{"a":{"b":1,"prototype":1}}', pad },
        part: { part: { a: { b: 1 } }, pad },
      }
      for (const [way, json] of Object.entries(bodies)) {
        const answer = await ask(`/${way}/${key}`, { json })
        assert.deepEqual(lines(answer), ['body.a.prototype forbidden_key'], `${way} ${key}`)
      }
    }
    function copyBody(req: any, _res: any, next: () => void) {
      req.body = { ...req.body, ...JSON.parse(req.body.text) }
      next()
    }
    function takePart(req: any, _res: any, next: () => void) {
      req.body = req.body.part
      req.body.a.prototype = 1
      next()
    }
  })

  test(`${name}: what middleware puts into the parsed body is refused, or comes through to nobody`, async (t) => {
    const seen: unknown[] = []
    const see = (value: unknown): true => {
      seen.push(value)
      return true
    }
    const Seeing = { b: z.number(), more: z.unknown() }
    const open = {
      any: z.any(),
      unknown: z.object({ a: z.unknown() }),
      loose: z.looseObject({}),
      'of loose': z.object({ a: z.looseObject({}) }),
      catchall: z.object({ a: z.object({ b: z.number() }).catchall(z.any()) }),
      record: z.object({ a: z.record(z.string(), z.any()) }),
      'a member that takes all': z.object({ a: z.object(Seeing).optional() }),
      'one of two': z.object({ a: z.union([z.object({ b: z.string() }), z.looseObject({})]) }),
      'both of two': z.object({ a: z.object({ b: z.number() }).and(z.looseObject({})) }),
      preprocess: z.preprocess((value) => (see(value), value), Sealed),
      transform: z.any().transform(see),
      custom: z.object({ a: z.custom(see) }),
      catch: z.object({ a: z.object({ b: z.string() }).catch(({ input }) => (see(input), { b: '' })) }),
      lazy: z.object({ a: z.lazy(() => z.looseObject({})) }),
      'says that it takes a text': z.object({ a: z.any().meta({ type: 'string' }) }),
      'names one': z.object({ a: z.object({ more: z.object({ constructor: z.number() }) }) }),
      'Valibot, names one': v.object({ a: v.object({ more: v.object({ constructor: v.number() }) }) }),
      'Valibot, loose': v.object({ a: v.looseObject({}) }),
      'Valibot, rest': v.object({ a: v.objectWithRest({}, v.unknown()) }),
      'Valibot, fallback': v.object({ a: v.fallback(v.object({ b: v.string() }), { b: '' }) }),
      ArkType: type({ a: { b: 'number' } }),
      'JSON Schema': jsonSchema({ type: 'object', properties: { a: { type: 'object' } } }),
    }
    const sealed = {
      Zod: Sealed,
      'Zod, more': z
        .object({ a: z.object({ b: z.number() }).refine(see).nullable().default(null), pad: z.string() })
        .transform((value) => (see(value), value)),
      'Zod, lists': z.object({ a: z.union([z.array(z.string()), z.object({ b: z.number() })]) }),
      Valibot: v.object({
        a: v.pipe(
          v.object({ b: v.number() }),
          v.check((value) => see(value)),
        ),
      }),
    }
    const pathOf = (key: string) => key.replaceAll(/\W/g, '-')
    const app = applicationOf(express, (it) => {
      it.use((req: any, _res: any, next: () => void) => {
        req.body.a = JSON.parse(req.body.text)
        next()
      })
      for (const [key, schema] of Object.entries({ ...open, ...sealed })) {
        it.post(`/${pathOf(key)}`, validate({ body: schema as z.ZodAny }), echo)
        it.post(`/keep/${pathOf(key)}`, validate({ body: Sealed }, { unknown: 'keep' }), echo)
        it.post(
          `/twice/${pathOf(key)}`,
          validate({ body: Sealed }),
          validate({ body: schema as z.ZodAny }),
          echo,
        )
      }
    })
    const ask = await asking(t, app)
    const json = { text: '{"b":1,"more":{"constructor":1},"__proto__":{"x":1}}', pad }
    for (const key of Object.keys(open)) {
      for (const path of [pathOf(key), `keep/${pathOf(key)}`, `twice/${pathOf(key)}`]) {
        const answer = await ask(`/${path}`, { json })
        const expected = ['body.a.more.constructor forbidden_key', 'body.a.__proto__ forbidden_key']
        assert.deepEqual(lines(answer), expected, `${key}: ${path}`)
      }
    }
    assert.deepEqual(seen, [])
    for (const key of Object.keys(sealed)) {
      const answer = await ask(`/${pathOf(key)}`, { json })
      assert.doesNotMatch(JSON.stringify(answer.body.body ?? null), /constructor|__proto__/, key)
      // Nobody has looked for them: they can do nothing.
      assert.equal(answer.status, name === 'nozomi' ? 200 : 400, key)
    }
    assert.doesNotMatch(JSON.stringify(seen), /constructor|__proto__/)
  })

  test(`${name}: what a schema drops may be nested deep, what it takes may not`, async (t) => {
    const Tree = z.object({
      get of() {
        return z.array(Tree).optional()
      },
    })
    const app = applicationOf(express, (it) => {
      it.post('/sealed', validate({ body: Sealed }), echo)
      it.post('/tree', validate({ body: Tree }), echo)
    })
    const ask = await asking(t, app)
    const deep = `${'{"of":['.repeat(400)}${']}'.repeat(400)}`
    assert.deepEqual(lines(await ask('/tree', { json: deep })), ['body malformed'])
    const dropped = await ask('/sealed', { json: `{"a":{"b":1},"more":${deep}}` })
    assert.equal(dropped.status, name === 'nozomi' ? 200 : 400)
    const wrong = await ask('/sealed', { json: `{"a":${deep}}` })
    assert.deepEqual(lines(wrong), ['body malformed'])
  })

  test(`${name}: long forms are searched`, async (t) => {
    const app = express()
    app.use(express.urlencoded({ extended: true, allowPrototypes: true }))
    app.use((req: any, _res: any, next: () => void) => {
      req.body.a.constructor = 1
      next()
    })
    app.post('/', validate({ body: Sealed }), echo)
    app.use(problems())
    const ask = await asking(t, app)
    const answer = await ask('/', { form: `a[b]=1&a[prototype]=1&pad=${pad}` })
    assert.ok(lines(answer).includes('body.a.constructor forbidden_key'))
  })
}

test("a body that Nozomi's parser has parsed is known on stock Express", async (t) => {
  const [nozomi, express] = FRAMEWORKS.map((one) => one.express)
  const app = express()
  app.post('/', nozomi.json(), validate({ body: Sealed }), echo)
  app.use(problems())
  const ask = await asking(t, app)
  const refused = await ask('/', { json: `{"a":{"b":1,"constructor":1},"pad":"${pad}"}` })
  assert.deepEqual(lines(refused), ['body.a.constructor forbidden_key'])
  assert.equal((await ask('/', { json: { a: { b: 1 }, pad } })).status, 200)
  assert.equal(
    (await ask('/', { headers: asJson, body: `{"a":{"b":1}, "pad":"${pad}"`, method: 'POST' })).status,
    400,
  )
})

/** JSON of lists and maps, since an object can't hold `__proto__` as easily as a text can. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`
  if (!(value instanceof Map)) return JSON.stringify(value)
  return `{${[...value].map(([key, member]) => `${JSON.stringify(key)}:${textOf(member)}`).join()}}`
}

function holdsForbidden(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsForbidden)
  if (!(value instanceof Map)) return false
  return [...value].some(([key, member]) => FORBIDDEN.includes(key as string) || holdsForbidden(member))
}
