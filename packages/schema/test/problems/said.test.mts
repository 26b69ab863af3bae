import assert from 'node:assert/strict'
import test from 'node:test'
import { z } from 'zod'
import { problems, type ProblemsOptions, ValidationError, validate } from '#dist/index.js'
import { asking, lines } from '../support/asking.mjs'
import { FRAMEWORKS } from '../support/frameworks.mjs'

class Sold extends Error {
  readonly status = 409
  readonly sku = 'A-1'
}

/** As an application with kinds of problems of its own says them. */
const problemOf: NonNullable<ProblemsOptions['problemOf']> = (error, found) => {
  const { code, type } = error as { code?: string; type?: string }
  const kind = error instanceof Sold ? 'SOLD' : (type ?? code ?? 'OTHER')
  const own = error instanceof Sold ? { sku: error.sku, title: 'Sold' } : {}
  return {
    type: `/problems/${kind}`,
    code: kind,
    ...own,
    headers: { 'Cache-Control': 'no-store', Allow: ['GET', 'PUT'] },
    issues: found.issues,
  }
}

for (const { name, express } of FRAMEWORKS) {
  /** An application where `/` does `handle`. */
  const failing = (handle: (...args: any[]) => unknown, options: ProblemsOptions, env = 'test') => {
    const app = express()
    app.set('env', env)
    app.use(express.json({ limit: 100 }))
    app.all('/', handle)
    app.post('/valid', validate({ body: z.object({ n: z.number() }) }))
    app.use(problems.notFound())
    app.use(problems(options))
    return app
  }
  const throwing = (error: unknown) => (): never => {
    throw error
  }

  test(`${name}: an application says which problem an error is, with members and fields of its own`, async (t) => {
    const ask = await asking(t, failing(throwing(new Sold('none left')), { problemOf }))
    const answer = await ask('/')
    assert.equal(answer.status, 409)
    assert.equal(answer.type, 'application/problem+json; charset=utf-8')
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    assert.equal(answer.headers.get('allow'), 'GET, PUT')
    assert.deepEqual(answer.body, {
      type: '/problems/SOLD',
      title: 'Sold',
      status: 409,
      detail: 'none left',
      code: 'SOLD',
      sku: 'A-1',
    })
  })

  test(`${name}: a title has letters that no reason phrase can have`, async (t) => {
    for (const title of ['Ausverkauft – leider', '在庫切れ', 'two\r\nlines: x']) {
      const ask = await asking(t, failing(throwing(new Sold('none left')), { problemOf: () => ({ title }) }))
      const answer = await ask('/')
      assert.deepEqual([answer.status, answer.body.title], [409, title])
    }
  })

  test(`${name}: every error of the package and of body-parser has a name that stays`, async (t) => {
    const ask = await asking(t, failing(throwing(new Sold('none left')), { problemOf }))
    for (const [path, question, status, kind, issues] of [
      ['/valid', { json: {} }, 400, 'NOZOMI_SCHEMA_INVALID', ['body.n required']],
      ['/valid', { json: '{' }, 400, 'entity.parse.failed', ['body malformed']],
      ['/valid', { json: { n: 'x'.repeat(200) } }, 413, 'entity.too.large', ['body too_big']],
      ['/valid', { body: 'x' }, 415, 'NOZOMI_SCHEMA_MEDIA_TYPE', ['headers.content-type not_allowed']],
      ['/nowhere', {}, 404, 'NOZOMI_SCHEMA_NOT_FOUND', []],
    ] as const) {
      const answer = await ask(path, question)
      assert.deepEqual(
        [answer.status, answer.body.type, lines(answer)],
        [status, `/problems/${kind}`, issues],
      )
      assert.equal(answer.headers.get('cache-control'), 'no-store')
    }
  })

  test(`${name}: where an application says nothing of an error, the error is asked itself`, async (t) => {
    const error = Object.assign(new Error('x'), {
      status: 429,
      headers: { 'Retry-After': '1', 'X-Kept': 'yes' },
      toProblem: () => ({ type: '/own', headers: { 'Retry-After': '7' } }),
    })
    for (const said of [null, undefined]) {
      const ask = await asking(t, failing(throwing(error), { problemOf: () => said, type: () => '/option' }))
      const answer = await ask('/')
      assert.deepEqual(answer.body, {
        type: '/own',
        title: 'Too Many Requests',
        status: 429,
        detail: 'x',
      })
      assert.equal(answer.headers.get('retry-after'), '7')
      assert.equal(answer.headers.get('x-kept'), 'yes')
    }
    const ask = await asking(t, failing(throwing(error), { problemOf: () => ({ type: '/said' }) }))
    assert.equal((await ask('/')).body.type, '/said')
  })

  test(`${name}: a problem may be given another status, and lose members`, async (t) => {
    const error = new ValidationError([{ in: 'query', path: ['q'], code: 'custom', message: 'm' }])
    const said = { status: 422, detail: undefined, issues: undefined }
    const answer = await (await asking(t, failing(throwing(error), { problemOf: () => said })))('/')
    assert.equal(answer.status, 422)
    assert.deepEqual(answer.body, { type: 'about:blank', title: 'Unprocessable Entity', status: 422 })
    for (const status of [200, 700, 404.5]) {
      const wrong = await (await asking(t, failing(throwing(error), { problemOf: () => ({ status }) })))('/')
      assert.deepEqual([wrong.status, wrong.body.status], [400, 400])
    }
  })

  test(`${name}: in production a 5xx tells what the application says, and nothing of the error`, async (t) => {
    const error = Object.assign(new Error('password'), {
      status: 409,
      toProblem: () => ({ status: 503, detail: 'password' }),
    })
    const onError = () => {}
    const hidden = await asking(t, failing(throwing(error), { onError }, 'production'))
    assert.deepEqual((await hidden('/')).body, {
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
    })
    const options = {
      onError,
      problemOf: () => ({ status: 503, code: 'DOWN', headers: { 'Retry-After': 7 } }),
    }
    const answer = await (await asking(t, failing(throwing(error), options, 'production')))('/')
    assert.equal(answer.headers.get('retry-after'), '7')
    assert.deepEqual(answer.body, {
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      code: 'DOWN',
    })
  })

  test(`${name}: an application that fails to say a problem is told so, and the error is answered without it`, async (t) => {
    for (const [problemOf, expected] of [
      [throwing(new Error('a bug')), /a bug/],
      [async () => Promise.reject(new Error('later')), /gave a promise/],
      [() => 'text', /gave a string/],
    ] as const) {
      const told: unknown[] = []
      const options = { problemOf: problemOf as never, onError: (error: unknown) => told.push(error) }
      const answer = await (await asking(t, failing(throwing(new Sold('none left')), options)))('/')
      assert.deepEqual([answer.status, answer.body.detail], [409, 'none left'])
      assert.match(String(told[0]), expected)
    }
  })

  test(`${name}: once an answer has begun the error is told, and goes to the handler after, unchanged`, async (t) => {
    const passed: unknown[] = []
    const told: unknown[] = []
    const error = new Error('broken')
    const app = failing(
      (_req, res) => {
        res.writeHead(200, { 'content-type': 'text/plain' })
        res.write('begun')
        throw error
      },
      { problemOf: () => assert.fail('asked'), onError: (one) => told.push(one) },
    )
    app.use((later: unknown, _req: unknown, res: any, _next: unknown) => {
      passed.push(later)
      res.end(' and ended')
    })
    const answer = await (await asking(t, app))('/')
    assert.deepEqual([answer.status, answer.body], [200, 'begun and ended'])
    assert.deepEqual(passed, [error])
    assert.deepEqual(told, [error])
  })
}

test('options of problems() that are no functions are refused', () => {
  for (const option of ['problemOf', 'type', 'instance', 'onError'])
    assert.throws(() => problems({ [option]: {} }), new RegExp(`\`${option}\` is object; give a function`))
})
