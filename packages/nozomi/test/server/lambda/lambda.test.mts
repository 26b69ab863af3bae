import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import nozomi from 'nozomi'
import { type Gateway, gateways, type Got, type Sent, stagedEvent } from './gateways.mjs'

function application() {
  const app = nozomi()
  app.set('env', 'test')
  return app
}

/** Answers with what it has heard. */
function echo() {
  const app = application()
  app.use(nozomi.json(), nozomi.urlencoded(), nozomi.text(), nozomi.raw({ type: '*/*' }))
  app.all('/{*path}', (req, res) => {
    const { method, url, query, headers, protocol, hostname, ip, body } = req
    const content = Buffer.isBuffer(body) ? body.toString('latin1') : body
    res.json({ method, url, query, headers, protocol, hostname, ip, body: content })
  })
  return app
}

type Ask = (sent?: Sent, context?: object) => Promise<Got>

function through(gateway: Gateway, app: unknown, options?: nozomi.LambdaOptions): Ask {
  const handler = nozomi.lambda(app as never, options)
  return async (sent = {}, context = {}) => gateway.got(await handler(gateway.event(sent), context))
}

const jsonOf = (got: Got) => JSON.parse(got.body.toString())

for (const [name, gateway] of Object.entries(gateways)) {
  const isSingle = name === 'a load balancer'
  const isDecoded = name.startsWith('an HTTP API')

  describe(`lambda(), behind ${name}`, () => {
    it('makes a request of an event, and a result of the answer', async () => {
      const got = await through(gateway, echo())({ path: '/books/7', query: 'a=1' })
      assert.equal(got.status, 200)
      assert.equal(got.headers['content-type'], 'application/json; charset=utf-8')
      assert.equal(got.isBase64Encoded, false)
      const { method, url, query, protocol, hostname, ip, headers } = jsonOf(got)
      assert.deepEqual(
        [method, url, query, protocol, hostname, ip],
        ['GET', '/books/7?a=1', { a: '1' }, 'https', 'api.example.test', '203.0.113.5'],
      )
      assert.equal(headers['x-forwarded-port'], '443')
      assert.equal(headers['content-length'], undefined)
    })

    it('keeps all values of a query, and what is encoded in it', async () => {
      const got = await through(gateway, echo())({ query: 'a=1&a=2&b=%C3%A4%26%2B%20x&c=' })
      const { query } = jsonOf(got)
      assert.deepEqual(query, { a: isSingle ? '2' : ['1', '2'], b: 'ä&+ x', c: '' })
    })

    it('keeps a path encoded, or encodes it', async () => {
      const ask = through(gateway, echo())
      const { url } = jsonOf(await ask({ path: '/a%20b/%C3%A4%3Fx%23y/100%25/z' }))
      assert.equal(url, '/a%20b/%C3%A4%3Fx%23y/100%25/z')
      const slash = jsonOf(await ask({ path: '/a%2Fb' }))
      assert.equal(slash.url, isDecoded ? '/a/b' : '/a%2Fb')
    })

    it('hands on fields of several values, and cookies', async () => {
      const headers: [string, string][] = [
        ['X-A', '1'],
        ['X-A', '2'],
        ['Cookie', 'a=1; b=2'],
      ]
      const heard = jsonOf(await through(gateway, echo())({ headers })).headers
      assert.equal(heard['x-a'].replace(' ', ''), isSingle ? '2' : '1,2')
      assert.equal(heard.cookie, 'a=1; b=2')
    })

    it('gives fields of several values, and cookies, to the client', async () => {
      const app = application()
      app.get('/', (_req, res) => {
        res.set('X-A', ['1', '2']).append('Vary', 'Accept').append('vary', 'Origin')
        res.cookie('a', '1').cookie('b', '2', { httpOnly: true }).cookie('c', '3').status(201).send('x')
      })
      const { status, headers, cookies } = await through(gateway, app)()
      assert.equal(status, 201)
      assert.equal(headers['x-a'], '1, 2')
      assert.equal(headers['vary'], 'Accept, Origin')
      assert.deepEqual(cookies, ['a=1; Path=/', 'b=2; Path=/; HttpOnly', 'c=3; Path=/'])
      for (const field of ['connection', 'keep-alive', 'transfer-encoding'])
        assert.equal(headers[field], undefined)
    })

    it('reads bodies of text and of bytes', async () => {
      const ask = through(gateway, echo())
      const headers = (type: string): [string, string][] => [
        ['Content-Type', type],
        ['Content-Length', '9999'],
      ]
      const post = async (type: string, body: string | Buffer) =>
        jsonOf(await ask({ method: 'POST', headers: headers(type), body })).body
      assert.deepEqual(await post('application/json', '{"a":"ä"}'), { a: 'ä' })
      assert.deepEqual(await post('application/x-www-form-urlencoded', 'a=1&b=2'), { a: '1', b: '2' })
      assert.equal(await post('text/plain', 'hällo'), 'hällo')
      assert.equal(await post('text/plain', Buffer.from('hällo')), 'hällo')
      assert.equal(await post('image/png', Buffer.from([0, 1, 254, 255])), '\u0000\u0001\u00fe\u00ff')
    })

    it('tells an empty body from none', async () => {
      const ask = through(gateway, echo())
      const empty = jsonOf(await ask({ method: 'POST', headers: [['Content-Length', '0']] }))
      assert.equal(empty.headers['content-length'], '0')
      assert.equal(jsonOf(await ask({ method: 'POST' })).headers['content-length'], undefined)
    })

    it('refuses a body over the limit of a parser with 413', async () => {
      const app = application()
      app.use(nozomi.json({ limit: 10 }))
      const got = await through(
        gateway,
        app,
      )({ method: 'POST', headers: [['Content-Type', 'application/json']], body: '{"a":"longer than that"}' })
      assert.equal(got.status, 413)
    })

    it('gives bytes as base64, and text as text', async () => {
      const app = application()
      const bytes = Buffer.from([0, 1, 2, 253, 254, 255])
      const html = '<p>ä</p>'
      app.get('/bytes', (_req, res) => void res.type('png').send(bytes))
      app.get(
        '/gzip',
        (_req, res) => void res.set('Content-Encoding', 'gzip').type('html').send(gzipSync(html)),
      )
      app.get('/html', (_req, res) => void res.send(html))
      app.get('/svg', (_req, res) => void res.type('svg').send('<svg/>'))
      app.get('/latin1', (_req, res) => {
        res.setHeader('Content-Type', 'text/plain; charset=iso-8859-1')
        res.end(Buffer.from('ä', 'latin1'))
      })
      app.get('/lie', (_req, res) => void res.type('text/plain').end(bytes))
      app.get('/untyped', (_req, res) => void res.end('text'))
      const ask = through(gateway, app)
      const cases: [string, boolean, Buffer][] = [
        ['/bytes', true, bytes],
        ['/gzip', true, gzipSync(html)],
        ['/html', false, Buffer.from(html)],
        ['/svg', false, Buffer.from('<svg/>')],
        ['/latin1', true, Buffer.from([0xe4])],
        ['/lie', true, bytes],
        ['/untyped', false, Buffer.from('text')],
      ]
      for (const [path, isBase64Encoded, body] of cases) {
        const got = await ask({ path })
        assert.equal(got.isBase64Encoded, isBase64Encoded, path)
        assert.deepEqual(got.body, body, path)
      }
    })

    it('gives no body for HEAD, 204 and 304', async () => {
      const app = application()
      app.get('/', (_req, res) => void res.send('hello'))
      app.get('/:status', (req, res) => void res.status(Number(req.params.status)).end())
      const ask = through(gateway, app)
      const head = await ask({ method: 'HEAD' })
      assert.deepEqual([head.status, head.headers['content-length'], head.body.length], [200, '5', 0])
      for (const status of [204, 304]) {
        const got = await ask({ path: `/${status}` })
        assert.deepEqual([got.status, got.body.length, got.isBase64Encoded], [status, 0, false])
      }
    })

    it('collects what is written in pieces', async () => {
      const app = application()
      app.get('/', async (_req, res) => {
        const piece = Buffer.from('one,')
        res.write(piece)
        await wait(5)
        piece.fill('x')
        res.write('two,')
        res.end('three')
      })
      assert.equal((await through(gateway, app)()).body.toString(), 'one,two,three')
    })

    it('answers errors, and what nobody handles', async () => {
      const app = application()
      app.get('/fail', () => {
        throw new Error('boom')
      })
      const ask = through(gateway, app)
      const failed = await ask({ path: '/fail' })
      assert.equal(failed.status, 500)
      assert.match(failed.body.toString(), /Error: boom/)
      assert.equal((await ask({ path: '/absent' })).status, 404)
    })

    it('shows handlers the event and the context', async () => {
      const app = application()
      let seen: nozomi.LambdaInvocation | undefined
      app.use((req, res) => {
        seen = req.lambda
        res.end()
      })
      const handler = nozomi.lambda(app)
      const event = gateway.event({})
      const context = { awsRequestId: '1' }
      await handler(event, context)
      assert.equal(seen!.event, event)
      assert.equal(seen!.context, context)
    })

    it('gives a request up before the function times out', async () => {
      const app = application()
      const heard: string[] = []
      app.get('/', (req, res) => {
        req.on('error', (error: any) => heard.push(error.code))
        res.on('close', () => heard.push(`closed, finished: ${res.writableFinished}`))
      })
      const aborted = new Promise((resolve) => {
        app.get(
          '/web',
          nozomi.web(async (request) => {
            request.signal.addEventListener('abort', resolve)
            await once(request.signal, 'abort')
          }),
        )
      })
      const context = { getRemainingTimeInMillis: () => 200 }
      const options = { timeoutMarginMs: 90 }
      const failure = {
        code: 'NOZOMI_LAMBDA_TIMEOUT',
        message: /GET \/ was not answered 90 ms before the function times out/,
      }
      await assert.rejects(through(gateway, app, options)({}, context), failure)
      await wait(5)
      assert.deepEqual(heard.toSorted(), ['ECONNRESET', 'closed, finished: false'])
      await assert.rejects(through(gateway, app, options)({ path: '/web' }, context), {
        code: 'NOZOMI_LAMBDA_TIMEOUT',
      })
      await aborted
    })

    it('fails when a handler destroys the response', async () => {
      const app = application()
      const cause = new Error('broken')
      app.get('/', (_req, res) => void res.destroy(cause))
      app.get('/later', (_req, res) => {
        res.write('x')
        setImmediate(() => res.destroy())
      })
      const ask = through(gateway, app)
      await assert.rejects(ask(), { code: 'NOZOMI_LAMBDA_ABORTED', cause })
      await assert.rejects(ask({ path: '/later' }), { code: 'NOZOMI_LAMBDA_ABORTED' })
    })

    it('fails for an answer that AWS would not take', async () => {
      const limit = name.includes('balancer') ? 1_048_576 : 6_291_556
      const app = application()
      app.get('/whole', (_req, res) => void res.send('x'.repeat(limit)))
      app.get('/bytes', (_req, res) => void res.send(Buffer.alloc(Math.ceil(limit * 0.75))))
      app.get('/fits', (_req, res) => void res.send('x'.repeat(limit - 2000)))
      let written = 0
      let closed: Promise<unknown> | undefined
      app.get('/pieces', async (_req, res) => {
        closed = once(res, 'close')
        while (!res.destroyed && !res.closed && written < 1000) {
          written++
          if (!res.write(Buffer.alloc(100_000)))
            await Promise.race([once(res, 'drain').catch(() => {}), closed])
        }
      })
      const ask = through(gateway, app)
      const failure = {
        code: 'NOZOMI_LAMBDA_TOO_LARGE',
        message: new RegExp(`takes ${limit} from a function`),
      }
      await assert.rejects(ask({ path: '/whole' }), failure)
      await assert.rejects(ask({ path: '/bytes' }), failure)
      await assert.rejects(ask({ path: '/pieces' }), failure)
      await closed
      assert(written < 100, `${written} pieces were written`)
      assert.equal((await ask({ path: '/fits' })).body.length, limit - 2000)
    })

    it('leaves nothing open behind an answer', async () => {
      const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length
      const before = timers()
      const context = { getRemainingTimeInMillis: () => 30_000 }
      const ask = through(gateway, echo())
      const got = await ask({ method: 'POST', headers: [['Content-Type', 'text/plain']], body: 'x' }, context)
      assert.equal(got.status, 200)
      assert.equal(timers(), before)
    })
  })
}

