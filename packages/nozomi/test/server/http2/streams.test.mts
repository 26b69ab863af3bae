import assert from 'node:assert/strict'
import { once } from 'node:events'
import { constants, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { finished, pipeline } from 'node:stream/promises'
import { describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import nozomi from 'nozomi'
import { connectRaw, FLAG, FRAME, frame, headerBlock, number32 } from './frames.mjs'
import { answerOf, clientOf, listenHttp2, TRANSPORTS } from './http2-client.mjs'

const { NGHTTP2_CANCEL, NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR } = constants
const MEGABYTE = 1024 * 1024

function quiet() {
  const app = nozomi()
  app.set('env', 'test')
  return app
}

for (const { name, options } of TRANSPORTS) {
  describe(`a stream of ${name} that the client resets`, () => {
    for (const code of [NGHTTP2_CANCEL, NGHTTP2_NO_ERROR, NGHTTP2_INTERNAL_ERROR]) {
      it(`before the answer is a client that has gone (code ${code})`, async (t) => {
        const app = quiet()
        const events: string[] = []
        const over = new Promise((resolve) => {
          app.get('/', (req, res) => {
            req.on('aborted', () => events.push('aborted'))
            req.on('error', (error: Error & { code?: string }) => events.push(`error ${error.code}`))
            req.on('close', () => events.push('req close'))
            res.on('finish', () => events.push('finish'))
            req.socket.on('close', () => events.push('socket close'))
            res.on('close', () => {
              events.push(
                `res close ${res.writableFinished} ${res.destroyed} ${req.destroyed} ${req.aborted}`,
              )
              setImmediate(resolve, null)
            })
            stream.close(code)
          })
        })
        const { open, ask } = await listenHttp2(t, app, options)
        const stream = open({ ':path': '/' })
        stream.on('error', () => {})
        await over
        assert.deepEqual(events.toSorted(), [
          'aborted',
          'error ECONNRESET',
          'req close',
          'res close false true true true',
          'socket close',
        ])
        // The connection has others, and goes on.
        assert.equal((await ask('/nothing')).status, 404)
      })
    }

    it('in the middle of an answer is one, too', async (t) => {
      const app = quiet()
      const closed = new Promise((resolve) => {
        app.get('/', (_req, res) => {
          res.write('part')
          res.on('close', () => resolve([res.writableFinished, res.writableEnded]))
        })
      })
      const { open } = await listenHttp2(t, app, options)
      const stream = open({ ':path': '/' })
      await once(stream, 'data')
      stream.close(NGHTTP2_CANCEL)
      assert.deepEqual(await closed, [false, false])
    })

    it('when all was written and not yet taken is one, too', async (t) => {
      const app = quiet()
      const closed = new Promise((resolve) => {
        app.get('/', (_req, res) => {
          res.send(Buffer.alloc(MEGABYTE))
          res.on('finish', () => resolve('finish'))
          res.on('close', () => resolve('close'))
        })
      })
      const { open } = await listenHttp2(t, app, options)
      const stream = open({ ':path': '/' })
      await once(stream, 'response')
      stream.close(NGHTTP2_CANCEL)
      assert.equal(await closed, 'close')
    })

    it('after which a handler goes on writing does no harm', async (t) => {
      const app = quiet()
      const done = new Promise((resolve) => {
        app.get('/', (_req, res) => {
          res.on('close', async () => {
            res.write('late')
            res.end('later')
            await wait(10)
            resolve(null)
          })
          stream.close(NGHTTP2_CANCEL)
        })
      })
      const { open, ask } = await listenHttp2(t, app, options)
      const stream = open({ ':path': '/' })
      await done
      assert.equal((await ask('/nothing')).status, 404)
    })
  })

  describe(`a handler that destroys the response, over ${name}`, () => {
    for (const [when, before] of [
      ['before the head', false],
      ['in the middle', true],
    ] as const) {
      for (const [what, destroy] of [
        ['res.destroy()', (res: nozomi.Response) => res.destroy()],
        ['res.destroy(error)', (res: nozomi.Response) => res.destroy(new Error('mine'))],
        ['req.socket.destroy()', (res: nozomi.Response) => (res.socket as Socket).destroy()],
        ['req.destroy()', (res: nozomi.Response) => res.req.destroy()],
      ] as const) {
        it(`${when} by ${what} resets the stream with INTERNAL_ERROR, and no other`, async (t) => {
          const app = quiet()
          let isClosed = false
          app.get('/', (req, res) => {
            req.on('error', () => {})
            res.on('error', () => {})
            res.on('close', () => {
              isClosed = true
            })
            if (before) res.write('part')
            setTimeout(() => destroy(res), 5)
          })
          const { open, ask } = await listenHttp2(t, app, options)
          const stream = open({ ':path': '/' })
          stream.resume()
          const [error] = (await once(stream, 'error')) as [Error & { code: string }]
          assert.equal(error.code, 'ERR_HTTP2_STREAM_ERROR')
          assert.equal(stream.rstCode, NGHTTP2_INTERNAL_ERROR)
          assert.equal((await ask('/nothing')).status, 404)
          assert.equal(isClosed, true)
        })
      }
    }
  })

  describe(`an answer to a body that nobody reads, over ${name}`, () => {
    for (const [what, answer] of [
      ['whole', (res: nozomi.Response) => res.status(413).send('too much')],
      [
        'in pieces, with trailers',
        (res: nozomi.Response) => {
          res.status(413).write('too ')
          res.addTrailers({ 'X-Sum': '1' })
          res.end('much')
        },
      ],
      ['without a body', (res: nozomi.Response) => res.status(413).end()],
    ] as const) {
      it(`${what}, arrives, and the stream ends with NO_ERROR`, async (t) => {
        const app = quiet()
        app.post('/', (_req, res) => void answer(res))
        const { open, ask, session } = await listenHttp2(t, app, options)
        const stream = open({ ':method': 'POST' }, false)
        stream.write(Buffer.alloc(200_000))
        const { status, body, rstCode } = await answerOf(stream)
        assert.deepEqual([status, body, rstCode], [413, what === 'without a body' ? '' : 'too much', 0])
        assert.equal((await ask('/nothing')).status, 404)
        // What was sent and thrown away is the connection's to send again.
        assert.ok((session.state.remoteWindowSize as number) >= 0)
      })
    }

    it('that was read in part, too', async (t) => {
      const app = quiet()
      app.post('/', (req, res) => {
        req.once('data', () => {
          req.pause()
          res.send('enough')
        })
      })
      const { open } = await listenHttp2(t, app, options)
      const stream = open({ ':method': 'POST' }, false)
      stream.write(Buffer.alloc(200_000))
      const { body, rstCode } = await answerOf(stream)
      assert.deepEqual([body, rstCode], ['enough', 0])
    })

    it('does not hold the connection up: hundred such uploads on one', async (t) => {
      const app = quiet()
      app.post('/', (_req, res) => void res.send('no'))
      const { ask } = await listenHttp2(t, app, options)
      for (let i = 0; i < 10; i++) {
        const answers = await Promise.all(
          Array.from({ length: 10 }, () => ask({ method: 'POST', body: Buffer.alloc(100_000) })),
        )
        assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
      }
    })
  })

  describe(`flow control over ${name}`, () => {
    it('holds a handler back that writes faster than the client reads', async (t) => {
      const app = quiet()
      let written = 0
      app.get('/', async (_req, res) => {
        const source = Readable.from(
          (function* pieces() {
            for (let i = 0; i < 256; i++) {
              written += 65_536
              yield Buffer.alloc(65_536, i)
            }
          })(),
        )
        await pipeline(source, res)
      })
      const { open } = await listenHttp2(t, app, options)
      const stream = open({ ':path': '/' })
      await once(stream, 'response')
      stream.pause()
      await wait(150)
      assert.ok(written < 2 * MEGABYTE, `${written} bytes were taken of the handler`)
      const body = await buffer(stream)
      assert.equal(body.length, 256 * 65_536)
      for (let i = 0; i < 256; i++) assert.equal(body[i * 65_536 + 7], i)
    })

    it('holds a client back whose body nobody reads, and lets it go on when somebody does', async (t) => {
      const app = quiet()
      let read: (() => void) | undefined
      app.post('/', async (req, res) => {
        await new Promise<void>((resolve) => {
          read = resolve
        })
        res.json((await buffer(req)).length)
      })
      const { open } = await listenHttp2(t, app, options)
      const stream = open({ ':method': 'POST' }, false)
      let sent = 0
      const sending = pipeline(
        Readable.from(
          (function* pieces() {
            for (let i = 0; i < 128; i++) {
              sent += 65_536
              yield Buffer.alloc(65_536)
            }
          })(),
        ),
        stream,
      )
      await wait(150)
      assert.ok(sent < MEGABYTE, `${sent} bytes were sent`)
      read?.()
      const { body } = await answerOf(stream)
      await sending
      assert.equal(body, String(128 * 65_536))
    })

    it('holds a client back whose body is read slowly', async (t) => {
      const app = quiet()
      let most = 0
      app.post('/', async (req, res) => {
        let length = 0
        for await (const piece of req) {
          length += piece.length
          most = Math.max(most, req.readableLength)
          if (length < MEGABYTE) await wait(2)
        }
        res.json(length)
      })
      const { ask } = await listenHttp2(t, app, options)
      const { body } = await ask({ method: 'POST', body: Buffer.alloc(4 * MEGABYTE) })
      assert.equal(body, String(4 * MEGABYTE))
      assert.ok(most < MEGABYTE, `${most} bytes were held`)
    })

    it('tells a handler to wait by false and drain', async (t) => {
      const app = quiet()
      let waits = 0
      app.get('/', async (_req, res) => {
        for (let i = 0; i < 64; i++) {
          if (res.write(Buffer.alloc(65_536))) continue
          waits++
          await once(res, 'drain')
        }
        res.end()
        await finished(res)
      })
      const { ask } = await listenHttp2(t, app, options)
      assert.equal((await ask('/')).body.length, 64 * 65_536)
      assert.ok(waits > 0)
    })
  })

  it(`carries many requests at once over ${name}, each with its own answer`, async (t) => {
    const app = quiet()
    app.post('/:n', nozomi.text(), async (req, res) => {
      await wait(Math.random() * 5)
      res.json([req.params['n'], req.body])
    })
    const { ask } = await listenHttp2(t, app, options)
    const headers = { 'content-type': 'text/plain' }
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        ask({ method: 'POST', path: `/${n}`, headers, body: `body ${n}` }),
      ),
    )
    for (const [n, { body }] of answers.entries()) assert.equal(body, `["${n}","body ${n}"]`)
  })
}

