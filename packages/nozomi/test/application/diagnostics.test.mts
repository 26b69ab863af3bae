import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { createServer, request as httpRequest, type IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import express from 'express'
import nozomi, { type Express } from 'nozomi'
import { until } from '../files/until.mjs'
import { ALL_WAYS } from '../support/all-carriers.mjs'
import { listen, serve, serveOn } from '../support/serve.mjs'

interface Published {
  app: unknown
  req: IncomingMessage & { originalUrl: string }
  res: ServerResponse
}

const NAMES = ['start', 'finish', 'abort'] as const

/** What is published of requests until the test ends. */
function record(t: TestContext) {
  const events: { name: string; event: Published }[] = []
  for (const name of NAMES) {
    const note = (event: unknown) => void events.push({ name, event: event as Published })
    subscribe(`nozomi.request.${name}`, note)
    t.after(() => unsubscribe(`nozomi.request.${name}`, note))
  }
  return {
    events,
    /** `name url`, in order. */
    get seen(): string[] {
      return events.map(({ name, event }) => `${name} ${event.req.originalUrl}`)
    },
  }
}

function application(): Express {
  const app = nozomi()
  app.set('env', 'test')
  app.get('/whole', (_req, res) => void res.json({ hello: 'world' }))
  app.get('/pieces', (_req, res) => {
    res.write('a')
    setImmediate(() => res.end('b'))
  })
  app.get('/thrown', () => {
    throw new Error('no')
  })
  app.get('/never', (_req, res) => void res.status(200))
  app.get('/half', (_req, res) => void res.write('half'))
  return app
}

for (const { name, canLeave, ask: make } of ALL_WAYS) {
  describe(`nozomi.request, over ${name}`, () => {
    for (const path of ['/whole', '/pieces', '/thrown', '/missing']) {
      it(`has the start and the finish of ${path}, with the same messages`, async (t) => {
        const app = application()
        const ask = await make(t, app)
        const recorded = record(t)
        await (await ask(path)).text()
        await until(() => recorded.events.length >= 2)
        assert.deepEqual(recorded.seen, [`start ${path}`, `finish ${path}`])
        const [start, finish] = recorded.events
        assert.equal(start?.event.app, app)
        assert.equal(start?.event, finish?.event)
        assert.equal(start?.event.res.writableFinished, true)
      })
    }

    for (const path of canLeave ? ['/never', '/half'] : []) {
      it(`has the abort of ${path}, whose client has gone`, async (t) => {
        const ask = await make(t, application())
        const recorded = record(t)
        const leaving = new AbortController()
        // Whether and how the client learns of it is its own affair.
        ask(path, { signal: leaving.signal })
          .then((answer) => answer.text())
          .catch(() => {})
        await until(() => recorded.events.length === 1)
        leaving.abort()
        await until(() => recorded.events.length === 2)
        assert.deepEqual(recorded.seen, [`start ${path}`, `abort ${path}`])
      })
    }
  })
}

describe('nozomi.request', () => {
  it('has a request once, from the application that was asked first', async (t) => {
    const [outer, inner] = [nozomi(), application()]
    outer.use('/inner', nozomi().use(inner))
    const client = await listen(t, outer)
    const recorded = record(t)
    assert.equal((await client.get('/inner/whole')).status, 200)
    await until(() => recorded.events.length >= 2)
    assert.deepEqual(recorded.seen, ['start /inner/whole', 'finish /inner/whole'])
    assert.equal(recorded.events[0]?.event.app, outer)
  })

  it('has each request of a connection, in the order in which they come and are answered', async (t) => {
    const { port } = await listen(t, application())
    const recorded = record(t)
    const socket = connect(port, '127.0.0.1')
    socket.write(['/pieces', '/whole'].map((path) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`).join(''))
    await until(() => recorded.events.length === 4)
    socket.destroy()
    assert.deepEqual(recorded.seen, ['start /pieces', 'start /whole', 'finish /pieces', 'finish /whole'])
  })

  for (const server of ['node', 'turbo'] as const) {
    it(`has the abort of each request that waits on a connection, on ${server}, and warns of no listeners`, async (t) => {
      const warnings: string[] = []
      const warn = (warning: Error) => void warnings.push(warning.name)
      process.on('warning', warn)
      t.after(() => process.removeListener('warning', warn))
      const { port } = await serveOn(t, nozomi.createServer(application(), { server }).listen(0, '127.0.0.1'))
      const recorded = record(t)
      const socket = connect(port, '127.0.0.1')
      socket.write('GET /never HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(20))
      await until(() => recorded.events.length === 20)
      socket.destroy()
      await until(() => recorded.events.length === 40)
      assert.deepEqual(recorded.seen.slice(20), Array<string>(20).fill('abort /never'))
      assert.deepEqual(warnings, [])
    })
  }

  it('has neither of a request that became another protocol', async (t) => {
    const app = nozomi().use((_req, _res, next) => next())
    const server = createServer(app)
    server.on('upgrade', (req, socket) => {
      // As express-ws has it: the request goes through the application, with a response that answers nothing.
      ;(app as unknown as (req: unknown, res: unknown, next: () => void) => void)(
        req,
        new ServerResponse(req),
        () =>
          void socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'),
      )
    })
    const { port } = await serveOn(t, server)
    const recorded = record(t)
    const req = httpRequest({ port, host: '127.0.0.1', headers: { Connection: 'Upgrade', Upgrade: 'x' } })
    req.end()
    const [, socket] = (await once(req, 'upgrade')) as [unknown, import('node:net').Socket]
    if (!socket.closed) {
      socket.resume()
      await once(socket, 'close')
    }
    assert.deepEqual(recorded.seen, [])
  })

  for (const server of ['node', 'turbo'] as const) {
    it(`has a request that asks for another protocol, and does not get it, on ${server}`, async (t) => {
      const app = nozomi().use((req, res) => void res.end(String(Reflect.get(req, 'upgrade'))))
      const { raw } = await serveOn(t, nozomi.createServer(app, { server }).listen(0, '127.0.0.1'))
      const recorded = record(t)
      for (const body of ['', 'abc']) {
        const upgrade = 'POST / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, close\r\nUpgrade: x\r\n'
        const answer = await raw(`${upgrade}Content-Length: ${body.length}\r\n\r\n${body}`)
        assert.match(answer, /\r\n\r\nfalse$/)
      }
      await until(() => recorded.events.length === 4)
      assert.deepEqual(recorded.seen, ['start /', 'finish /', 'start /', 'finish /'])
    })
  }

  it('leaves no listener and no mark on messages while nobody listens', async (t) => {
    const seen: { listeners: unknown[]; symbols: string[] }[] = []
    const app = nozomi().get('/', (req, res) => {
      const marks = Object.getOwnPropertySymbols(req).map(({ description }) => String(description))
      seen.push({
        listeners: [req.eventNames(), res.eventNames()],
        symbols: marks.filter((mark) => mark.startsWith('nozomi.request.')),
      })
      res.end()
    })
    const client = await listen(t, app)
    await client.get('/')
    const recorded = record(t)
    await client.get('/')
    await until(() => recorded.events.length === 2)
    assert.deepEqual(seen[0]?.symbols, [])
    assert.deepEqual(seen[1]?.symbols, ['nozomi.request.published'])
    assert.notDeepEqual(seen[0]?.listeners, seen[1]?.listeners)
    assert.equal(JSON.stringify(seen[0]?.listeners).includes('close'), false)
  })
})

describe('nozomi.listen', () => {
  for (const server of ['node', 'turbo', 'http2'] as const) {
    it(`has the application and the server of app.listen(), ${server}`, async (t) => {
      const events: { app: unknown; server: unknown }[] = []
      const note = (event: unknown) => void events.push(event as { app: unknown; server: unknown })
      subscribe('nozomi.listen', note)
      t.after(() => unsubscribe('nozomi.listen', note))
      const app = application()
      const made = app.listen({ port: 0, host: '127.0.0.1', server })
      await serveOn(t, made)
      assert.deepEqual(
        events.map((event) => [event.app === app, event.server === made]),
        [[true, true]],
      )
    })
  }
})

describe('an application', () => {
  it('says that it publishes, which one of stock Express does not', () => {
    const symbol = Symbol.for('nozomi.publishes')
    assert.equal(Reflect.get(nozomi(), symbol), true)
    assert.equal(Reflect.get(express(), symbol), undefined)
  })
})

describe('the handler of a mounted application', () => {
  it('names the application under the symbol nozomi.mounted', async (t) => {
    const [app, child] = [nozomi(), application()]
    app.use('/child', child)
    const [layer] = (app.router as unknown as { stack: { name: string; handle: object }[] }).stack
    assert.equal(layer?.name, 'mounted_app')
    const symbol = Symbol.for('nozomi.mounted')
    assert.equal(Reflect.get(layer?.handle ?? {}, symbol), child)
    assert.deepEqual(Object.keys(layer?.handle ?? {}), [])
    assert.equal((await (await serve(t, app)).get('/child/whole')).status, 200)
  })
})