describe('lambda()', () => {
  const rest = gateways['a REST API'] as Gateway
  const http = gateways['an HTTP API'] as Gateway

  it('takes a router, and any listener for requests', async () => {
    const router = nozomi.Router()
    router.get('/a', (_req, res) => void res.send('router'))
    assert.equal((await through(rest, router)({ path: '/a' })).body.toString(), 'router')
    const listener = through(http, (req: any, res: any) => void res.end(req.url))
    assert.equal((await listener({ path: '/b' })).body.toString(), '/b')
  })

  it('is a handler of two parameters: AWS refuses those that take a callback', () => {
    assert.equal(nozomi.lambda(application()).length, 2)
  })

  it('cuts a prefix off the path', async () => {
    const cut = async (prefix: nozomi.LambdaOptions['prefix'], event: any) => {
      const got = http.got(await nozomi.lambda(echo(), { prefix })(event, {}))
      return jsonOf(got).url
    }
    assert.equal(await cut('/v1', http.event({ path: '/v1/books', query: 'a=1' })), '/books?a=1')
    assert.equal(await cut('/v1', http.event({ path: '/v1' })), '/')
    assert.equal(await cut('/v1', http.event({ path: '/v10/books' })), '/v10/books')
    assert.equal(await cut('stage', stagedEvent('dev', '/books')), '/books')
    assert.equal(await cut('stage', stagedEvent('dev', '')), '/')
    assert.equal(await cut('stage', http.event({ path: '/books' })), '/books')
    assert.equal(await cut(undefined, stagedEvent('dev', '/books')), '/dev/books')
  })

  it('lets options say what is binary', async () => {
    const app = application()
    app.get('/json', (_req, res) => void res.json({}))
    app.get('/gif', (_req, res) => void res.type('gif').send('GIF89a'))
    const asked = async (binary: nozomi.LambdaOptions['binary'], path: string) =>
      (await through(rest, app, { binary })({ path })).isBase64Encoded
    assert.deepEqual([await asked(true, '/json'), await asked(true, '/gif')], [true, true])
    assert.deepEqual([await asked(false, '/json'), await asked(false, '/gif')], [false, false])
    assert.deepEqual([await asked(['image/*'], '/json'), await asked(['image/*'], '/gif')], [false, true])
    const seen: string[][] = []
    const decide = (type: string, coding: string) => seen.push([type, coding]) > 0
    assert.equal(await asked(decide, '/json'), true)
    assert.deepEqual(seen, [['application/json; charset=utf-8', '']])
  })

  it('refuses options that can not be meant', () => {
    const cases: [object, RegExp][] = [
      [{ stage: 'x' }, /the option `stage`: there is no such option; there are prefix/],
      [{ prefix: 'v1' }, /`prefix`/],
      [{ prefix: '/v1/' }, /`prefix`/],
      [{ prefix: 1 }, /`prefix`/],
      [{ binary: 'image/png' }, /`binary`/],
      [{ binary: ['png'] }, /`binary`/],
      [{ streaming: 'yes' }, /`streaming`/],
      [{ timeoutMarginMs: -1 }, /`timeoutMarginMs`/],
    ]
    for (const [options, message] of cases) {
      assert.throws(() => nozomi.lambda(application(), options as never), {
        code: 'NOZOMI_LAMBDA_OPTION',
        message,
      })
    }
  })

  it('refuses events that are none of HTTP, and names what is wrong in one that is', async () => {
    const handler = nozomi.lambda(application())
    const event = rest.event({})
    const event2 = http.event({})
    const cases: [unknown, RegExp][] = [
      [undefined, /`event` is missing, and must be an object/],
      ['text', /`event` is "text"/],
      [[], /`event` is \[\]/],
      [{}, /`event` is empty, and must be one of HTTP/],
      [{ Records: [] }, /`event` is one with Records, and must be one of HTTP, with `httpMethod`/],
      [{ ...event, httpMethod: 1 }, /`httpMethod` is 1, and must be a string/],
      [{ ...event, httpMethod: 'FLY' }, /`method` is "FLY", and must be a method that node knows/],
      [{ ...event, path: undefined }, /`path` is missing, and must be a path that begins with a slash/],
      [{ ...event, path: 'books' }, /`path` is "books"/],
      [{ ...event, multiValueHeaders: { 'x-a': 'b' } }, /`multiValueHeaders.x-a` is "b", and must be a list/],
      [
        { ...event, multiValueHeaders: null, headers: { 'x-a': 1 } },
        /`headers.x-a` is 1, and must be a string/,
      ],
      [
        { ...event, multiValueHeaders: { 'a b': ['1'] } },
        /`headers` is one with "a b", and must be one of names of fields/,
      ],
      [
        { ...event, multiValueHeaders: { 'x-a': ['b\r\nx-c: d'] } },
        /`headers.x-a` is "b\\r\\nx-c: d", and must be a value without line ends/,
      ],
      [{ ...event2, cookies: ['a=1\n'] }, /`headers.cookie` is "a=1\\n"/],
      [{ ...event, multiValueQueryStringParameters: 'a=1' }, /`multiValueQueryStringParameters` is "a=1"/],
      [{ ...event, requestContext: 'x' }, /`requestContext` is "x", and must be an object/],
      [{ ...event, body: {} }, /`body` is {}, and must be a string/],
      [{ ...event, isBase64Encoded: 'no' }, /`isBase64Encoded` is "no", and must be true or false/],
      [{ ...event, body: 'no base64!', isBase64Encoded: true }, /`body` is no base64/],
      [{ ...event2, rawPath: undefined }, /`rawPath` is missing/],
      [{ ...event2, cookies: 'a=1' }, /`cookies` is "a=1", and must be a list of strings/],
      [{ ...event2, requestContext: undefined }, /`requestContext` is missing, and must be an object/],
      [{ ...event2, requestContext: {} }, /`requestContext.http` is missing, and must be an object/],
      [{ ...event2, requestContext: { http: {} } }, /`requestContext.http.method` is missing/],
    ]
    for (const [malformed, message] of cases) {
      await assert.rejects(handler(malformed, {}), { code: 'NOZOMI_LAMBDA_EVENT', message })
    }
  })

  it('takes events with less in them, as consoles and tests send them', async () => {
    const handler = nozomi.lambda(echo())
    const asked = async (event: object) => JSON.parse((await handler(event, undefined)).body)
    const first = await asked({
      httpMethod: 'GET',
      path: '/a',
      headers: null,
      queryStringParameters: { b: '1' },
    })
    assert.deepEqual(
      [first.url, first.protocol, first.hostname, first.ip],
      ['/a?b=1', 'https', undefined, ''],
    )
    const second = await asked({ version: '2.0', rawPath: '/a', requestContext: { http: { method: 'GET' } } })
    assert.equal(second.url, '/a')
    const health = await asked({
      requestContext: { elb: { targetGroupArn: 'arn' } },
      httpMethod: 'GET',
      path: '/',
      queryStringParameters: {},
      headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
      body: '',
      isBase64Encoded: false,
    })
    assert.equal(health.headers['user-agent'], 'ELB-HealthChecker/2.0')
  })

  it('takes a clock that says nothing of it for none, and gives a short function half of its time', async () => {
    const app = application()
    app.get('/', async (_req, res) => {
      await wait(60)
      res.send('late')
    })
    const ask = through(rest, app)
    for (const left of [0, -1, Number.NaN, undefined as never]) {
      assert.equal((await ask({}, { getRemainingTimeInMillis: () => left })).status, 200)
    }
    await assert.rejects(ask({}, { getRemainingTimeInMillis: () => 20 }), {
      code: 'NOZOMI_LAMBDA_TIMEOUT',
      message: / 10 ms before/,
    })
    assert.equal((await ask({}, { getRemainingTimeInMillis: () => 200 })).status, 200)
  })

  it('takes the scheme from the gateway', async () => {
    const balancer = gateways['a load balancer'] as Gateway
    const plain = await through(balancer, echo())({ headers: [['X-Forwarded-Proto', 'http']] })
    assert.equal(jsonOf(plain).protocol, 'http')
  })

  it('believes of a client what the load balancer has seen itself', async () => {
    const balancer = gateways['a load balancer with multi-value fields'] as Gateway
    const got = await through(
      balancer,
      echo(),
    )({ headers: [['X-Forwarded-For', '198.51.100.1, 198.51.100.2']] })
    assert.equal(jsonOf(got).ip, '203.0.113.5')
  })

  it('answers requests at the same time', async () => {
    const app = application()
    app.get('/:id', async (req, res) => {
      await wait(Number(req.params.id) % 3)
      res.send(req.params.id)
    })
    const ask = through(rest, app)
    const ids = Array.from({ length: 50 }, (_, index) => String(index))
    const bodies = await Promise.all(ids.map(async (id) => (await ask({ path: `/${id}` })).body.toString()))
    assert.deepEqual(bodies, ids)
  })

  it('fails with what a listener throws', async () => {
    const listener = () => {
      throw new Error('boom')
    }
    await assert.rejects(nozomi.lambda(listener)(rest.event({}), {}), { message: 'boom' })
  })

  it('gives the same answer as a server', async (t) => {
    const app = application()
    app.get('/', (_req, res) => void res.set('X-A', ['1', '2']).cookie('a', '1').json({ a: 'ä' }))
    const server = createServer(app).listen(0, '127.0.0.1')
    t.after(() => server.close())
    await once(server, 'listening')
    const { port } = server.address() as { port: number }
    const response = await fetch(`http://127.0.0.1:${port}/`, { headers: { Connection: 'close' } })
    const got = await through(rest, app)()
    const served: Record<string, string> = {}
    for (const [field, value] of response.headers) {
      if (!['connection', 'date', 'set-cookie'].includes(field)) served[field] = value
    }
    delete got.headers['date']
    assert.deepEqual(got.headers, served)
    assert.deepEqual(got.cookies, response.headers.getSetCookie())
    assert.equal(got.body.toString(), await response.text())
  })
})
