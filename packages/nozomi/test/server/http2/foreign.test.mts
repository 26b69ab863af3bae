import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  createSecureServer,
  createServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
} from 'node:http2'
import https from 'node:https'
import type { IncomingMessage, Server } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'
import { CERTIFICATE, KEY } from '../../support/certificate.mjs'
import { clientOf } from './http2-client.mjs'

type Listener = (req: Http2ServerRequest, res: Http2ServerResponse) => void

function api() {
  const app = nozomi()
  app.set('env', 'test')
  app.use(nozomi.json())
  app.post('/echo', (req, res) => void res.json([req.httpVersion, req.hostname, req.body, req.app === app]))
  app.get('/pieces', (_req, res) => {
    res.write('in ')
    res.addTrailers({ 'X-Sum': '7' })
    setImmediate(() => res.end('pieces'))
  })
  app.get('/user', (req, res) => void res.json((req as { user?: unknown }).user ?? null))
  app.get('/thrown', () => {
    throw new Error('no')
  })
  return app
}

const servers: [string, (listener: Listener) => Server, boolean][] = [
  ['http2.createServer(app)', (listener) => createServer(listener) as unknown as Server, false],
  [
    'http2.createSecureServer(options, app)',
    (listener) => createSecureServer({ key: KEY, cert: CERTIFICATE }, listener) as unknown as Server,
    true,
  ],
]

for (const [name, create, isSecure] of servers) {
  describe(name, () => {
    it('serves the application', async (t) => {
      const server = create(api() as unknown as Listener).listen(0, '127.0.0.1')
      const { ask } = await clientOf(t, server, isSecure)
      for (let i = 0; i < 2; i++) {
        const { headers, body } = await ask({
          method: 'POST',
          path: '/echo',
          headers: { 'content-type': 'application/json' },
          body: '{"a":1}',
        })
        assert.equal(headers['x-powered-by'], 'Express')
        assert.equal(body, '["2.0","localhost",{"a":1},true]')
      }
      const { body, trailers } = await ask('/pieces')
      assert.deepEqual([body, trailers['x-sum']], ['in pieces', '7'])
      assert.equal((await ask('/nothing')).status, 404)
      assert.equal((await ask('/thrown')).status, 500)
    })

    it('serves it behind a listener that has set something, or waited', async (t) => {
      const app = api()
      const listener: Listener = (req, res) => {
        Object.assign(req, { user: 'Ada' })
        res.setHeader('X-Before', '1')
        setTimeout(app as unknown as Listener, 5, req, res)
      }
      const { ask } = await clientOf(t, create(listener).listen(0, '127.0.0.1'), isSecure)
      const { headers, body } = await ask('/user')
      assert.deepEqual([headers['x-before'], body], ['1', '"Ada"'])
      const { status } = await ask({
        method: 'POST',
        path: '/echo',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ a: 'x'.repeat(90_000) }),
      })
      assert.equal(status, 200)
    })

    it('gives the request back to who mounted it, where nothing answered', async (t) => {
      const app = api()
      const listener: Listener = (req, res) => {
        ;(app as unknown as (...args: unknown[]) => void)(req, res, (error?: Error) => {
          res.writeHead(error ? 500 : 404)
          res.end('theirs')
        })
      }
      const { ask } = await clientOf(t, create(listener).listen(0, '127.0.0.1'), isSecure)
      const { status, body } = await ask('/nothing')
      assert.deepEqual([status, body], [404, 'theirs'])
      assert.equal((await ask('/pieces')).body, 'in pieces')
    })

    it('tells the application of clients that go', async (t) => {
      const app = nozomi()
      const closed = new Promise((resolve) => {
        app.get('/', (req, res) => {
          res.on('close', () => resolve([res.writableFinished, req.destroyed]))
          stream.close(8)
        })
      })
      const server = create(app as unknown as Listener).listen(0, '127.0.0.1')
      const { open } = await clientOf(t, server, isSecure)
      const stream = open({ ':path': '/' })
      assert.deepEqual(await closed, [false, true])
    })
  })
}

it('http2.createSecureServer({ allowHTTP1: true }, app) serves clients of HTTP/1.1 by it', async (t) => {
  const options = { key: KEY, cert: CERTIFICATE, allowHTTP1: true }
  const server = createSecureServer(options, api() as unknown as Listener).listen(0, '127.0.0.1')
  await clientOf(t, server as unknown as Server, true)
  const { port } = server.address() as { port: number }
  const req = https.get({ host: '127.0.0.1', port, path: '/pieces', ca: CERTIFICATE, agent: false })
  const [res] = (await once(req, 'response')) as [IncomingMessage]
  assert.deepEqual([res.httpVersion, await text(res)], ['1.1', 'in pieces'])
})
