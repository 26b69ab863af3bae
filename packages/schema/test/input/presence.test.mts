import assert from 'node:assert/strict'
import { request } from 'node:http'
import test from 'node:test'
import { z } from 'zod'
import { openapiDocument, problems, validate } from '#dist/index.js'
import { applicationOf, asking, lines } from '../support/asking.mjs'
import { FRAMEWORKS } from '../support/frameworks.mjs'
import { serving } from '../support/serving.mjs'

/** Answers with the body that handlers see, and the type of it: undefined has no JSON. */
const seen = (req: any, res: any) => res.json({ kind: typeof req.body, body: req.body })

/** Fields of requests that bring no body. */
const EMPTY: readonly Record<string, string>[] = [
  {},
  { 'content-length': '0' },
  { 'content-type': 'application/json' },
  { 'content-type': 'text/plain' },
]

for (const { name, express } of FRAMEWORKS) {
  test(`${name}: a body that is not wanted is refused, parsed or not`, async (t) => {
    const app = applicationOf(express, (it) => it.delete('/:id', validate({ body: null }), seen))
    const ask = await asking(t, app)
    for (const question of [
      { json: {} },
      { form: 'a=1' },
      { body: 'x', headers: { 'content-type': 'text/plain' } },
    ]) {
      const answer = await ask('/1', { method: 'DELETE', ...question })
      assert.equal(answer.status, 400)
      assert.deepEqual(lines(answer), ['body not_allowed'])
    }
    for (const headers of EMPTY) {
      const { status, body } = await ask('/1', { method: 'DELETE', headers })
      assert.equal(status, 200)
      assert.deepEqual(body, { kind: 'undefined' })
    }
  })

  test(`${name}: a body without a length is refused where none is wanted`, async (t) => {
    const origin = await serving(
      t,
      applicationOf(express, (it) => it.post('/', validate({ body: null }), seen)),
    )
    const status = await new Promise((resolve, reject) => {
      const asked = request(
        origin,
        { method: 'POST', headers: { 'transfer-encoding': 'chunked' } },
        (res) => {
          res.resume()
          resolve(res.statusCode)
        },
      )
      asked.on('error', reject)
      asked.end('x')
    })
    assert.equal(status, 400)
  })

  test(`${name}: where no body is wanted, handlers see none that a middleware made of nothing`, async (t) => {
    const app = applicationOf(express, (it) => {
      it.use((req: any, _res: unknown, next: () => void) => {
        req.body ??= {}
        next()
      })
      it.post('/', validate({ body: null }), seen)
    })
    assert.deepEqual((await (await asking(t, app))('/', { method: 'POST' })).body, { kind: 'undefined' })
  })

  test(`${name}: the document has no body where none is wanted`, () => {
    const app = applicationOf(express, (it) => it.post('/', validate({ body: null }), seen))
    const { post } = openapiDocument(app, { info: { title: 'Test', version: '1' } }).paths['/'] as any
    assert.equal('requestBody' in post, false)
    assert.equal('415' in post.responses, false)
    assert.equal('400' in post.responses, true)
  })

  for (const [way, schema, expected] of [
    ['optional', z.object({ n: z.number() }).optional(), { kind: 'undefined' }],
    ['filled in', z.object({ n: z.number().default(1) }).prefault({}), { kind: 'object', body: { n: 1 } }],
    [
      'optional of one type',
      { 'application/json': z.object({ n: z.number() }).optional() },
      { kind: 'undefined' },
    ],
  ] as const) {
    test(`${name}: a body that may be left out (${way}) is not asked for, with parsers or without`, async (t) => {
      const bare = express()
      bare.set('env', 'test')
      bare.post('/', validate({ body: schema }), seen)
      bare.use(problems())
      const parsing = applicationOf(express, (it) => it.post('/', validate({ body: schema }), seen))
      for (const app of [bare, parsing]) {
        const ask = await asking(t, app)
        for (const headers of EMPTY) {
          const answer = await ask('/', { method: 'POST', headers })
          assert.equal(answer.status, 200)
          assert.deepEqual(answer.body, expected)
        }
      }
      assert.deepEqual(lines(await (await asking(t, parsing))('/', { json: { n: 'x' } })), ['body.n type'])
      const { post } = openapiDocument(parsing, { info: { title: 'Test', version: '1' } }).paths['/'] as any
      assert.notEqual(post.requestBody.required, true)
    })
  }

  test(`${name}: an empty body of JSON is an empty object where the schema wants one`, async (t) => {
    const body = z.object({ n: z.number().optional() })
    const ask = await asking(
      t,
      applicationOf(express, (it) => it.post('/', validate({ body }), seen)),
    )
    const headers = { 'content-type': 'application/json', 'content-length': '0' }
    const answer = await ask('/', { method: 'POST', headers })
    assert.deepEqual(answer.body, { kind: 'object', body: {} })
  })

  test(`${name}: a body without a type is 415, and the answer says what is accepted`, async (t) => {
    const app = applicationOf(express, (it) => {
      it.post('/one', validate({ body: z.object({}) }), seen)
      it.post(
        '/typed',
        validate({ body: { 'application/json': z.object({}), 'text/csv': z.string() } }),
        seen,
      )
    })
    const ask = await asking(t, app)
    for (const [path, accept] of [
      ['/one', 'application/json'],
      ['/typed', 'application/json, text/csv'],
    ] as const) {
      // `fetch` names no type for bytes.
      const answer = await ask(path, { body: new Uint8Array([123, 125]) })
      assert.equal(answer.status, 415)
      assert.equal(answer.headers.get('accept'), accept)
      assert.match(answer.body.detail, /has no Content-Type/)
      assert.deepEqual(lines(answer), ['headers.content-type not_allowed'])
    }
  })
}
