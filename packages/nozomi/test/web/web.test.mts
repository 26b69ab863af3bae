import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import nozomi from 'nozomi'
import { listen, serveOn } from '../support/serve.mjs'
import { carriers } from './carriers.mjs'

const { web } = nozomi

function application() {
  const app = nozomi()
  app.set('env', 'test')
  return app
}

/** Answers an error with its code, its status and its message. */
function showError(error: any, _req: unknown, res: nozomi.Response, next: (error: unknown) => void) {
  if (res.headersSent) return next(error)
  res.status(error.status ?? 500).json({ code: error.code, message: error.message })
}

const post = (body: RequestInit['body'], headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  body: body as never,
  headers,
  ...(body instanceof ReadableStream ? { duplex: 'half' as const } : {}),
})

for (const [carrier, open] of Object.entries(carriers)) {
  describe(`web(), on ${carrier}`, () => {
    it('gives a handler the request, the parameters and the messages, and sends what it returns', async (t) => {
      const app = application()
      app.post(
        '/users/:id',
        web(async (request, { params, req, res }) => {
          assert(request instanceof Request)
          assert.equal(req.res, res)
          const headers = {
            'X-Type': request.headers.get('content-type') as string,
            'X-Id': params.id as string,
          }
          return new Response(`${request.method} ${await request.text()}`, {
            status: 201,
            statusText: 'Made',
            headers,
          })
        }),
      )
      const ask = await open(t, app)
      const response = await ask('/users/7', post('hello', { 'Content-Type': 'text/plain' }))
      // HTTP/2 has no reason phrase.
      assert.deepEqual([response.status, response.statusText], [201, carrier === 'http2' ? '' : 'Made'])
      assert.deepEqual(
        [
          response.headers.get('x-type'),
          response.headers.get('x-id'),
          response.headers.get('content-length'),
        ],
        ['text/plain', '7', '10'],
      )
      assert.equal(await response.text(), 'POST hello')
    })

    it('goes on with the next handler when nothing is returned', async (t) => {
      const app = application()
      app.get(
        '/',
        web(() => undefined),
        web(async () => {}),
        web((_request, { res }) => void res.set('X-Passed', '1')),
        (_req, res) => void res.send('next'),
      )
      app.get(
        '/own',
        web((_request, { res }) => void res.send('own')),
        () => assert.fail('went on'),
      )
      const ask = await open(t, app)
      const response = await ask('/')
      assert.deepEqual([response.headers.get('x-passed'), await response.text()], ['1', 'next'])
      assert.equal(await (await ask('/own')).text(), 'own')
    })

    it('shows the whole URL, also below a mount', async (t) => {
      const app = application()
      const router = nozomi.Router()
      router.get(
        '/books',
        web((request, { req }) => {
          const { pathname, search } = new URL(request.url)
          return Response.json([pathname, search, req.url])
        }),
      )
      app.use('/api', router)
      const ask = await open(t, app)
      assert.deepEqual(await (await ask('/api/books?a=1&a=2')).json(), [
        '/api/books',
        '?a=1&a=2',
        '/books?a=1&a=2',
      ])
    })

    it('hands errors to the error handlers, with the response untouched', async (t) => {
      const app = application()
      app.get(
        '/thrown',
        web(() => {
          throw Object.assign(new Error('thrown'), { status: 418 })
        }),
      )
      app.get(
        '/body',
        web(
          () =>
            new Response(
              new ReadableStream({ pull: (controller) => controller.error(new Error('no body')) }),
              {
                headers: { 'X-One': '1' },
              },
            ),
        ),
      )
      app.get('/string', web((() => 'text') as never))
      app.get('/null', web((() => null) as never))
      app.get('/object', web((() => ({ a: 1 })) as never))
      app.get(
        '/error',
        web(() => Response.error()),
      )
      app.get(
        '/used',
        web(async () => {
          const response = new Response('x')
          await response.text()
          return response
        }),
      )
      app.use(showError)
      const ask = await open(t, app)
      const thrown = await ask('/thrown')
      assert.deepEqual([thrown.status, ((await thrown.json()) as any).message], [418, 'thrown'])
      const body = await ask('/body')
      assert.deepEqual(
        [body.status, body.headers.get('x-one'), ((await body.json()) as any).message],
        [500, null, 'no body'],
      )
      for (const [path, found] of [
        ['/string', 'a string'],
        ['/null', 'null'],
        ['/object', 'an object that is no Response'],
        ['/error', 'Response.error()'],
        ['/used', 'a Response whose body was read already'],
      ] as const) {
        const { code, message } = (await (await ask(path)).json()) as { code: string; message: string }
        assert.equal(code, 'NOZOMI_WEB_RESULT')
        assert(message.includes(`returned ${found};`), message)
      }
    })

    it('keeps the fields that are set already, unless the Response has them, and adds to Set-Cookie and Vary', async (t) => {
      const app = application()
      app.use((_req, res, next) => {
        res.set({ 'X-Frame-Options': 'DENY', 'X-Two': 'before', Vary: 'Origin' })
        res.cookie('before', '1')
        next()
      })
      app.get(
        '/',
        web(() => {
          const headers = new Headers({ 'X-Two': 'after', Vary: 'Accept, origin', Connection: 'close' })
          headers.append('Set-Cookie', 'a=1')
          headers.append('Set-Cookie', 'b=2; Path=/')
          return new Response('x', { headers })
        }),
      )
      const { headers } = await (await open(t, app))('/')
      assert.equal(headers.get('x-frame-options'), 'DENY')
      assert.equal(headers.get('x-two'), 'after')
      assert.equal(headers.get('vary'), 'Origin, Accept')
      assert.deepEqual(headers.getSetCookie(), ['before=1; Path=/', 'a=1', 'b=2; Path=/'])
      assert.notEqual(headers.get('connection'), 'close')
    })

    it('sends no body for HEAD, 204, 205 and 304, and cancels the one that is there', async (t) => {
      const app = application()
      let cancelled = 0
      app.get(
        '/',
        web(() => {
          const body = new ReadableStream({
            cancel: () => {
              cancelled++
            },
          })
          return new Response(body, { headers: { 'Content-Length': '5' } })
        }),
      )
      app.get(
        '/:status',
        web((_request, { params }) => new Response(null, { status: Number(params.status) })),
      )
      const ask = await open(t, app)
      const head = await ask('/', { method: 'HEAD' })
      assert.deepEqual([head.status, head.headers.get('content-length'), await head.text()], [200, '5', ''])
      assert.equal(cancelled, 1)
      for (const status of [200, 204, 205, 304]) {
        const response = await ask(`/${status}`)
        assert.deepEqual([response.status, await response.text()], [status, ''])
      }
    })

    it('streams both ways, each piece as it comes', async (t) => {
      const app = application()
      app.post(
        '/',
        web((request) => new Response(request.body)),
      )
      const ask = await open(t, app)
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
      const writer = writable.getWriter()
      const asking = ask('/', post(readable))
      await writer.write(Buffer.from('one'))
      const reader = (await asking).body!.getReader()
      assert.equal(Buffer.from((await reader.read()).value!).toString(), 'one')
      await writer.write(Buffer.from('two'))
      assert.equal(Buffer.from((await reader.read()).value!).toString(), 'two')
      await writer.close()
      assert.equal((await reader.read()).done, true)
    })

    it('carries a large body unchanged', async (t) => {
      const app = application()
      app.post(
        '/',
        web((request) => new Response(request.body)),
      )
      const bytes = Buffer.alloc(3_000_001, 'abcdefg')
      const response = await (await open(t, app))('/', post(bytes as never))
      assert(bytes.equals(Buffer.from(await response.arrayBuffer())))
    })

    it('takes no more of a body than is sent', async (t) => {
      const app = application()
      let pulled = 0
      const cancelled = new Promise<void>((resolve) => {
        app.get(
          '/',
          web(() => {
            const body = new ReadableStream({
              pull: async (controller) => {
                pulled++
                await wait(0)
                controller.enqueue(new Uint8Array(100_000))
              },
              cancel: () => resolve(),
            })
            return new Response(body)
          }),
        )
      })
      const reader = (await (await open(t, app))('/')).body!.getReader()
      await reader.read()
      // Kernels have buffers for many pieces.
      let before = -1
      while (before !== pulled) {
        before = pulled
        await wait(100)
      }
      assert(pulled < 500, `${pulled} pieces of 100 kB were taken`)
      await reader.cancel()
      await cancelled
    })

    it('aborts the signal when the client goes, and cancels the body', async (t) => {
      const app = application()
      app.set('env', 'test')
      const seen: string[] = []
      app.get(
        '/before',
        web((request) => {
          asked()
          return new Promise((resolve) => {
            request.signal.addEventListener('abort', () => {
              seen.push(request.signal.reason.name)
              resolve(new Response(new ReadableStream({ cancel: () => void seen.push('cancelled') })))
            })
          })
        }),
      )
      let asked = () => {}
      const arrived = new Promise<void>((resolve) => {
        asked = resolve
      })
      const ask = await open(t, app)
      const client = new AbortController()
      const asking = ask('/before', { signal: client.signal })
      await arrived
      client.abort()
      await assert.rejects(asking)
      for (let i = 0; i < 100 && seen.length < 2; i++) await wait(10)
      assert.deepEqual(seen, ['AbortError', 'cancelled'])
    })

    it('leaves the signal alone when all was sent', async (t) => {
      const app = application()
      let signal: AbortSignal | undefined
      app.get(
        '/',
        web((request) => {
          signal = request.signal
          return new Response('x')
        }),
      )
      assert.equal(await (await (await open(t, app))('/')).text(), 'x')
      await wait(20)
      assert.equal(signal!.aborted, false)
    })

    it('reads nothing of a body before it is asked for, and leaves it to the next handler', async (t) => {
      const app = application()
      app.post(
        '/',
        web((request, { req }) => {
          assert.equal(request.bodyUsed, false)
          assert.equal(req.readableDidRead, false)
        }),
        nozomi.json(),
        (req, res) => void res.json(req.body),
      )
      const response = await (await open(t, app))(
        '/',
        post('{"a":1}', { 'Content-Type': 'application/json' }),
      )
      assert.deepEqual(await response.json(), { a: 1 })
    })

    const types = { json: 'application/json', form: 'application/x-www-form-urlencoded', text: 'text/plain' }
    const parsed: [string, nozomi.RequestHandler, string, string, string?][] = [
      ['JSON', nozomi.json(), types.json, '{"a":[1]}'],
      ['JSON as text', nozomi.text({ type: '*/json' }), types.json, '{"a": 1}'],
      ['a form', nozomi.urlencoded(), types.form, 'a=1&a=2&b=%C3%A4'],
      ['a nested form', nozomi.urlencoded({ extended: true }), types.form, 'a%5Bb%5D=1&a%5Bc%5D%5Bd%5D=2'],
      ['text', nozomi.text(), types.text, 'hällo'],
      ['bytes', nozomi.raw({ type: '*/*' }), 'a/b', 'bytes'],
    ]
    it('makes the body from req.body when a parser has read it', async (t) => {
      const app = application()
      parsed.forEach(([, parser], index) => {
        app.post(
          `/${index}`,
          parser,
          web(async (request, { req }) => {
            assert.notEqual(req.body, undefined)
            const { headers } = request
            return Response.json([
              await request.text(),
              headers.get('content-length'),
              headers.get('content-encoding'),
            ])
          }),
        )
      })
      const ask = await open(t, app)
      for (const [index, [name, , type, text]] of parsed.entries()) {
        const [body, length, coding] = (await (
          await ask(`/${index}`, post(text, { 'Content-Type': type }))
        ).json()) as string[]
        assert.equal(decodeURIComponent(body!), decodeURIComponent(text), name)
        assert.deepEqual([length, coding], [String(Buffer.byteLength(body!)), null], name)
      }
    })

    it('says so when the body was read, and can not be made again', async (t) => {
      const app = application()
      app.post(
        '/',
        (req, _res, next) => void req.resume().once('end', next),
        web(async (request) => new Response(await request.text())),
      )
      app.post(
        '/object',
        nozomi.json({ type: '*/*' }),
        web(async (request) => new Response(await request.text())),
      )
      app.use(showError)
      const ask = await open(t, app)
      for (const path of ['/', '/object']) {
        const response = await ask(path, post('{}', { 'Content-Type': 'a/b' }))
        assert.equal(((await response.json()) as any).code, 'NOZOMI_WEB_BODY_READ', path)
      }
    })

    it('breaks off when the body fails in the middle', async (t) => {
      const app = application()
      app.get(
        '/',
        web(() => {
          let pulls = 0
          const body = new ReadableStream({
            pull: async (controller) => {
              if (pulls++ === 0) controller.enqueue(Buffer.from('x'))
              else {
                await wait(20)
                controller.error(new Error('broken'))
              }
            },
          })
          return new Response(body)
        }),
      )
      const response = await (await open(t, app))('/')
      await assert.rejects(response.text())
    })
  })
}

