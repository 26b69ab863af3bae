import assert from 'node:assert/strict'
import test from 'node:test'
import { expectTypeOf } from 'expect-type'
import { z } from 'zod'
import { check, ContractError, problems, ValidationError, validate } from '#dist/index.js'
import { asking, lines } from './support/asking.mjs'
import { FRAMEWORKS } from './support/frameworks.mjs'
import { VENDORS } from './support/vendors.mjs'

const Message = z.object({ room: z.string(), words: z.string().max(5), at: z.number().default(0) })

/** The issues of a check that does not pass, as lines. */
function linesOf(error: unknown): string[] {
  assert.ok(error instanceof ValidationError)
  return error.issues.map((issue) => `${[issue.in, ...issue.path].join('.')} ${issue.code}`)
}

function refused(run: () => unknown): string[] {
  try {
    run()
  } catch (error) {
    return linesOf(error)
  }
  throw new Error('it passed')
}

test('a value without a request becomes what its schema makes of it', () => {
  const message = check(Message, { room: 'a', words: 'hello', more: 1 })
  expectTypeOf(message).toEqualTypeOf<z.output<typeof Message> | Promise<z.output<typeof Message>>>()
  assert.deepEqual(message, { room: 'a', words: 'hello', at: 0 })
})

test('a value that does not pass is the error that a request gets', () => {
  try {
    check(Message, { words: 'too long' })
    assert.fail('it passed')
  } catch (error) {
    assert.deepEqual(linesOf(error), ['body.room required', 'body.words too_big'])
    const { status, code, issues } = error as ValidationError
    assert.deepEqual([status, code], [400, 'NOZOMI_SCHEMA_INVALID'])
    assert.equal(issues[1]!.details.value, 'too long')
    assert.equal(issues[1]!.details.schema?.maxLength, 5)
  }
})

test('a checked value has its place, its status, its texts and its unknown keys as the options say', () => {
  const Page = z.object({ page: z.number() })
  assert.deepEqual(check(Page, { page: '2' }, { in: 'query' }), { page: 2 })
  assert.deepEqual(
    refused(() => check(Page, { page: '2' }, { in: 'query', coerce: false })),
    ['query.page type'],
  )
  assert.deepEqual(
    refused(() => check(Page, { page: '2' })),
    ['body.page type'],
  )
  assert.deepEqual(check(Page, { page: '2' }, { coerce: true }), { page: 2 })
  assert.deepEqual(
    refused(() => check(Page, { page: 1, size: 2 }, { unknown: 'refuse' })),
    ['body.size unknown_key'],
  )
  assert.throws(() => check(Page, {}, { status: 422 }), { status: 422 })
})

test('keys that could change a prototype are refused without a request too', () => {
  assert.deepEqual(
    refused(() => check(z.any(), JSON.parse('{"a":{"__proto__":{}}}'))),
    ['body.a.__proto__ forbidden_key'],
  )
})

test('what is no schema, and options that there are not, are told', () => {
  for (const [args, expected] of [
    [[{ type: 'object' }, 1], /check\(\): schema: .*wrap a JSON Schema/],
    [[undefined, 1], /check\(\): schema: there is no schema/],
    [[Message, 1, { in: 'payload' }], /options\.in: is 'payload'; it may be 'params'/],
    [[Message, 1, { place: 'body' }], /options\.place: there is no such member/],
    [[Message, 1, { status: 409 }], /options\.status: is 409; it may be 400, 422/],
  ] as const) {
    assert.throws(
      () => check(...(args as unknown as Parameters<typeof check>)),
      (error) => error instanceof ContractError && expected.test(error.message),
    )
  }
})

for (const { name: vendor, user, slow } of VENDORS) {
  test(`${vendor}: a value is checked without a promise, and with one where the schema needs it`, async () => {
    assert.ok(refused(() => check(user, {})).includes('body.name required'))
    if (slow === null) return
    assert.deepEqual(await check(slow, { name: 'ok' }), { name: 'ok' })
    await assert.rejects(Promise.resolve(check(slow, { name: 'no' })), (error) => linesOf(error).length === 1)
  })
}

for (const { name, express } of FRAMEWORKS) {
  test(`${name}: an error of a service brings issues, status, code, detail and fields of its own`, async (t) => {
    const app = express()
    app.set('env', 'test')
    app.use(express.json())
    app.post('/taken', validate({ body: z.object({ sku: z.string() }) }), () => {
      throw new ValidationError([{ in: 'body', path: ['sku'], code: 'not_unique', message: 'is taken' }], {
        status: 409,
        code: 'SKU_TAKEN',
        detail: 'The SKU A-1 is taken',
        headers: { 'Retry-After': '7' },
        cause: new Error('unique constraint'),
      })
    })
    app.post('/changed', () => {
      throw new ValidationError(
        [{ in: 'headers', path: ['If-Match'], code: 'required', message: 'is missing' }],
        428,
      )
    })
    app.use(problems({ messages: { de: { not_unique: (issue) => `vergeben ${issue.details.value}` } } }))
    const ask = await asking(t, app)
    const taken = await ask('/taken', { json: { sku: 'A-1' } })
    assert.equal(taken.status, 409)
    assert.equal(taken.headers.get('retry-after'), '7')
    assert.deepEqual(taken.body, {
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'The SKU A-1 is taken',
      issues: [{ in: 'body', path: ['sku'], code: 'not_unique', message: 'vergeben undefined' }],
    })
    const changed = await ask('/changed', { json: {} })
    assert.equal(changed.status, 428)
    assert.equal(changed.body.detail, 'headers["If-Match"]: is missing')
    assert.deepEqual(lines(changed), ['headers.If-Match required'])
  })
}

test('an error of an application has its code and its message, and a status of an error', () => {
  const cause = new Error('c')
  const error = new ValidationError([], { code: 'OWN', detail: 'own words', status: 503, cause })
  assert.deepEqual(
    [error.code, error.message, error.status, error.statusCode, error.expose, error.cause],
    ['OWN', 'own words', 503, 503, false, cause],
  )
  for (const status of [200, 399, 600, 400.5, Number.NaN]) {
    assert.throws(() => new ValidationError([], { status }), /status is .*; it is a whole number from 400/)
  }
})
