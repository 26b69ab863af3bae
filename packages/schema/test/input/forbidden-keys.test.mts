import assert from 'node:assert/strict'
import test from 'node:test'
import cookieParser from 'cookie-parser'
import fc from 'fast-check'
import { parse } from 'qs'
import { z } from 'zod'
import { validate } from '#dist/index.js'
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