describe('web()', () => {
  it('wants a function', () => {
    assert.throws(() => web('x' as never), {
      name: 'TypeError',
      message: /web\(\) requires a handler function/,
    })
  })

  it('is a middleware with a name', () => {
    assert.equal(web(() => undefined).name, 'webHandler')
    assert.equal(web(() => undefined).length, 3)
  })

  it('takes scheme and host as the application trusts them', async (t) => {
    const app = nozomi()
    app.use(web((request) => new Response(request.url)))
    const headers = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'shop.example' }
    const { raw, port, get } = await listen(t, app)
    assert.equal((await get('/a', { headers })).body, `http://127.0.0.1:${port}/a`)
    app.set('trust proxy', true)
    assert.equal((await get('/a', { headers })).body, 'https://shop.example/a')
    const hosts = ['u:p@evil.example', 'evil.example/x?', 'a:99999999', '']
    for (const host of hosts) {
      const answer = await raw(`GET /a HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      assert.match(answer, /\r\n\r\n(?:http:\/\/localhost\/a|)$/, host)
      assert.doesNotMatch(answer, /evil\.example\/a/)
    }
  })

  it('makes no other host of what is in a target', async (t) => {
    const app = nozomi()
    app.use(web((request) => new Response(request.url)))
    const { raw } = await listen(t, app)
    const cases = [
      ['//evil.example/x', 'http://good.example//evil.example/x'],
      ['http://evil.example/x?y', 'http://good.example/x?y'],
      ['/a?b=/../c', 'http://good.example/a?b=/../c'],
      ['/a#b', 'http://good.example/a%23b'],
    ]
    for (const [target, url] of cases) {
      const answer = await raw(`GET ${target} HTTP/1.1\r\nHost: good.example\r\nConnection: close\r\n\r\n`)
      assert.equal(answer.split('\r\n\r\n')[1], url)
    }
  })

  it('refuses a path that a URL understands as another one', async (t) => {
    const app = nozomi()
    app.use(web((request) => new Response(new URL(request.url).pathname)))
    app.use(showError)
    const { raw } = await listen(t, app)
    for (const path of [
      '/public/../admin',
      '/public/%2e%2E/admin',
      '/./admin',
      '/a/..',
      '/a\\..\\admin',
      '/.%2e/x',
    ]) {
      const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      assert.match(answer, /^HTTP\/1\.1 400 .*NOZOMI_WEB_PATH/s, path)
    }
    for (const path of ['/...', '/.well-known/x', '/a..b/..c/d..']) {
      const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
      assert.equal(answer.split('\r\n\r\n')[1], path)
    }
  })

  it('refuses a method that no Request has', async (t) => {
    const app = nozomi()
    app.use(web(() => new Response('x')))
    app.use(showError)
    const { get } = await listen(t, app)
    const { status, body } = await get('/', { method: 'TRACE' })
    assert.deepEqual([status, JSON.parse(body).code], [501, 'NOZOMI_WEB_METHOD'])
  })

  it('leaves out what belongs to a connection, and joins fields as node does', async (t) => {
    const app = nozomi()
    app.use(web((request) => Response.json(Object.fromEntries(request.headers))))
    const { raw } = await listen(t, app)
    const answer = await raw(
      'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nKeep-Alive: timeout=5\r\nTransfer-Encoding: chunked\r\n' +
        'Cookie: a=1\r\nCookie: b=2\r\nX-A: 1\r\nX-A: 2\r\n\r\n0\r\n\r\n',
    )
    assert.deepEqual(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))), {
      host: 'x',
      cookie: 'a=1; b=2',
      'x-a': '1, 2',
    })
  })

  it('gives the bindings of app.fetch()', async () => {
    const app = nozomi()
    app.use(web((_request, { env }) => Response.json(env)))
    assert.deepEqual(await (await app.fetch(new Request('http://x/'), { env: { a: 1 } })).json(), { a: 1 })
  })

  it('passes on what fetch() got, without the coding that fetch() has undone', async (t) => {
    const upstream = nozomi()
    const { gzipSync } = await import('node:zlib')
    upstream.get('/', (_req, res) => {
      const bytes = gzipSync('hello '.repeat(100))
      res.set({ 'Content-Encoding': 'gzip', 'X-Upstream': '1' }).end(bytes)
    })
    const { port } = await listen(t, upstream)
    const app = nozomi()
    app.use(web((request) => fetch(`http://127.0.0.1:${port}/`, request)))
    const { headers, body } = await (await listen(t, app)).get('/')
    assert.equal(body, 'hello '.repeat(100))
    assert.deepEqual([headers['content-encoding'], headers['x-upstream']], [undefined, '1'])
  })

  it('goes through what middleware has put on the response', async (t) => {
    const app = nozomi()
    const seen: string[] = []
    app.use((_req, res, next) => {
      const { end, setHeader } = res
      res.setHeader = function (name: string, value: never) {
        seen.push(name.toLowerCase())
        return setHeader.call(this, name, value)
      }
      res.end = function (this: ServerResponse, ...args: never[]) {
        seen.push('end')
        return end.apply(this, args as never)
      } as never
      next()
    })
    app.use(web(() => new Response('x', { headers: { 'X-A': '1' } })))
    await (await listen(t, app)).get('/')
    assert(seen.includes('x-a') && seen.includes('end'), String(seen))
  })

  it('ends the reading of a body whose client goes away', async (t) => {
    const app = nozomi()
    app.set('env', 'test')
    const failed = new Promise<any>((resolve) => {
      app.post(
        '/',
        web(async (request) => {
          await request.text().catch(resolve)
          return new Response('x')
        }),
      )
    })
    const { port } = await listen(t, app)
    const socket = connect(port, '127.0.0.1')
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc')
    await wait(50)
    socket.destroy()
    assert.equal((await failed).code, 'ECONNRESET')
  })

  for (const server of ['node', 'turbo'] as const) {
    it(`leaves the connection to the next request when it has not read all of a body, on ${server}`, async (t) => {
      const app = nozomi()
      app.post(
        '/:what',
        web(async (request, { params }) => {
          const reader = request.body!.getReader()
          await reader.read()
          if (params.what === 'cancelled') await reader.cancel()
          return new Response(params.what as string)
        }),
      )
      app.get('/', (_req, res) => void res.set('Connection', 'close').send('next'))
      const { raw } = await serveOn(t, nozomi.createServer(app, { server }).listen(0, '127.0.0.1'))
      const body = 'x'.repeat(1_000_000)
      const answers = await raw(
        `POST /left HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}` +
          `POST /cancelled HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}` +
          'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
      )
      assert.deepEqual(answers.match(/left|cancelled|next/g), ['left', 'cancelled', 'next'])
    })
  }

  it('gives the handlers of a long chain one signal', async (t) => {
    const app = nozomi()
    const warnings: Error[] = []
    const note = (warning: Error) => void warnings.push(warning)
    process.on('warning', note)
    t.after(() => process.off('warning', note))
    for (let i = 0; i < 20; i++) app.use(web(() => undefined))
    app.use(web(() => new Response('x')))
    assert.equal((await (await listen(t, app)).get('/')).body, 'x')
    await wait(5)
    assert.deepEqual(warnings, [])
  })

  it('works for a listener of node:http that is no application', async (t) => {
    const handler = web((request) => new Response(request.url))
    const { get, port } = await listen(t, {
      listen: (...args: [number, string]) =>
        nozomi
          .createServer(
            (req: IncomingMessage, res: ServerResponse) => void handler(req as never, res as never, () => {}),
          )
          .listen(...args),
    })
    assert.equal((await get('/x')).body, `http://127.0.0.1:${port}/x`)
  })

  it('leaves no listener behind', async (t) => {
    const app = nozomi()
    let counts: number[] = []
    app.use((_req, res, next) => {
      void once(res, 'close').then(() => {
        counts = [res.listenerCount('drain'), res.listenerCount('close')]
      })
      next()
    })
    app.use(web(() => new Response(new Uint8Array(5_000_000))))
    await (await listen(t, app)).get('/')
    await wait(20)
    assert.deepEqual(counts, [0, 0])
  })
})
