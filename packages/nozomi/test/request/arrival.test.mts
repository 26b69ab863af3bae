import nozomi from 'nozomi'
import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { once } from 'node:events'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { listen, serveOn } from '../support/serve.mjs'

/*
 * Bodies go past the stream of their request as long as nobody looks at it. These tests look: at the states that node
 * would show, at the events of those who come late, and at the pieces that they would get.
 */

const JSON_POST = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'

function stateOf(req: IncomingMessage) {
  const { complete, readableEnded, readableFlowing, readableDidRead, readable, destroyed, closed, aborted } =
    req
  return { complete, readableEnded, readableFlowing, readableDidRead, readable, destroyed, closed, aborted }
}

describe('a request that nobody reads', () => {
  it('is in the end what it is on node:http', async (t) => {
    const states: Record<string, unknown>[] = []
    const listener = (req: IncomingMessage, res: { end(text: string): void }) => {
      const first = stateOf(req)
      res.end('x')
      setImmediate(() => setImmediate(() => states.push({ first, last: stateOf(req) })))
    }
    const ours = nozomi().use(listener as never)
    for (const client of [await listen(t, ours), await serveOn(t, createServer(listener as never))]) {
      await client.get('/')
      await setTimeout(20)
    }
    assert.equal(states.length, 2)
    assert.deepEqual(states[0], states[1])
  })

  it("tells those who listen from its start, and those who come when the answer is out, of 'end' and 'close'", async (t) => {
    const heard: string[] = []
    const app = nozomi()
    app.get('/early', (req, res) => {
      req.on('end', () => heard.push('early end')).on('close', () => heard.push('early close'))
      req.resume()
      res.send('x')
    })
    app.get('/late', (req, res) => {
      res.on('finish', () => {
        req.on('end', () => heard.push('late end')).on('close', () => heard.push('late close'))
      })
      res.send('x')
    })
    const client = await listen(t, app)
    await client.get('/early')
    await client.get('/late')
    await setTimeout(20)
    assert.deepEqual(heard, ['early end', 'early close', 'late end', 'late close'])
  })

  it('can be read later: the stream is empty and ends', async (t) => {
    const app = nozomi()
    app.get('/', async (req, res) => {
      await setTimeout(5)
      const pieces = []
      for await (const piece of req) pieces.push(piece)
      res.json({ pieces, ended: req.readableEnded })
    })
    const { body } = await (await listen(t, app)).get('/')
    assert.equal(body, '{"pieces":[],"ended":true}')
  })
})

describe('a body that a parser reads', () => {
  it('leaves the request as reading it as a stream would', async (t) => {
    const states: unknown[] = []
    const app = nozomi()
    app.post('/', nozomi.json(), (req, res) => {
      const inHandler = stateOf(req)
      res.json(req.body)
      setImmediate(() => setImmediate(() => states.push([inHandler, stateOf(req)])))
    })
    const listening = nozomi()
    // Whoever listens to the stream makes the parser read it as one.
    listening.use((req, _res, next) => {
      req.on('data', () => {})
      req.pause()
      setImmediate(() => req.resume())
      next()
    })
    listening.use(app)
    for (const served of [app, listening]) {
      const client = await listen(t, served)
      const answer = await client.raw(`${JSON_POST}Content-Length: 7\r\nConnection: close\r\n\r\n{"a":1}`)
      assert.match(answer, /\r\n\r\n\{"a":1\}$/)
      await setTimeout(20)
    }
    assert.equal(states.length, 2)
    assert.deepEqual(states[0], states[1])
  })

  it('goes on as a stream from where somebody begins to listen to it', async (t) => {
    const seen: string[] = []
    const app = nozomi()
    app.use((req, _res, next) => {
      setImmediate(() =>
        req.on('data', (piece: Buffer) => seen.push(piece.toString())).on('end', () => seen.push('end')),
      )
      next()
    })
    app.post('/', nozomi.json(), (req, res) => void res.json(req.body))
    const { port } = await listen(t, app)
    const socket = connect(port, '127.0.0.1')
    socket.write(`${JSON_POST}Content-Length: 7\r\nConnection: close\r\n\r\n{"a"`)
    await setTimeout(50)
    socket.write(':1}')
    const pieces = []
    for await (const piece of socket) pieces.push(piece)
    assert.match(Buffer.concat(pieces).toString(), /\r\n\r\n\{"a":1\}$/)
    assert.deepEqual(seen, [':1}', 'end'])
  })

  it('is refused when the request is destroyed, before and after its first pieces', async (t) => {
    for (const wait of [0, 30]) {
      const app = nozomi()
      const failures: unknown[] = []
      app.use((req, _res, next) => {
        if (wait === 0) process.nextTick(() => req.destroy())
        else void setTimeout(wait).then(() => req.destroy())
        next()
      })
      app.use(nozomi.json())
      app.use(((error, _req, _res, _next) => {
        failures.push(error.code, error.received)
      }) as nozomi.ErrorRequestHandler)
      const { port } = await listen(t, app)
      const socket = connect(port, '127.0.0.1').on('error', () => {})
      socket.write(`${JSON_POST}Content-Length: 7\r\n\r\n{"a"`)
      await once(socket, 'close')
      assert.deepEqual(failures, ['ECONNABORTED', 4])
    }
  })

  it('is parsed in the context of who called the parser, whether it comes with its head or later', async (t) => {
    const storage = new AsyncLocalStorage<string>()
    const app = nozomi()
    app.use((_req, _res, next) => storage.run('the caller', next))
    app.post('/', nozomi.json(), (_req, res) => void res.send(storage.getStore()))
    const { port } = await listen(t, app)
    for (const wait of [0, 30]) {
      const socket = connect(port, '127.0.0.1')
      socket.write(`${JSON_POST}Content-Length: 7\r\nConnection: close\r\n\r\n`)
      if (wait > 0) await setTimeout(wait)
      socket.write('{"a":1}')
      const pieces = []
      for await (const piece of socket) pieces.push(piece)
      assert.match(Buffer.concat(pieces).toString(), /the caller$/)
    }
  })

  it("is heard of by who waits for 'close' in the handler, as after a stream", async (t: TestContext) => {
    const heard: string[] = []
    const app = nozomi()
    app.post('/', nozomi.json(), (req, res) => {
      req.on('end', () => heard.push('end')).on('close', () => heard.push('close'))
      setImmediate(() => setImmediate(() => res.send(heard.join())))
    })
    const client = await listen(t, app)
    const answer = await client.raw(`${JSON_POST}Content-Length: 7\r\nConnection: close\r\n\r\n{"a":1}`)
    assert.match(answer, /\r\n\r\nclose$/)
  })
})