// node's own client ends a body before it resets the stream.
it('a reset in the middle of a body breaks the body off', async (t) => {
  const app = quiet()
  const broken = new Promise((resolve) => {
    app.post('/', nozomi.text())
    app.use(((error, _req, _res, _next) => resolve(error.type)) as nozomi.ErrorRequestHandler)
  })
  const { port } = await listenHttp2(t, app)
  const { socket, send } = await connectRaw(port)
  t.after(() => socket.destroy())
  const fields = { ':method': 'POST', ':scheme': 'http', ':path': '/', ':authority': 'a.example' }
  const block = headerBlock({ ...fields, 'content-type': 'text/plain' })
  send(frame(FRAME.HEADERS, FLAG.END_HEADERS, 1, block), frame(FRAME.DATA, 0, 1, Buffer.from('part')))
  await wait(20)
  send(frame(FRAME.RST_STREAM, 0, 1, number32(NGHTTP2_CANCEL)))
  assert.equal(await broken, 'request.aborted')
})

it('a reset in the middle of a body that nobody handles the error of harms nobody', async (t) => {
  const app = quiet()
  app.post('/', nozomi.json(), (_req, res) => void res.send('never'))
  // With a layer behind it the error reaches the final handler, and its page the stream, before the exchange is over.
  app.get('/other', (_req, res) => void res.end())
  const { port, ask } = await listenHttp2(t, app)
  const { socket, send } = await connectRaw(port)
  t.after(() => socket.destroy())
  const fields = { ':method': 'POST', ':scheme': 'http', ':path': '/', ':authority': 'a.example' }
  const block = headerBlock({ ...fields, 'content-type': 'application/json' })
  const uncaught: unknown[] = []
  const onUncaught = (error: unknown): void => void uncaught.push(error)
  process.on('uncaughtException', onUncaught)
  t.after(() => process.off('uncaughtException', onUncaught))
  for (let id = 1; id < 20; id += 2) {
    send(frame(FRAME.HEADERS, FLAG.END_HEADERS, id, block), frame(FRAME.DATA, 0, id, Buffer.from('{"a":')))
    await wait(5)
    send(frame(FRAME.RST_STREAM, 0, id, number32(NGHTTP2_CANCEL)))
  }
  assert.equal((await ask('/nothing')).status, 404)
  assert.deepEqual(uncaught, [])
})

