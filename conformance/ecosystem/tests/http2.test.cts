import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  type ClientHttp2Session,
  connect,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2'
import { join } from 'node:path'
import { type AddressInfo } from 'node:net'
import { describe, type TestContext, test } from 'node:test'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import compression = require('compression')
import cookieParser = require('cookie-parser')
import express = require('express')
import session = require('express-session')
import { default as helmet } from 'helmet'
import morgan = require('morgan')
import multer = require('multer')
import serveStatic = require('serve-static')

/*
 * Middleware that was written for node:http, over HTTP/2. Stock Express has none: there the tests are skipped.
 */

const hasHttp2 = 'inject' in express

interface Answer {
  headers: IncomingHttpHeaders & { ':status'?: number }
  body: Buffer
}

type Ask = (path: string, headers?: OutgoingHttpHeaders, body?: string | Buffer) => Promise<Answer>

async function serveHttp2(t: TestContext, app: express.Express): Promise<Ask> {
  const options = { port: 0, host: '127.0.0.1', server: 'http2' }
  const server = (app.listen as (options: object) => ReturnType<typeof app.listen>)(options)
  await once(server, 'listening')
  const client: ClientHttp2Session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  t.after(() => {
    client.destroy()
    server.close()
  })
  return async (path, headers = {}, body) => {
    const method = body === undefined ? 'GET' : 'POST'
    const fields = { ':path': path, ':method': method, ...headers }
    const stream = client.request(fields, { endStream: body === undefined })
    if (body !== undefined) stream.end(body)
    const [answered] = (await once(stream, 'response')) as [IncomingHttpHeaders]
    return { headers: answered, body: await buffer(stream) }
  }
}

const long = 'Compress me, I am said again and again. '.repeat(200)

describe('over HTTP/2, unmodified', { skip: !hasHttp2 && 'stock Express has no HTTP/2' }, () => {
  test('helmet sets its fields', async (t) => {
    const app = express()
    app.use(helmet())
    app.get('/', (_req, res) => void res.send('ok'))
    const ask = await serveHttp2(t, app)
    const { headers } = await ask('/')
    assert.match(headers['content-security-policy'] as string, /default-src 'self'/)
    assert.match(headers['strict-transport-security'] as string, /max-age=/)
    assert.equal(headers['x-powered-by'], undefined)
  })

  test('compression codes whole answers, answers in pieces, and flushes events', async (t) => {
    const app = express()
    app.use(compression({ threshold: 0 }))
    app.get('/long', (_req, res) => void res.send(long))
    app.get('/pieces', (_req, res) => {
      res.type('txt')
      for (let i = 0; i < 100; i++) res.write(long)
      res.end()
    })
    app.get('/events', (_req, res) => {
      res.type('text/event-stream')
      res.write('data: first\n\n')
      res.flush()
      setTimeout(() => res.end('data: last\n\n'), 5)
    })
    const ask = await serveHttp2(t, app)
    const gzip = { 'accept-encoding': 'gzip' }
    for (const [path, text] of [
      ['/long', long],
      ['/pieces', long.repeat(100)],
      ['/events', 'data: first\n\ndata: last\n\n'],
    ] as const) {
      const { headers, body } = await ask(path, gzip)
      assert.equal(headers['content-encoding'], 'gzip', path)
      assert.equal(headers['transfer-encoding'], undefined)
      assert.equal(gunzipSync(body).toString(), text)
    }
  })

  test('express-session and cookie-parser keep who asks', async (t) => {
    const app = express()
    app.use(cookieParser('secret'))
    app.use(session({ secret: 'secret', resave: false, saveUninitialized: true }))
    app.get('/', (req, res) => {
      const counted = req.session as unknown as { count?: number }
      counted.count = (counted.count ?? 0) + 1
      res.cookie('plain', 'a b').cookie('signed', 'mine', { signed: true })
      res.json([counted.count, req.cookies.plain ?? null, req.signedCookies.signed ?? null])
    })
    const ask = await serveHttp2(t, app)
    const first = await ask('/')
    assert.equal(first.body.toString(), '[1,null,null]')
    const lines = first.headers['set-cookie'] as string[]
    assert.equal(lines.length, 3)
    // As browsers send them: each a field of its own.
    const cookie = lines.map((line) => line.split(';', 1)[0] as string)
    assert.equal((await ask('/', { cookie })).body.toString(), '[2,"a b","mine"]')
    const forged = cookie.map((one) => one.replace('mine', 'yours'))
    assert.equal((await ask('/', { cookie: forged })).body.toString(), '[3,"a b",false]')
  })

  test('morgan logs method, path, version, status and length', async (t) => {
    const lines: string[] = []
    const app = express()
    const format = ':method :url HTTP/:http-version :status :res[content-length] :remote-addr'
    app.use(morgan(format, { stream: { write: (line) => void lines.push(line.trim()) } }))
    app.get('/:n', (_req, res) => void res.status(201).send('hello'))
    const ask = await serveHttp2(t, app)
    await ask('/a?b')
    while (lines.length === 0) await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(lines, ['GET /a?b HTTP/2.0 201 5 127.0.0.1'])
  })

  test('multer takes files, and refuses those that are too large', async (t) => {
    const app = express()
    const upload = multer({ storage: multer.memoryStorage(), limits: { fileSize: 100_000 } })
    app.post('/', upload.single('file'), (req, res) => {
      res.json([req.file?.originalname, req.file?.size, req.body.title])
    })
    app.use(
      ((error, _req, res, _next) => void res.status(413).json(error.code)) as express.ErrorRequestHandler,
    )
    const ask = await serveHttp2(t, app)
    for (const [size, status, body] of [
      [90_000, 200, '["a.bin",90000,"mine"]'],
      [500_000, 413, '"LIMIT_FILE_SIZE"'],
    ] as const) {
      const form = new FormData()
      form.set('title', 'mine')
      form.set('file', new Blob([Buffer.alloc(size)]), 'a.bin')
      const encoded = new Response(form)
      const type = encoded.headers.get('content-type') as string
      const bytes = Buffer.from(await encoded.arrayBuffer())
      // With a length, and without.
      for (const more of [{}, { 'content-length': String(bytes.length) }]) {
        const answer = await ask('/', { 'content-type': type, ...more }, bytes)
        assert.deepEqual([answer.headers[':status'], answer.body.toString()], [status, body])
      }
    }
  })

  test('serve-static and express.static give files, ranges and 304', async (t) => {
    const app = express()
    app.use('/foreign', serveStatic(__dirname))
    app.use('/own', express.static(__dirname))
    const ask = await serveHttp2(t, app)
    for (const folder of ['/foreign', '/own']) {
      const path = `${folder}/http2.test.cjs`
      const whole = await ask(path)
      assert.equal(whole.headers[':status'], 200)
      assert.equal(whole.body.length, Number(whole.headers['content-length']))
      const part = await ask(path, { range: 'bytes=5-14' })
      assert.equal(part.headers[':status'], 206)
      assert.deepEqual(part.body, whole.body.subarray(5, 15))
      const fresh = await ask(path, { 'if-none-match': whole.headers.etag as string })
      assert.deepEqual([fresh.headers[':status'], fresh.body.length], [304, 0])
      assert.equal((await ask(join(folder, 'nothing'))).headers[':status'], 404)
    }
  })
})
