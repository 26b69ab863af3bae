import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'

/** An application that answers with what it has heard. */
function echo() {
  const app = nozomi()
  app.set('env', 'test')
  app.use(nozomi.json(), nozomi.urlencoded(), nozomi.text(), nozomi.raw({ type: '*/*' }))
  app.all('/{*path}', (req, res) => {
    const { method, url, body, headers, protocol, ip } = req
    res.json({
      method,
      url,
      headers,
      protocol,
      ip,
      body: Buffer.isBuffer(body) ? body.toString('latin1') : body,
    })
  })
  return app
}

describe('app.inject', () => {
  it('asks for / by default, as a client on this machine would', async () => {
    const answer = await echo().inject()
    assert.equal(answer.status, 200)
    assert.deepEqual(answer.json(), {
      method: 'GET',
      url: '/',
      headers: { host: 'localhost' },
      protocol: 'http',
      ip: '127.0.0.1',
    })
  })

  it('takes method, path, query, fields, cookies and address', async () => {
    const answer = await echo().inject({
      method: 'post',
      url: '/a?b=1',
      query: { c: [1, 2], d: undefined, e: 'ä&' },
      headers: { 'X-One': '1', accept: ['a/b', 'c/d'] },
      cookies: { session: 'a;b' },
      remoteAddress: '::1',
    })
    const { method, url, headers, ip } = answer.json()
    assert.equal(method, 'POST')
    assert.equal(url, '/a?b=1&c=1&c=2&e=%C3%A4%26')
    assert.deepEqual(headers, {
      host: 'localhost',
      'x-one': '1',
      accept: 'a/b, c/d',
      cookie: 'session=a%3Bb',
    })
    assert.equal(ip, '::1')
  })

  it('takes host and protocol from an absolute URL', async () => {
    const { url, headers, protocol } = (await echo().inject('https://example.test:8443/x?y#z')).json()
    assert.deepEqual([url, headers.host, protocol], ['/x?y', 'example.test:8443', 'https'])
  })

  const form = new FormData()
  form.set('name', 'Ada')
  const bodies: [string, unknown, string | RegExp | undefined, unknown][] = [
    ['text', 'hello', 'text/plain;charset=UTF-8', 'hello'],
    ['bytes', Buffer.from('hello'), 'a/b', 'hello'],
    ['an ArrayBuffer', new Uint8Array([104, 105]).buffer, 'a/b', 'hi'],
    ['an object', { a: [1] }, 'application/json', { a: [1] }],
    ['a list', [1, 2], 'application/json', [1, 2]],
    ['a number', 1, 'application/json', undefined],
    [
      'a form',
      new URLSearchParams('a=1&b=ä'),
      'application/x-www-form-urlencoded;charset=UTF-8',
      { a: '1', b: 'ä' },
    ],
    ['a form with parts', form, /^multipart\/form-data; boundary=/, /name="name"\r\n\r\nAda/],
    ['a blob', new Blob(['hi'], { type: 'a/b' }), 'a/b', 'hi'],
    ['a stream', Readable.from(['he', Buffer.from('llo')]), 'a/b', 'hello'],
  ]
  for (const [what, body, type, heard] of bodies) {
    it(`sends ${what}`, async () => {
      const headers = type === 'a/b' ? { 'Content-Type': type } : {}
      const answer = await echo().inject({ method: 'POST', url: '/', headers, body })
      if (what === 'a number') {
        // The parser is strict, and says so: what was sent is JSON.
        assert.equal(answer.status, 400)
        return
      }
      const { headers: sent, body: found } = answer.json()
      if (type instanceof RegExp) assert.match(sent['content-type'], type)
      else assert.equal(sent['content-type'], type)
      if (heard instanceof RegExp) assert.match(found, heard)
      else assert.deepEqual(found, heard)
      assert.equal('transfer-encoding' in sent, what === 'a stream')
    })
  }

  it('gives status, fields, cookies, body and trailers', async () => {
    const app = nozomi()
    app.get('/', (_req, res) => {
      res.status(201).cookie('a', 'b c', { httpOnly: true, maxAge: 2000, sameSite: 'lax' }).cookie('d', 'e')
      res.append('X-Many', '1').append('X-Many', '2')
      res.write('héllo')
      res.addTrailers({ 'X-Sum': '1' })
      res.end()
    })
    const answer = await app.inject('/')
    assert.equal(answer.status, 201)
    assert.equal(answer.statusCode, 201)
    assert.equal(answer.statusMessage, 'Created')
    assert.equal(answer.headers['x-many'], '1, 2')
    assert.equal(answer.get('X-Powered-By'), 'Express')
    assert.deepEqual(answer.rawHeaders.slice(0, 2), ['X-Powered-By', 'Express'])
    assert.equal(answer.text(), 'héllo')
    assert.equal(answer.body, 'héllo')
    assert.deepEqual(answer.buffer(), Buffer.from('héllo'))
    assert.deepEqual({ ...answer.trailers }, { 'x-sum': '1' })
    const [first, second] = answer.cookies
    const { expires, ...rest } = first!
    assert.deepEqual(rest, { name: 'a', value: 'b c', maxAge: 2, path: '/', httpOnly: true, sameSite: 'Lax' })
    assert(expires instanceof Date && expires.getTime() > Date.now())
    assert.deepEqual(second, { name: 'd', value: 'e', path: '/' })
  })

  it('says nothing of a connection that there is not', async () => {
    const app = nozomi()
    app.get('/', (_req, res) => {
      res.set('Connection', 'close')
      res.write('in pieces')
      res.end()
    })
    const names = Object.keys((await app.inject('/')).headers)
    assert.deepEqual(names, ['x-powered-by', 'date'])
  })

  it('gives no body to HEAD, and none with 204 and 304', async () => {
    const app = nozomi()
    app.get('/', (_req, res) => void res.send('hello'))
    app.get('/204', (_req, res) => void res.status(204).send('dropped'))
    const head = await app.inject({ method: 'HEAD', url: '/' })
    assert.deepEqual([head.status, head.headers['content-length'], head.text()], [200, '5', ''])
    assert.deepEqual([(await app.inject('/204')).status, (await app.inject('/204')).text()], [204, ''])
    const etag = (await app.inject('/')).headers['etag'] as string
    const fresh = await app.inject({ url: '/', headers: { 'If-None-Match': etag } })
    assert.deepEqual([fresh.status, fresh.text()], [304, ''])
  })

  it('notes 1xx answers', async () => {
    const app = nozomi()
    app.get('/', (_req, res) => {
      res.writeEarlyHints({ link: '</a.css>; rel=preload' })
      res.writeProcessing()
      res.send('x')
    })
    const { informations } = await app.inject('/')
    assert.deepEqual(
      informations.map(({ status, headers }) => [status, { ...headers }]),
      [
        [103, { link: '</a.css>; rel=preload' }],
        [102, {}],
      ],
    )
  })

  it('tells a client that waits for it to go on when its body is read', async () => {
    const headers = { Expect: '100-continue', 'Content-Type': 'text/plain' }
    const read = await echo().inject({ method: 'POST', url: '/', headers, body: 'x' })
    assert.deepEqual(
      read.informations.map(({ status }) => status),
      [100],
    )
    const refusing = nozomi()
    refusing.post('/', (_req, res) => void res.sendStatus(403))
    const refused = await refusing.inject({ method: 'POST', url: '/', headers, body: 'x' })
    assert.deepEqual([refused.status, refused.informations], [403, []])
  })

  it('has the events of request and response in node’s order', async () => {
    const app = nozomi()
    const ofRequest: string[] = []
    const ofResponse: string[] = []
    app.post('/', (req, res) => {
      for (const event of ['end', 'close']) req.on(event, () => ofRequest.push(event))
      for (const event of ['prefinish', 'finish', 'close']) res.on(event, () => ofResponse.push(event))
      req.resume().on('end', () => {
        res.end('x')
        ofResponse.push(`ended ${res.writableEnded} ${res.headersSent}`)
      })
    })
    await app.inject({ method: 'POST', url: '/', body: 'x' })
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(ofRequest, ['end', 'close'])
    assert.deepEqual(ofResponse, ['prefinish', 'ended true true', 'finish', 'close'])
  })

  it('is never answered in the turn of the caller', async () => {
    const app = nozomi()
    let isCalled = false
    app.get('/', (_req, res) => {
      isCalled = true
      res.end()
    })
    const answer = app.inject('/').then(() => null)
    assert.equal(isCalled, false)
    await answer
    assert.equal(isCalled, true)
  })

  it('streams an answer, and stops a handler that writes faster than it is read', async () => {
    const app = nozomi()
    let written = 0
    let closed: Promise<unknown> | undefined
    app.get('/', async (_req, res) => {
      closed = once(res, 'close')
      const lost = new AbortController()
      void closed.then(() => lost.abort())
      while (!lost.signal.aborted && written < 10_000) {
        written++
        if (!res.write(Buffer.alloc(20_000))) await once(res, 'drain', lost).catch(() => {})
      }
      res.end()
    })
    const answer = await app.inject({ url: '/', stream: true })
    assert.throws(() => answer.text(), { code: 'NOZOMI_INJECT_STREAMED' })
    const [piece] = await once(answer.stream!, 'data')
    assert.equal(piece.length, 20_000)
    answer.stream!.pause()
    await new Promise((resolve) => setTimeout(resolve, 20))
    const waiting = written
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.equal(written, waiting, 'the handler waits')
    answer.stream!.destroy()
    await closed
    assert(written < 100, `${written} pieces were written`)
  })

  it('reads a body no faster than the handler does', async () => {
    const app = nozomi()
    let given = 0
    async function* pieces() {
      for (; given < 1000; given++) yield Buffer.alloc(20_000)
    }
    app.post('/', async (req, res) => {
      await once(req, 'readable')
      await new Promise((resolve) => setTimeout(resolve, 20))
      const early = given
      let bytes = 0
      for await (const piece of req) bytes += piece.length
      res.json({ early, bytes })
    })
    const { early, bytes } = (await app.inject({ method: 'POST', url: '/', body: pieces() })).json()
    assert(early < 20, `${early} pieces were taken before anybody read`)
    assert.equal(bytes, 20_000_000)
  })

  it('takes no more of a body when the answer is out', async () => {
    const app = nozomi()
    app.post('/', (_req, res) => void res.sendStatus(413))
    let isReturned = false
    async function* endless() {
      try {
        for (;;) yield Buffer.alloc(1000)
      } finally {
        isReturned = true
      }
    }
    const answer = await app.inject({ method: 'POST', url: '/', body: endless() })
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual([answer.status, isReturned], [413, true])
  })

  it('goes away by a signal: the handler sees a client that has gone', async () => {
    const app = nozomi()
    const controller = new AbortController()
    const seen: string[] = []
    let over: Promise<unknown> | undefined
    app.get('/', (req, res) => {
      req.on('aborted', () => seen.push('req aborted'))
      req.on('error', (error: NodeJS.ErrnoException) => seen.push(`req ${error.code}`))
      res.on('close', () => seen.push(`res close ${res.writableFinished} ${res.destroyed}`))
      over = once(res, 'close')
      setImmediate(() => controller.abort(new Error('enough')))
    })
    await assert.rejects(async () => app.inject({ url: '/', signal: controller.signal }), {
      message: 'enough',
    })
    await over
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(seen.toSorted(), ['req ECONNRESET', 'req aborted', 'res close false true'])
  })

  it('is rejected when a body fails on its way, and the handler sees a client that has gone', async () => {
    const app = nozomi()
    const failure = new Error('no more')
    app.post('/', (req) => void req.on('error', () => {}).resume())
    async function* failing() {
      yield 'a'
      throw failure
    }
    await assert.rejects(async () => app.inject({ method: 'POST', url: '/', body: failing() }), failure)
  })

  it('is rejected when the handler destroys the response', async () => {
    const app = nozomi()
    const cause = new Error('broken')
    app.get('/before', (_req, res) => void res.destroy(cause))
    app.get('/after', (_req, res) => {
      res.write('x')
      setImmediate(() => res.socket!.destroy())
    })
    await assert.rejects(async () => app.inject('/before'), { code: 'NOZOMI_INJECT_ABORTED', cause })
    await assert.rejects(async () => app.inject('/after'), {
      code: 'NOZOMI_INJECT_ABORTED',
      message: /all of it/,
    })
  })

  it('leaves the rest of a body when the handler has destroyed the response', async () => {
    const app = nozomi()
    app.post('/', (req, res) => void req.on('error', () => {}).once('data', () => res.destroy()))
    let isLeft: (value: unknown) => void = () => {}
    const left = new Promise((resolve) => {
      isLeft = resolve
    })
    async function* endless() {
      try {
        for (;;) {
          yield 'more'
          await new Promise(setImmediate)
        }
      } finally {
        isLeft(null)
      }
    }
    await assert.rejects(async () => app.inject({ method: 'POST', url: '/', body: endless() }), {
      code: 'NOZOMI_INJECT_ABORTED',
    })
    await left
  })

  it('breaks a streamed answer off when it is aborted, or the body of the request fails', async () => {
    const app = nozomi()
    app.post('/', (req, res) => {
      req.on('error', () => {}).resume()
      res.write('part')
    })
    const controller = new AbortController()
    const reason = new Error('enough')
    const { signal } = controller
    const aborted = await app.inject({ method: 'POST', url: '/', stream: true, signal })
    controller.abort(reason)
    await assert.rejects(text(aborted.stream!), reason)

    const failure = new Error('no more')
    let fail = (): void => {}
    async function* failing() {
      yield 'a'
      await new Promise<void>((resolve) => {
        fail = resolve
      })
      throw failure
    }
    const broken = await app.inject({ method: 'POST', url: '/', stream: true, body: failing() })
    fail()
    await assert.rejects(text(broken.stream!), failure)
  })

  it('hears time-outs that a handler sets', async () => {
    const app = nozomi()
    app.get('/', (req, res) => void req.setTimeout(5, () => res.status(503).end()))
    app.get('/unheard', (req) => void req.setTimeout(5))
    assert.equal((await app.inject('/')).status, 503)
    await assert.rejects(async () => app.inject('/unheard'), { code: 'NOZOMI_INJECT_ABORTED' })
  })

  const wrong: [string, object | string, RegExp][] = [
    ['an unknown option', { payload: 1 }, /`payload`: there is no such option; there are url, method/],
    ['a path without its slash', 'users', /`url`: "users" is no path that starts with "\/"/],
    ['another scheme', 'ftp://x/', /`url`: "ftp:\/\/x\/"/],
    ['a path that is not encoded', '/ä', /`url`: "\/ä" has a character that must be percent-encoded/],
    ['a method that node does not know', { method: 'FETCH' }, /`method`: "FETCH" is no method/],
    ['a name that is no token', { headers: { 'a b': '1' } }, /`headers`: "a b" is no name of a field/],
    ['a line end in a value', { headers: { a: 'x\r\ny: z' } }, /`headers`: the value of a, "x\\r\\ny: z"/],
    ['headers that are no object', { headers: 'a: b' }, /`headers`: is "a: b", and no object/],
    ['an object in the query', { query: { a: { b: 1 } } }, /`query`: the value of "a" is an object/],
    ['a cookie without a name', { cookies: { 'a=b': '1' } }, /`cookies`: "a=b" is no name of a cookie/],
    ['a function as body', { body: () => 1 }, /`body`: .* can't be sent/],
    ['a circle as body', { body: circle() }, /`body`: can't be written as JSON: .*circular/s],
  ]
  for (const [what, options, message] of wrong) {
    it(`refuses ${what}, and calls nobody`, async () => {
      const app = nozomi()
      app.use(() => assert.fail('was called'))
      await assert.rejects(async () => app.inject(options), {
        code: 'NOZOMI_INJECT_OPTION',
        status: 500,
        message,
      })
    })
  }
})

describe('the chain of app.inject', () => {
  it('is put together until it is awaited, and is sent once', async () => {
    let count = 0
    const app = nozomi()
    app.use(nozomi.json())
    app.put('/x', (req, res) => {
      count++
      res.json({ query: req.query, body: req.body, cookie: req.get('Cookie'), one: req.get('X-One') })
    })
    const asking = app.inject().put('/x').query({ a: 1 }).headers({ 'x-one': '0' }).set('X-One', '1')
    asking.cookies({ b: '2' }).body({ c: 3 })
    assert.deepEqual((await asking).json(), { query: { a: '1' }, body: { c: 3 }, cookie: 'b=2', one: '1' })
    assert.equal(await asking, await asking)
    assert.equal(count, 1)
    assert.throws(() => asking.get('/'), { code: 'NOZOMI_INJECT_SENT' })
  })

  it('keeps all values of a field that has several, when another is set', async () => {
    const app = nozomi()
    app.get('/', (req, res) => void res.json([req.get('X-A'), req.get('X-B')]))
    const list: [string, string][] = [
      ['x-a', '1'],
      ['X-A', '2'],
      ['x-b', '0'],
    ]
    assert.deepEqual((await app.inject('/').headers(list).set('X-B', '3')).json(), ['1, 2', '3'])
  })

  it('waits for a check that is asynchronous, and fails with what it rejects with', async () => {
    const app = nozomi()
    app.get('/', (_req, res) => void res.end())
    const wrong = new Error('wrong')
    const check = async (): Promise<void> => {
      await new Promise(setImmediate)
      throw wrong
    }
    await assert.rejects(async () => app.inject('/').expect(check), wrong)
  })

  for (const method of ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'] as const) {
    it(`has ${method}()`, async () => {
      const app = nozomi()
      app.all('/', (req, res) => void res.set('X-Method', req.method).end())
      assert.equal((await app.inject()[method]('/')).headers['x-method'], method.toUpperCase())
    })
  }

  it('expects a status, fields, and bodies as text, pattern or JSON', async () => {
    const app = nozomi()
    app.get('/', (_req, res) => void res.json({ a: [1] }))
    await app
      .inject('/')
      .expect(200)
      .expect('Content-Type', /json/)
      .expect('content-length', 9)
      .expect('{"a":[1]}')
      .expect(/1/)
      .expect({ a: [1] })
      .expect((answer: { status: number }) => assert.equal(answer.status, 200))
  })

  it('says all that was not as expected, and the answer', async () => {
    const app = nozomi()
    app.get('/', (_req, res) => void res.status(500).send('oh'))
    await assert.rejects(async () => app.inject('/').expect(200).expect('X-A', '1').expect('fine'), {
      code: 'NOZOMI_INJECT_EXPECTATION',
      message:
        'inject(): the status is 500, and not 200; the field X-A is missing; the body is "oh", and not fine. ' +
        'The answer: 500 "oh"',
    })
    await assert.rejects(async () => app.inject('/').expect({ a: 1 }), {
      code: 'NOZOMI_INJECT_JSON',
      message: /"oh"/,
    })
  })
})

describe('nozomi.inject', () => {
  it('asks a router alone', async () => {
    const router = nozomi.Router()
    router.get('/:id', (req, res) => void res.json(req.params))
    assert.deepEqual((await nozomi.inject(router, '/7')).json(), { id: '7' })
    assert.equal((await nozomi.inject(router, '/7/8')).status, 404)
  })

  it('asks a plain listener', async () => {
    const answer = await nozomi.inject((req, res) => void res.end(`${req.method} ${req.url}`), '/x')
    assert.equal(answer.text(), 'GET /x')
  })

  it('is rejected with what a plain listener throws', async () => {
    const failure = new Error('thrown')
    const listener = (): void => {
      throw failure
    }
    await assert.rejects(async () => nozomi.inject(listener, '/'), failure)
  })

  it('keeps the work of one answer from another', async () => {
    const app = nozomi()
    const kept: ServerResponse[] = []
    app.get('/:n', (req, res) => {
      kept.push(res)
      setTimeout(() => res.send(req.params.n), Math.random() * 10)
    })
    const numbers = Array.from({ length: 50 }, (_, index) => String(index))
    const answers = await Promise.all(numbers.map((n) => app.inject(`/${n}`)))
    assert.deepEqual(
      answers.map((answer) => answer.text()),
      numbers,
    )
    assert(kept.every((res) => res.writableFinished && res.socket === null))
  })
})

function circle(): object {
  const one: Record<string, unknown> = {}
  one['self'] = one
  return one
}
