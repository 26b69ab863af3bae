import assert from 'node:assert/strict'
import { Agent, request } from 'node:http'
import test from 'node:test'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import multer from 'multer'
import { z } from 'zod'
import { problems, ValidationError, validate } from '#dist/index.js'
import { asking, echo, lines } from '../support/asking.mjs'
import { FRAMEWORKS } from '../support/frameworks.mjs'

for (const { name, express } of FRAMEWORKS) {
  /** An application where `/` does `handle`. */
  const failing = (handle: (req: any, res: any, next: any) => unknown, options = {}, env = 'test') => {
    const app = express()
    app.set('env', env)
    app.use(express.json({ limit: 100 }))
    app.all('/', handle)
    app.use(problems.notFound())
    app.use(problems(options))
    return app
  }
  const throwing = (error: unknown) => (): never => {
    throw error
  }

  test(`${name}: malformed JSON is a problem with its position`, async (t) => {
    const ask = await asking(t, failing(echo))
    for (const [text, line, column] of [
      ['{"a":}', 1, 6],
      ['{"a":1,}', 1, 8],
      ['{\n  "a": tru\n}', 2, 8],
      ['[1,2', 1, 5],
      ['{"a" 1}', 1, 6],
      ['["\u0001"]', 1, 3],
      ['[01]', 1, 3],
      ['[1]]', 1, 4],
    ] as const) {
      const answer = await ask('/', { json: text })
      assert.equal(answer.status, 400, text)
      assert.deepEqual(lines(answer), ['body malformed'], text)
      assert.match(answer.body.detail, new RegExp(`line ${line}, column ${column}$`), text)
      assert.equal('stack' in answer.body, false)
    }
  })

  test(`${name}: an error that says which problem it is keeps its members, but for a 5xx in production`, async (t) => {
    const outOfStock = (status: number) =>
      Object.assign(new Error('none left'), {
        status,
        toProblem: () => ({ type: 'https://example.com/out-of-stock', title: 'Out of stock', sku: 'A-1' }),
      })
    for (const env of ['development', 'production']) {
      const told = await (await asking(t, failing(throwing(outOfStock(409)), {}, env)))('/')
      assert.deepEqual(
        [told.status, told.body],
        [
          409,
          {
            type: 'https://example.com/out-of-stock',
            title: 'Out of stock',
            status: 409,
            detail: 'none left',
            sku: 'A-1',
          },
        ],
      )
    }
    const quiet = { onError: () => {} }
    const hidden = await (await asking(t, failing(throwing(outOfStock(503)), quiet, 'production')))('/')
    assert.deepEqual(hidden.body, { type: 'about:blank', title: 'Service Unavailable', status: 503 })
    const broken = Object.assign(new Error('broken'), {
      status: 400,
      toProblem() {
        throw new Error('no')
      },
    })
    const plain = await (await asking(t, failing(throwing(broken))))('/')
    assert.deepEqual([plain.status, plain.body.detail], [400, 'broken'])
  })

  test(`${name}: malformed JSON with a text of many megabytes is a problem with its position`, async (t) => {
    const app = express()
    app.use(express.json({ limit: '20mb' }), problems())
    const ask = await asking(t, app)
    for (const part of ['x', '\\n']) {
      const text = `["${part.repeat(9_000_000)}`
      const { body } = await ask('/', { json: text })
      assert.equal(body.detail, `The JSON of the body ends too early: line 1, column ${text.length + 1}`)
    }
  })

  test(`${name}: issues of a ValidationError of another instance of the package are told`, async (t) => {
    const issue = { in: 'body', path: ['a'], code: 'required', message: 'Required', details: {} }
    const error = new Error('the request is not valid')
    Object.assign(error, { status: 422, expose: true, code: 'NOZOMI_SCHEMA_INVALID', issues: [issue] })
    const answer = await (await asking(t, failing(throwing(error))))('/')
    assert.equal(answer.status, 422)
    assert.deepEqual(lines(answer), ['body.a required'])
  })

  test(`${name}: a body too large, of an unknown charset or content coding is a problem with an issue`, async (t) => {
    const ask = await asking(t, failing(echo))
    const large = await ask('/', { json: { text: 'x'.repeat(200) } })
    assert.equal(large.status, 413)
    assert.deepEqual(lines(large), ['body too_big'])
    const charset = await ask('/', {
      body: '{}',
      headers: { 'content-type': 'application/json; charset=nope' },
    })
    assert.equal(charset.status, 415)
    assert.deepEqual(lines(charset), ['headers.content-type not_allowed'])
    const coding = await ask('/', { json: {}, headers: { 'content-encoding': 'nope' } })
    assert.equal(coding.status, 415)
    assert.deepEqual(lines(coding), ['headers.content-encoding not_allowed'])
  })

  test(`${name}: a body that is not coded as it says is a problem with an issue`, async (t) => {
    const ask = await asking(t, failing(echo))
    const json = Buffer.from(JSON.stringify({ text: 'x'.repeat(50) }))
    for (const [coding, code] of [
      ['gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
    ] as const) {
      for (const body of [json, code(json).subarray(0, -6)]) {
        const headers = { 'content-type': 'application/json', 'content-encoding': coding }
        const answer = await ask('/', { body, headers })
        assert.equal(answer.status, 400)
        assert.deepEqual(lines(answer), ['body malformed'])
        assert.equal(answer.body.detail, 'The body is not coded as its Content-Encoding says')
      }
    }
    const own = Object.assign(new Error('unexpected end of file'), { code: 'Z_BUF_ERROR', errno: -5 })
    const failed = await asking(t, failing(throwing(own), { onError: () => {} }))
    assert.deepEqual([(await failed('/')).status, lines(await failed('/'))], [500, []])
  })

  test(`${name}: a connection whose body was too large takes the next request`, async (t) => {
    const app = failing(echo)
    const ask = await asking(t, app)
    assert.equal((await ask('/', { json: 'x'.repeat(500_000) })).status, 413)
    assert.equal((await ask('/')).status, 200)
  })

  test(`${name}: what multer refuses is the client's, with the field`, async (t) => {
    const app = express()
    app.set('env', 'test')
    app.post('/', multer({ limits: { fileSize: 2 } }).single('avatar'), echo)
    app.use(problems())
    const ask = await asking(t, app)
    const form = new FormData()
    form.append('avatar', new Blob(['abc']), 'a.png')
    const large = await ask('/', { body: form })
    assert.equal(large.status, 413)
    assert.deepEqual(lines(large), ['files.avatar too_big'])
    const other = new FormData()
    other.append('other', new Blob(['a']), 'a.png')
    const unknown = await ask('/', { body: other })
    assert.equal(unknown.status, 400)
    assert.deepEqual(lines(unknown), ['files.other unknown_key'])
    const cut = { body: '--x\r\n', headers: { 'content-type': 'multipart/form-data; boundary=x' } }
    assert.equal((await ask('/', cut)).status, 400)
  })

  test(`${name}: what nothing answers is a problem too`, async (t) => {
    const ask = await asking(t, failing(echo))
    const answer = await ask('/nowhere?secret=1')
    assert.equal(answer.status, 404)
    assert.deepEqual(answer.body, {
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'nothing answers GET /nowhere',
    })
  })

  test(`${name}: OPTIONS is answered as without problems.notFound(), where a route has the path`, async (t) => {
    const build = (ends: (router: any) => void) => {
      const app = express()
      app.set('env', 'test')
      const inner = express.Router()
      inner.post('/ships/:id', echo)
      ends(inner)
      const mounted = express()
      mounted.set('env', 'test')
      mounted.delete('/crews', echo)
      ends(mounted)
      app.get('/users/:id', echo)
      app.route('/users/:id').put(echo)
      app.options('/own', (_req: unknown, _res: unknown, next: () => void) => next())
      app.all('/all', (_req: unknown, _res: unknown, next: () => void) => next())
      app.use('/in', inner)
      app.use('/app', mounted)
      ends(app)
      return app
    }
    const bare = await asking(
      t,
      build(() => {}),
    )
    const ask = await asking(
      t,
      build((router) => {
        router.use(problems.notFound())
        router.use(problems())
        router.get('/users/:id/later', echo)
      }),
    )
    for (const path of ['/users/1', '/users/1?a=b', '/in/ships/1', '/app/crews']) {
      const [one, other] = [await ask(path, { method: 'OPTIONS' }), await bare(path, { method: 'OPTIONS' })]
      assert.deepEqual([one.status, one.body, one.type], [200, other.body, other.type], path)
      assert.equal(one.headers.get('allow'), other.headers.get('allow'))
      assert.notEqual(one.headers.get('allow'), null)
    }
    for (const path of [
      '/',
      '/users',
      '/users/1/later',
      '/own',
      '/all',
      '/in/users/1',
      '/in/ships',
      '/app/users/1',
    ]) {
      const answer = await ask(path, { method: 'OPTIONS' })
      assert.deepEqual([answer.status, answer.body.code], [404, undefined], path)
      assert.equal(answer.body.detail, `nothing answers OPTIONS ${path}`)
    }
    assert.equal((await ask('/users/1', { method: 'PATCH' })).status, 404)
  })

  test(`${name}: of an error of the server nothing leaves in production, and elsewhere message and stack`, async (t) => {
    const told: unknown[] = []
    const onError = (error: unknown) => told.push(error)
    const error = Object.assign(new Error('password of the database'), { status: 503 })
    const ask = await asking(t, failing(throwing(error), { onError }, 'production'))
    assert.deepEqual((await ask('/')).body, {
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
    })
    assert.deepEqual(told, [error])
    const askHere = await asking(t, failing(throwing(error), {}))
    const { body } = await askHere('/')
    assert.equal(body.detail, 'password of the database')
    assert.match(body.stack[1], /problems\.test/)
  })

  test(`${name}: of a 4xx the message is told, unless the error does not want it`, async (t) => {
    for (const [fields, detail] of [
      [{ status: 409 }, 'taken'],
      [{ statusCode: 409, expose: true }, 'taken'],
      [{ status: 409, expose: false }, undefined],
    ] as const) {
      const error = Object.assign(new Error('taken'), fields)
      const ask = await asking(t, failing(throwing(error), {}, 'production'))
      const { status, body } = await ask('/')
      assert.equal(status, 409)
      assert.equal(body.detail, detail)
    }
  })

  test(`${name}: whatever was thrown is answered, with a status that there is`, async (t) => {
    const hostile = {
      get status() {
        throw new Error('no')
      },
      get message() {
        throw new Error('no')
      },
    }
    for (const [thrown, status] of [
      ['a text', 500],
      [42, 500],
      [Symbol('s'), 500],
      [{ status: 404 }, 404],
      [Object.create(null), 500],
      [hostile, 500],
      [Object.assign(new Error('x'), { status: 200 }), 500],
      [Object.assign(new Error('x'), { status: 999 }), 500],
      [Object.assign(new Error('x'), { status: '404' }), 500],
      [Object.assign(new Error('x'), { status: 404.5 }), 500],
      [Object.assign(new Error('x'), { status: 499 }), 499],
    ] as const) {
      const ask = await asking(t, failing(throwing(thrown), { onError: () => {} }))
      const answer = await ask('/')
      assert.equal(answer.status, status)
      assert.equal(answer.body.status, status)
    }
    const set = failing((_req, res) => {
      res.status(418)
      throw new Error('x')
    })
    assert.equal((await (await asking(t, set))('/')).status, 418)
  })

  test(`${name}: the headers of an error are sent, those that can't be are not, and stale ones are gone`, async (t) => {
    const error = Object.assign(new Error('later'), {
      status: 429,
      headers: { 'Retry-After': '7', 'X-Bad': 'a\r\nb', 'bad name': 'x' },
    })
    const app = failing((_req, res) => {
      res.set({ ETag: '"1"', 'Content-Encoding': 'br', 'X-Kept': 'yes', 'Content-Disposition': 'attachment' })
      throw error
    })
    const { headers } = await (await asking(t, app))('/')
    assert.equal(headers.get('retry-after'), '7')
    assert.equal(headers.get('x-kept'), 'yes')
    for (const field of ['x-bad', 'etag', 'content-encoding', 'content-disposition'])
      assert.equal(headers.get(field), null)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
  })

  test(`${name}: HEAD gets the fields and no body`, async (t) => {
    const ask = await asking(t, failing(throwing(Object.assign(new Error('taken'), { status: 409 }))))
    const head = await ask('/', { method: 'HEAD' })
    assert.equal(head.status, 409)
    assert.equal(head.type, 'application/problem+json; charset=utf-8')
    assert.equal(head.body, '')
    assert.ok(Number(head.headers.get('content-length')) > 10)
  })

  test(`${name}: once an answer has begun the connection ends`, async (t) => {
    const app = failing((_req, res) => {
      res.writeHead(200, { 'content-length': 100 })
      res.write('begun')
      throw new Error('x')
    })
    await assert.rejects(async () => (await asking(t, app))('/'))
  })

  test(`${name}: a client that has gone is not answered, and nothing fails`, async (t) => {
    const app = failing(async (_req, res) => {
      await new Promise((resolve) => res.on('close', resolve))
      throw new Error('too late')
    })
    const ask = await asking(t, app)
    const origin = await originOf(t, app)
    await new Promise<void>((resolve) => {
      const gone = request(origin, { agent: new Agent() })
      gone.on('error', () => resolve())
      gone.end()
      setTimeout(() => gone.destroy(), 50)
    })
    assert.equal((await ask('/nowhere')).status, 404)
  })

  test(`${name}: issues are told in the language of the client, where there are words for it`, async (t) => {
    const messages = {
      de: { required: 'fehlt', too_small: (issue: any) => `mindestens ${issue.details.minimum}` },
      fr: { required: 'est obligatoire' },
    }
    const app = express()
    app.set('env', 'test')
    app.get('/', validate({ query: z.object({ name: z.string(), page: z.number().min(1) }) }), echo)
    app.use(problems({ messages }))
    const ask = await asking(t, app)
    const german = await ask('/?page=0', { headers: { 'accept-language': 'de-AT, de;q=0.9, en;q=0.8' } })
    assert.deepEqual(
      german.body.issues.map((issue: any) => issue.message),
      ['fehlt', 'mindestens 1'],
    )
    assert.equal(german.body.detail, 'query.name: fehlt; query.page: mindestens 1')
    assert.equal(german.headers.get('content-language'), 'de')
    assert.match(german.headers.get('vary')!, /Accept-Language/)
    const french = await ask('/?page=0', { headers: { 'accept-language': 'fr' } })
    assert.equal(french.body.issues[0].message, 'est obligatoire')
    assert.match(french.body.issues[1].message, />=1/)
    const japanese = await ask('/?page=0', { headers: { 'accept-language': 'ja' } })
    assert.match(japanese.body.issues[0].message, /expected string/)
    assert.equal(japanese.headers.get('content-language'), null)
    assert.throws(() => problems({ messages, language: 'it' }), /"it".*de, fr/)
  })

  test(`${name}: type and instance of a problem can be told`, async (t) => {
    const options = {
      type: (_error: unknown, status: number) => (status === 409 ? 'https://example.com/taken' : undefined),
      instance: (req: any) => `/errors/${req.headers['x-id']}`,
    }
    const ask = await asking(
      t,
      failing(throwing(Object.assign(new Error('taken'), { status: 409 })), options),
    )
    const { body } = await ask('/', { headers: { 'x-id': '7' } })
    assert.equal(body.type, 'https://example.com/taken')
    assert.equal(body.instance, '/errors/7')
    assert.equal((await ask('/nowhere')).body.type, 'about:blank')
  })

  test(`${name}: an application's own ValidationError is told as ours, and no more than a hundred issues`, async (t) => {
    const issues = Array.from({ length: 250 }, (_, index) => ({
      in: 'body' as const,
      path: ['list', index, 'a b'],
      code: 'not_unique' as const,
      message: 'taken',
      details: { secret: 1 },
    }))
    const error = new ValidationError(issues, 422)
    assert.equal(error.code, 'NOZOMI_SCHEMA_INVALID')
    assert.match(error.message, /body\.list\[0\]\["a b"\]: taken; .*; and 245 more$/)
    const ask = await asking(t, failing(throwing(error)))
    const { status, body } = await ask('/')
    assert.equal(status, 422)
    assert.equal(body.issues.length, 100)
    assert.deepEqual(body.issues[7], {
      in: 'body',
      path: ['list', 7, 'a b'],
      code: 'not_unique',
      message: 'taken',
    })
  })
}

async function originOf(t: any, app: any): Promise<string> {
  const server = app.listen(0)
  await new Promise((resolve) => server.on('listening', resolve))
  t.after(() => server.close())
  return `http://127.0.0.1:${server.address().port}/`
}
