import assert from 'node:assert/strict'
import type { Server } from 'node:http'
import { describe, it } from 'node:test'
import { Clock } from '#dist/server/turbo/clock.js'
import { alike, onEach } from './beside-node.mjs'
import { Client, head } from './faults/client.mjs'
import { listening } from './faults/contestants.mjs'

async function lasted(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** node looks every so often; ours has no such option, and takes it without a word. */
const OPTIONS = { connectionsCheckingInterval: 20 }

describe('the time-outs of a server', () => {
  onEach('close a connection that is idle', async (t, { create }) => {
    const server = create({ keepAliveTimeout: 50 }, (_req, res) => void res.end('x'))
    Object.assign(server, { keepAliveTimeoutBuffer: 0 })
    const client = await Client.open(await listening(t, server))
    // Before Node 24 there is a second on top, for both.
    const ms = await lasted(() => client.send(head('GET /')).end())
    assert.ok(ms >= 45, `closed after ${ms} ms`)
  })

  for (const [name, options, sent] of [
    ['a head', { headersTimeout: 60, requestTimeout: 1000 }, 'GET / HT'],
    ['a first head that never begins', { headersTimeout: 60, requestTimeout: 1000 }, ''],
    ['a body', { headersTimeout: 60, requestTimeout: 80 }, head('POST /', 'Content-Length: 5')],
  ] as const) {
    onEach(`answer 408 to ${name} that does not come`, async (t, { create }) => {
      const server = create({ ...OPTIONS, ...options }, (req) => void req.resume())
      const client = await Client.open(await listening(t, server))
      const ms = await lasted(() => client.send(sent).end())
      assert.equal(client.received, 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')
      assert.ok(ms >= 55, `answered after ${ms} ms`)
    })
  }

  onEach('let a handler take its time', async (t, { create }) => {
    const server = create({ ...OPTIONS, headersTimeout: 200, requestTimeout: 200, keepAliveTimeout: 50 })
    server.on('request', (_req, res) => void setTimeout(() => res.end('x'), 450))
    const client = await Client.open(await listening(t, server))
    assert.match(await client.send(head('GET /')).until('\r\n\r\nx'), /^HTTP\/1.1 200 OK/)
  })

  onEach('tell of a connection on which nothing moves', async (t, { create }) => {
    const server: Server = create({}, () => {})
    let told = 0
    server.setTimeout(50, (socket) => {
      told++
      socket.destroy()
    })
    const client = await Client.open(await listening(t, server))
    const ms = await lasted(() => client.send(head('GET /')).end())
    assert.equal(told, 1)
    assert.ok(ms >= 45, `told after ${ms} ms`)
  })

  alike('tell a listener once, until something moves again', {
    prepare: (server, note) => server.setTimeout(40, () => note('time-out')),
    listener: () => (_req, res) => void setTimeout(() => res.end('x'), 300),
    talk: (client) => client.send(head('GET /')).until('\r\n\r\nx'),
  })

  for (const ms of [0, 5000]) {
    alike(`give way to ${ms} ms that a handler sets for its request`, {
      prepare: (server) => server.setTimeout(40),
      listener: () => (req, res) => {
        req.setTimeout(ms)
        setTimeout(() => res.end('late'), 300)
      },
      talk: (client) =>
        client.send(head('GET /')).until(() => client.isClosed || client.received.includes('late')),
    })
  }

  alike('come back after the request for which a handler had set others', {
    prepare: (server) => server.setTimeout(40, (socket) => void socket.end('time-out')),
    listener: () => (req, res) => {
      if (req.url === '/2') return
      req.setTimeout(0)
      setTimeout(() => res.end('late'), 150)
    },
    async talk(client) {
      await client.send(head('GET /')).until('late')
      return client.send(head('GET /2')).end()
    },
  })

  for (const timeout of [0, 3000]) {
    alike(`stand on the socket, when the server has ${timeout} ms`, {
      prepare: (server) => server.setTimeout(timeout),
      listener: (note) => (req, res) => {
        note(String(req.socket.timeout))
        if (req.url === '/2') req.setTimeout(2000)
        note(String(req.socket.timeout))
        res.end(`answer ${req.url}`)
      },
      async talk(client) {
        for (const path of ['/1', '/2', '/3']) await client.send(head(`GET ${path}`)).until(`answer ${path}`)
      },
    })
  }

  onEach('leave an idle connection to keepAliveTimeout', async (t, { create }) => {
    const server = create({}, (_req, res) => void res.end('x'))
    server.setTimeout(40)
    const client = await Client.open(await listening(t, server))
    await client.send(head('GET /')).until('\r\n\r\nx')
    await new Promise((resolve) => setTimeout(resolve, 200))
    assert.equal(client.isClosed, false)
  })

  onEach('of one request are not those of the connection after it', async (t, { create }) => {
    const server = create({}, (req, res) => {
      if (req.url === '/1') res.setTimeout(60, () => {})
      setTimeout(() => res.end(`answer ${req.url}`), req.url === '/1' ? 0 : 150)
    })
    const client = await Client.open(await listening(t, server))
    await client.send(head('GET /1')).until('answer /1')
    await new Promise((resolve) => setTimeout(resolve, 150))
    await client.send(head('GET /2')).until('answer /2')
    assert.equal(client.isClosed, false)
  })

  onEach('can be set for one request', async (t, { create }) => {
    const server = create({}, (req, res) => void req.setTimeout(30, () => res.end('late')))
    // The request is complete, so node tells the response and the server.
    server.on('timeout', (socket) => socket.end('told the server'))
    const client = await Client.open(await listening(t, server))
    assert.equal(await client.send(head('GET /')).end(), 'told the server')
  })
})

describe('the clock', () => {
  it('is never early, and stands still while nothing is timed', async () => {
    const clock = new Clock(() => [40, 0, undefined])
    const timed = {
      overAt: 0,
      checkTime: () => void (timed.overAt ||= clock.isOver(40, since) ? performance.now() : 0),
    }
    const start = performance.now()
    clock.add(timed)
    const since = clock.now
    while (timed.overAt === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    assert.ok(timed.overAt - start >= 40, `over after ${timed.overAt - start} ms`)
    clock.remove(timed)
    const { now } = clock
    await new Promise((resolve) => setTimeout(resolve, 30))
    assert.equal(clock.now, now)
  })

  it('takes 0, and what is no number, for no time-out', () => {
    const clock = new Clock(() => [])
    for (const none of [0, -1, undefined, Number.NaN]) assert.equal(clock.isOver(none, -1e9), false)
  })
})