it('a connection that ends between a write and its leaving harms nobody', async (t) => {
  const app = quiet()
  const events: string[] = []
  app.get('/:how', (req, res) => {
    res.on('close', () => events.push(`close ${res.writableFinished}`))
    if (req.params.how === 'pieces') res.write('one')
    else res.flushHeaders()
    ;(stream.session as ServerHttp2Session).destroy()
    setImmediate(() => res.end('two'))
  })
  const server = nozomi.createServer(app, { server: 'http2' })
  let stream: ServerHttp2Stream
  server.on('stream', (one: ServerHttp2Stream) => {
    stream = one
  })
  // The one above must come first.
  const [first, ...others] = server.listeners('stream').toReversed()
  server.removeAllListeners('stream')
  for (const listener of [first, ...others]) server.on('stream', listener as never)
  server.listen(0, '127.0.0.1')
  for (const how of ['pieces', 'flushed']) {
    const { open } = await clientOf(t, server)
    const request = open({ ':path': `/${how}` })
    request.on('error', () => {})
    await new Promise((resolve) => request.once('close', resolve))
    await wait(20)
  }
  assert.deepEqual(events, ['close false', 'close false'])
})

describe('req.setTimeout() over HTTP/2', () => {
  it('emits timeout for one exchange, and not for the connection', async (t) => {
    const app = quiet()
    app.get('/slow', (req, res) => {
      req.setTimeout(20, () => res.status(503).send('slow'))
    })
    app.get('/', (_req, res) => void res.send('ok'))
    const { ask } = await listenHttp2(t, app)
    const slow = await ask('/slow')
    assert.deepEqual([slow.status, slow.body], [503, 'slow'])
    assert.equal((await ask('/')).status, 200)
  })
})
