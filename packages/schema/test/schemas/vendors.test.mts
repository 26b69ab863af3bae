import assert from 'node:assert/strict'
import test from 'node:test'
import * as z3 from 'zod/v3'
import { validate } from '#dist/index.js'
import { applicationOf, asking, echo, lines } from '../support/asking.mjs'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { VENDORS } from '../support/vendors.mjs'

const USER = {
  name: 'Ada',
  age: 36,
  email: 'ada@example.com',
  color: 'red',
  even: 4,
  code: 'ABC',
  nested: { list: [1, 2] },
}

for (const { name: framework, express } of FRAMEWORKS) {
  for (const { name, user, page, slow } of VENDORS) {
    test(`${framework}, ${name}: what passes reaches the handler`, async (t) => {
      const ask = await asking(
        t,
        applicationOf(express, (app) => app.post('/', validate({ body: user, query: page }), echo)),
      )
      const { status, body } = await ask('/?page=2&tags=a&all=true', { json: USER })
      assert.equal(status, 200)
      assert.deepEqual(body.body, USER)
      assert.deepEqual(body.query, { page: 2, tags: ['a'], all: true })
      assert.deepEqual(body.valid, { query: body.query, body: USER })
    })

    test(`${framework}, ${name}: all that is wrong comes at once, in the same words`, async (t) => {
      const ask = await asking(
        t,
        applicationOf(express, (app) => app.post('/', validate({ body: user, query: page }), echo)),
      )
      const wrong = {
        name: 'x',
        age: 200,
        email: 'nobody',
        color: 'blue',
        even: 3,
        code: 'abc',
        nested: { list: [1, 'two'] },
        more: 1,
        others: 2,
      }
      const answer = await ask('/?page=0&all=maybe', { json: wrong })
      assert.equal(answer.status, 400)
      assert.equal(answer.type, 'application/problem+json; charset=utf-8')
      assert.deepEqual(lines(answer).toSorted(), [
        'body.age too_big',
        'body.code pattern',
        'body.color not_allowed',
        'body.email format',
        'body.even multiple_of',
        'body.more unknown_key',
        'body.name too_small',
        'body.nested.list.1 type',
        'body.others unknown_key',
        'query.all type',
        'query.page too_small',
      ])
      for (const issue of answer.body.issues) {
        assert.deepEqual(Object.keys(issue), ['in', 'path', 'code', 'message'])
        assert.ok(issue.message.length > 0)
      }
      const inList = answer.body.issues.find((issue: any) => issue.path[0] === 'nested')
      assert.deepEqual(inList.path, ['nested', 'list', 1])
    })

    test(`${framework}, ${name}: what is missing is required, the whole body too`, async (t) => {
      const ask = await asking(
        t,
        applicationOf(express, (app) => app.post('/', validate({ body: user }), echo)),
      )
      const { email: _email, nested: _nested, ...rest } = USER
      assert.deepEqual(lines(await ask('/', { json: { ...rest, nested: {} } })).toSorted(), [
        'body.email required',
        'body.nested.list required',
      ])
      assert.deepEqual(lines(await ask('/', { method: 'POST' })), ['body required'])
    })

    test(`${framework}, ${name}: a synchronous schema calls the next handler at once`, async (t) => {
      const validator = validate({ body: user, query: page })
      const app = applicationOf(express, (it) =>
        it.post('/', (req: any, res: any) => {
          const calls: unknown[][] = []
          validator(req, res, (...given: unknown[]) => calls.push(given))
          res.json(calls)
        }),
      )
      const ask = await asking(t, app)
      assert.deepEqual((await ask('/?page=2', { json: USER })).body, [[]])
    })

    if (slow !== null) {
      test(`${framework}, ${name}: an asynchronous schema is awaited`, async (t) => {
        const ask = await asking(
          t,
          applicationOf(express, (app) => app.post('/', validate({ query: page, body: slow }), echo)),
        )
        assert.deepEqual((await ask('/?page=1', { json: { name: 'ok' } })).body.valid, {
          query: { page: 1 },
          body: { name: 'ok' },
        })
        const refused = await ask('/?page=0', { json: { name: 'no' } })
        assert.equal(refused.status, 400)
        assert.deepEqual(
          refused.body.issues.map((issue: any) => [issue.in, ...issue.path].join('.')),
          ['query.page', 'body.name'],
        )
      })
    }
  }

  // It has no JSON Schema: texts stay texts, and the schema makes numbers of them.
  test(`${framework}, Zod 3: what passes reaches the handler, and what is wrong has the same words`, async (t) => {
    const user = z3.strictObject({
      name: z3.string().min(2).max(5),
      email: z3.string().email(),
      color: z3.enum(['red', 'green']),
      nested: z3.object({ list: z3.array(z3.number()) }),
    })
    const page = z3.object({ page: z3.coerce.number().min(1), name: z3.string() })
    const ask = await asking(
      t,
      applicationOf(express, (app) => app.post('/', validate({ body: user, query: page }), echo)),
    )
    const { name, email, color, nested } = USER
    const passed = await ask('/?page=2&name=7', { json: { name, email, color, nested } })
    assert.deepEqual(passed.body.valid, {
      query: { page: 2, name: '7' },
      body: { name, email, color, nested },
    })
    const wrong = { name: 'x', email: 'nobody', color: 'blue', nested: { list: [1, 'two'] }, more: 1 }
    const refused = await ask('/?page=0', { json: wrong })
    assert.equal(refused.status, 400)
    assert.deepEqual(lines(refused).toSorted(), [
      'body.color not_allowed',
      'body.email format',
      'body.more unknown_key',
      'body.name too_small',
      'body.nested.list.1 type',
      'query.name required',
      'query.page too_small',
    ])
  })
}
