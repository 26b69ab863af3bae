import assert from 'node:assert/strict'
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { Client, eventually, head, tell } from './client.mjs'
import { type Contestant, connectionsOf, contestants, listening } from './contestants.mjs'

/** Short time-outs, looked at often; each is far from the others. */
const CHECKED: ServerOptions = { connectionsCheckingInterval: 10 }
const TIMED_OUT = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n'

for (const { name, create } of contestants) {
  describe(`on ${name}, a slow head`, () => {
    it('is answered when it comes a byte at a time, but in time', async (t) => {
      const server = create({}, (req, res) => res.end(`${req.url} ${JSON.stringify(req.rawHeaders)}`))
      const client = await Client.open(await listening(t, server))
      for (const byte of head('GET /slow', 'X-Field: value', 'Connection: close')) {
        client.send(byte)
        await new Promise(setImmediate)
      }
      assert.match(await client.end(), /\/slow \["Host","x","X-Field","value","Connection","close"\]$/)
    })

    it('is 408 after headersTimeout, on a new connection and on a kept one', async (t) => {
      const server = create({ ...CHECKED, headersTimeout: 60, requestTimeout: 60_000 }, (_req, res) =>
        res.end('ok'),
      )
      const port = await listening(t, server)
      assert.equal(await tell(port, 'GET / HTTP/1.1\r\nHost: x\r\nX-'), TIMED_OUT)
      const client = await Client.open(port)
      await client.send(head('GET /')).until('ok')
      client.send('GET / HT')
      assert.ok((await client.end()).endsWith(`ok${TIMED_OUT}`))
    })

    it('is told to a listener for clientError, which answers for itself', async (t) => {
      const server = create({ ...CHECKED, headersTimeout: 60, requestTimeout: 60_000 })
      const codes: unknown[] = []
      server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
        codes.push(error.code)
        socket.end('own words')
      })
      assert.equal(await tell(await listening(t, server), 'GET / HTTP/1.1\r\nHost: x\r\nX-'), 'own words')
      // node:http may tell more, of the client that goes away in the middle of a head.
      assert.equal(codes[0], 'ERR_HTTP_REQUEST_TIMEOUT')
    })

    it('does not end a connection that is fed within the time, again and again', async (t) => {
      const server = create({ ...CHECKED, headersTimeout: 400, requestTimeout: 500 }, (_req, res) =>
        res.end('ok'),
      )
      const client = await Client.open(await listening(t, server))
      for (let i = 1; i <= 6; i++) {
        const [first, second] = ['GET / HTTP/1.1\r\nHo', 'st: x\r\n\r\n']
        client.send(first)
        await delay(100)
        client.send(second)
        await client.until(() => client.received.split('HTTP/1.1 200').length - 1 === i)
      }
      assert.equal(client.isClosed, false)
    })
  })

  describe(`on ${name}, a slow body`, () => {
    it('ends the connection with 408 after requestTimeout', async (t) => {
      const seen: string[] = []
      const server = create({ ...CHECKED, headersTimeout: 60, requestTimeout: 80 }, (req) => {
        req
          .on('aborted', () => seen.push('aborted'))
          .on('error', (error) => seen.push(error.message))
          .resume()
      })
      const port = await listening(t, server)
      assert.equal(await tell(port, `${head('POST /', 'Content-Length: 10')}12345`), TIMED_OUT)
      await eventually(() => seen.length === 2)
      assert.deepEqual(seen, ['aborted', 'aborted'])
      assert.equal(await tell(port, `${head('POST /', 'Transfer-Encoding: chunked')}5\r\n123`), TIMED_OUT)
    })

    it('is read in full when it comes in time, a byte at a time', async (t) => {
      const server = create({}, async (req, res) => {
        let body = ''
        for await (const chunk of req) body += String(chunk)
        res.end(body)
      })
      const client = await Client.open(await listening(t, server))
      client.send(head('POST /', 'Transfer-Encoding: chunked', 'Connection: close'))
      for (const byte of '5;a=b\r\nhello\r\n00001\r\n!\r\n0\r\nX-Trailer: t\r\n\r\n') {
        client.send(byte)
        await new Promise(setImmediate)
      }
      assert.match(await client.end(), /hello!/)
    })

    it('that nobody reads stops the sender', async (t) => {
      const total = 64 * 2 ** 20
      let held: IncomingMessage | undefined
      const server = create({}, (req) => void (held = req))
      const socket = connect(await listening(t, server), '127.0.0.1')
      t.after(() => socket.destroy())
      socket.on('error', () => {})
      socket.write(head('POST /', `Content-Length: ${total}`))
      socket.write(Buffer.alloc(total))
      await eventually(() => held !== undefined)
      await steady(() => held?.socket.bytesRead ?? 0)
      assert.ok((held?.socket.bytesRead ?? total) < 4 * 2 ** 20, `${held?.socket.bytesRead} bytes were read`)
      // It goes on as soon as somebody reads, and nothing is lost.
      let bytes = 0
      held?.on('data', (chunk: Buffer) => (bytes += chunk.length))
      await eventually(() => bytes === total)
    })
  })

  describe(`on ${name}, a slow reader`, () => {
    it('holds back the handler: write() gives false, drain comes when the client reads', async (t) => {
      const total = 64 * 2 ** 20
      const chunk = Buffer.alloc(2 ** 16)
      const { res, socket } = await answered(
        t,
        { name, create },
        (_req, response) => void response.writeHead(200),
      )
      let written = 0
      function write() {
        while (written < total) {
          written += chunk.length
          if (!res.write(chunk)) return
        }
        res.end()
      }
      write()
      assert.equal(written, chunk.length, 'a chunk beyond the mark is the last that is taken at once')
      assert.equal(res.writableNeedDrain, true)
      res.on('drain', write)
      // The kernel takes some megabytes on the way.
      await steady(() => written)
      assert.ok(written < total / 2, `${written} bytes were taken for a client that does not read`)
      socket.resume()
      await eventually(() => res.writableFinished)
      assert.equal(written, total)
    })

    it('that goes away ends the answer', async (t) => {
      const { res, socket } = await answered(t, { name, create }, () => {})
      res.end(Buffer.alloc(64 * 2 ** 20))
      await delay(20)
      assert.equal(res.closed, false)
      socket.resetAndDestroy()
      await eventually(() => res.closed)
      assert.equal(res.destroyed, true)
    })
  })

  describe(`on ${name}, a silent connection`, () => {
    it('is closed after keepAliveTimeout, not before', async (t) => {
      const server = create({ ...CHECKED, keepAliveTimeout: 150 }, (_req, res) => res.end('ok'))
      if ('keepAliveTimeoutBuffer' in server) server.keepAliveTimeoutBuffer = 0
      const client = await Client.open(await listening(t, server))
      await client.send(head('GET /')).until('ok')
      const answeredAt = performance.now()
      await client.end()
      const waited = performance.now() - answeredAt
      assert.ok(waited > 120, `closed after ${waited} ms`)
      assert.ok(!client.received.includes('408'))
    })

    it('is given to a listener for timeout after server.timeout', async (t) => {
      const server = create({})
      server.setTimeout(60)
      let timeouts = 0
      server.on('timeout', (socket) => {
        timeouts++
        socket.destroy()
      })
      assert.equal(await tell(await listening(t, server), 'GET '), '')
      assert.equal(timeouts, 1)
      await eventually(async () => (await connectionsOf(server)) === 0)
    })

    it('is destroyed after server.timeout where nobody listens', async (t) => {
      const seen: string[] = []
      const server: Server = create({}, (req, res) => {
        req.on('close', () => seen.push('req close'))
        res.on('close', () => seen.push(`res close, finished: ${res.writableFinished}`))
      })
      server.setTimeout(60)
      assert.equal(await tell(await listening(t, server), head('GET /')), '')
      await eventually(() => seen.length === 2)
      assert.deepEqual(seen.toSorted(), ['req close', 'res close, finished: false'])
    })
  })
}

/** A request that has come to its handler, from a client that does not read. */
async function answered(
  t: TestContext,
  { create }: Omit<Contestant, 'isSecure'>,
  act: (req: IncomingMessage, res: ServerResponse) => void,
) {
  let given: ServerResponse | undefined
  const server = create({}, (req, res) => {
    given = res
    act(req, res)
  })
  const socket = connect(await listening(t, server), '127.0.0.1').pause()
  t.after(() => socket.destroy())
  socket.on('error', () => {})
  socket.write(head('GET /'))
  await eventually(() => given !== undefined)
  return { res: given as ServerResponse, socket }
}

/** Waits until a number has stopped to change. */
async function steady(value: () => number): Promise<void> {
  let last = -1
  await eventually(async () => {
    const before = last
    last = value()
    await delay(50)
    return last === before && value() === last
  })
}
