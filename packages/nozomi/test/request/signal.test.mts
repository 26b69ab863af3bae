import assert from 'node:assert/strict'
import { once } from 'node:events'
import { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import nozomi, { type Express, type RequestHandler } from 'nozomi'
import { until } from '../files/until.mjs'
import { ALL_WAYS, type Way } from '../support/all-carriers.mjs'
import { listen, serveOn } from '../support/serve.mjs'

interface Seen {
  signal: AbortSignal
  closed: boolean
}

/** An application that keeps the signals that it read before `answer` ran. */
function reading(answer: RequestHandler): { app: Express; seen: Seen[] } {
  const seen: Seen[] = []
  const app = nozomi()
  app.set('env', 'test')
  app.use((req, res, next) => {
    const one = { signal: req.signal, closed: false }
    seen.push(one)
    res.once('close', () => (one.closed = true))
    next()
  })
  app.use(answer)
  return { app, seen }
}

/** Asks, and goes away when the application has the request. */
async function leave(t: TestContext, way: Way, app: Express, hasCome: () => boolean): Promise<void> {
  const ask = await way.ask(t, app)
  const leaving = new AbortController()
  ask('/', { signal: leaving.signal })
    .then((answer) => answer.text())
    .catch(() => {})
  await until(hasCome, 'the request')
  leaving.abort()
}

const answers: Record<string, RequestHandler> = {
  'an answer that is known': (_req, res) => void res.json({}),
  'an answer in pieces': (_req, res) => {
    res.write('a')
    setImmediate(() => res.end('b'))
  },
}

const unfinished: Record<string, RequestHandler> = {
  'before the answer': (_req, res) => void res.status(200),
  'in the answer': (_req, res) => void res.write('some'),
}

const isOfNode = 'signal' in IncomingMessage.prototype

/** In an application of stock Express, requests have the members of Express: there it is up to node. */
const WAYS = ALL_WAYS.filter(({ name }) => isOfNode || name !== 'mounted in stock Express')

for (const way of WAYS) {
  describe(`req.signal, over ${way.name}`, () => {
    for (const [name, answer] of Object.entries(answers)) {
      it(`is not aborted by the end of ${name}`, async (t) => {
        const { app, seen } = reading(answer)
        const ask = await way.ask(t, app)
        await (await ask('/')).text()
        await until(() => seen[0]?.closed === true)
        assert.equal(seen[0]?.signal instanceof AbortSignal, true)
        assert.equal(seen[0]?.signal.aborted, false)
      })
    }

    for (const [name, answer] of Object.entries(way.canLeave ? unfinished : {})) {
      it(`is aborted when the client goes ${name}`, async (t) => {
        const { app, seen } = reading(answer)
        await leave(t, way, app, () => seen.length === 1)
        const { signal } = seen[0] as Seen
        if (!signal.aborted) await once(signal, 'abort')
        assert.equal((signal.reason as Error).name, 'AbortError')
      })
    }

    if (!way.canLeave) return

    it('is aborted from the start when it is read after the client has gone', async (t) => {
      const signals: AbortSignal[] = []
      let hasCome = false
      const app = nozomi().use((req, res) => {
        hasCome = true
        res.once('close', () => setImmediate(() => void signals.push(req.signal)))
      })
      await leave(t, way, app, () => hasCome)
      await until(() => signals.length === 1)
      assert.equal(signals[0]?.aborted, true)
    })
  })
}

describe('req.signal', () => {
  it('is one signal, however often it is read', async (t) => {
    const child = nozomi().get(
      '/',
      (req, res) => void res.json(req.signal === Reflect.get(res.locals, 'signal')),
    )
    const app = nozomi().use((req, res, next) => {
      Reflect.set(res.locals, 'signal', req.signal)
      next()
    })
    const client = await listen(t, app.use('/child', child))
    assert.equal((await client.get('/child')).body, 'true')
  })

  it('is not aborted when it is read after the answer', async (t) => {
    const signals: AbortSignal[] = []
    const app = nozomi().use((req, res) => {
      res.once('close', () => setImmediate(() => void signals.push(req.signal)))
      res.end('x')
    })
    const client = await listen(t, app)
    await client.get('/')
    await until(() => signals.length === 1)
    assert.equal(signals[0]?.aborted, false)
  })

  for (const server of ['node', 'turbo'] as const) {
    it(`is aborted for each request that waits on a lost connection, on ${server}`, async (t) => {
      const { app, seen } = reading((_req, res) => void res.status(200))
      const { port } = await serveOn(t, nozomi.createServer(app, { server }).listen(0, '127.0.0.1'))
      const socket = connect(port, '127.0.0.1')
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(5))
      await until(() => seen.length === 5)
      socket.destroy()
      await until(() => seen.every(({ signal }) => signal.aborted))
    })
  }

  it('stops what works for the answer', async (t) => {
    const { port: slow } = await listen(
      t,
      nozomi().use((_req, res) => void res.status(200)),
    )
    const failures: unknown[] = []
    let hasCome = false
    const app = nozomi().use(async (req) => {
      hasCome = true
      await fetch(`http://127.0.0.1:${slow}/`, { signal: req.signal }).catch((error: Error) =>
        failures.push(error.name),
      )
    })
    await leave(t, ALL_WAYS[0] as Way, app, () => hasCome)
    await until(() => failures.length === 1)
    assert.deepEqual(failures, ['AbortError'])
  })

  for (const server of ['node', 'turbo'] as const) {
    it(`is there for who upgrades a connection, and aborted when that is closed, on ${server}`, async (t) => {
      const signals: AbortSignal[] = []
      const listening = nozomi.createServer(nozomi(), { server }).listen(0, '127.0.0.1')
      listening.on('upgrade', (req, socket) => {
        signals.push((req as unknown as { signal: AbortSignal }).signal)
        socket.on('end', () => socket.end()).resume()
      })
      const { port } = await serveOn(t, listening)
      const socket = connect(port, '127.0.0.1')
      socket.write('GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
      await until(() => signals.length === 1)
      assert.equal(signals[0]?.aborted, false)
      socket.destroy()
      await until(() => signals[0]?.aborted === true)
    })
  }

  const skip = isOfNode && 'this node has its own'

  it('makes nothing before it is read', { skip }, async (t) => {
    const original = globalThis.AbortController
    let made = 0
    globalThis.AbortController = class extends original {
      constructor() {
        super()
        made++
      }
    }
    t.after(() => (globalThis.AbortController = original))
    const app = nozomi()
    app.get('/unread', (_req, res) => void res.end('x'))
    app.get('/read', (req, res) => void res.end(String(req.signal.aborted)))
    const client = await listen(t, app)
    assert.equal((await client.get('/unread')).status, 200)
    assert.equal(made, 0)
    assert.equal((await client.get('/read')).body, 'false')
    assert.equal(made, 1)
  })

  it('may be assigned, as on a request of Express there', { skip }, async (t) => {
    const app = nozomi().use((req, res) => {
      Object.assign(req, { signal: 'mine' })
      res.end(String(req.signal))
    })
    assert.equal((await (await listen(t, app)).get('/')).body, 'mine')
  })
})
