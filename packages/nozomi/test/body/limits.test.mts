import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Socket } from 'node:net'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import nozomi from 'nozomi'
import { chunkOf, converse, flood, head } from './conversation.mjs'
import { listen } from '../support/serve.mjs'
import { BYTES_TYPE, FORM_TYPE, JSON_TYPE, type Parsing, parsing, TEXT_TYPE } from './parsing.mjs'

const MB = 1024 * 1024

/** All that a server reads of a client that does not stop: what we read on purpose, and what buffers hold. */
const AT_MOST_READ = 2 * MB

const TEXT = { 'Content-Type': 'text/plain' }

function socketsOf(client: Parsing): Socket[] {
  const sockets: Socket[] = []
  client.server.on('connection', (socket: Socket) => sockets.push(socket))
  return sockets
}

describe('a body over the limit', () => {
  it('is refused with 413 by each parser, which says how long it was', async (t) => {
    const kinds = [
      [nozomi.json, JSON_TYPE],
      [nozomi.urlencoded, FORM_TYPE],
      [nozomi.text, TEXT_TYPE],
      [nozomi.raw, BYTES_TYPE],
    ] as const
    for (const [parser, type] of kinds) {
      const client = await parsing(t, parser({ limit: 10 }))
      const { status, error } = await client.post('[123456789]', type)
      assert.equal(status, 413)
      assert.equal(error?.name, 'PayloadTooLargeError')
      assert.equal(error?.message, 'request entity too large')
      assert.deepEqual([error?.type, error?.code], ['entity.too.large', 'NOZOMI_BODY_TOO_LARGE'])
      assert.deepEqual([error?.limit, error?.length, error?.expected], [10, 11, 11])
      assert.equal((await client.post('[12345678]', type)).status, 200)
    }
  })

  it('is one over 100 kb unless the limit says otherwise', async (t) => {
    const client = await parsing(t, nozomi.raw())
    assert.equal((await client.post(Buffer.alloc(100 * 1024), BYTES_TYPE)).status, 200)
    assert.equal((await client.post(Buffer.alloc(100 * 1024 + 1), BYTES_TYPE)).status, 413)
    const zero = await parsing(t, nozomi.raw({ limit: 0 }))
    assert.equal((await zero.post('', BYTES_TYPE)).status, 200)
    assert.equal((await zero.post('1', BYTES_TYPE)).status, 413)
  })

  it('is answered at once when the head names its length, and the connection is closed', async (t) => {
    const client = await parsing(t, nozomi.text({ limit: '1kb' }))
    const talk = converse(t, client.port)
    talk.socket.write(head({ ...TEXT, 'Content-Length': 50 * MB }))
    await talk.until(/\r\n\r\n\{"error"/)
    assert.match(talk.received(), /^HTTP\/1\.1 413 Payload Too Large\r\n/)
    assert.match(talk.received(), /\r\nConnection: close\r\n/)
    await talk.closed
  })

  it('is not read by a server whose client goes on sending 50 MB of known length', async (t) => {
    const client = await parsing(t, nozomi.text({ limit: '1kb' }))
    const sockets = socketsOf(client)
    const talk = converse(t, client.port, true)
    talk.socket.write(head({ ...TEXT, 'Content-Length': 50 * MB }))
    await flood(talk.socket, 50 * MB, (data) => data)
    await talk.closed
    assert.match(talk.received(), /^HTTP\/1\.1 413 .*"entity\.too\.large"/s, 'the client has its answer')
    assert.equal(client.errors.length, 1)
    assert.equal(sockets.length, 1)
    const { bytesRead } = sockets[0] as Socket
    assert.ok(bytesRead < AT_MOST_READ, `${bytesRead} bytes were read`)
  })

  it('is not read by a server whose client goes on sending 50 MB in chunks', async (t) => {
    const client = await parsing(t, nozomi.text({ limit: '1kb' }))
    const sockets = socketsOf(client)
    const talk = converse(t, client.port, true)
    talk.socket.write(head({ ...TEXT, 'Transfer-Encoding': 'chunked' }))
    await flood(talk.socket, 50 * MB, chunkOf)
    await talk.closed
    assert.match(talk.received(), /^HTTP\/1\.1 413 .*\r\nConnection: close\r\n.*"entity\.too\.large"/s)
    assert.equal(client.errors.length, 1)
    const { bytesRead } = sockets[0] as Socket
    assert.ok(bytesRead < AT_MOST_READ, `${bytesRead} bytes were read`)
  })

  it('is answered after a moment when the client sends chunks and then nothing', async (t) => {
    const client = await parsing(t, nozomi.text({ limit: 10 }))
    const talk = converse(t, client.port)
    talk.socket.write(head({ ...TEXT, 'Transfer-Encoding': 'chunked' }))
    talk.socket.write(chunkOf('more than ten bytes'))
    await talk.until(/\r\n\r\n\{"error"/)
    assert.match(talk.received(), /^HTTP\/1\.1 413 .*\r\nConnection: close\r\n/s)
    await talk.closed
  })

  it('is read to its end when it is not much longer, so that the connection is kept', async (t) => {
    const client = await parsing(t, nozomi.text({ limit: 10 }))
    const talk = converse(t, client.port)
    talk.socket.write(head({ ...TEXT, 'Transfer-Encoding': 'chunked' }))
    talk.socket.write(chunkOf('more than ten bytes'))
    talk.socket.write(Buffer.concat([chunkOf('x'.repeat(1000)), Buffer.from('0\r\n\r\n')]))
    await talk.until(/413.*\r\n\r\n\{"error"/s)
    assert.doesNotMatch(talk.received(), /Connection: close/)
    talk.socket.write(`${head({ ...TEXT, 'Content-Length': 2 })}ok`)
    await talk.until(/200 OK.*\{"body":"ok"\}/s)
  })

  it('never hands its rest to the next request', async (t) => {
    const client = await parsing(t, nozomi.text({ limit: 10 }))
    const smuggled = `${head({ ...TEXT, 'Content-Length': 8 })}smuggled`
    const body = `more than ten bytes${smuggled}`
    const talk = converse(t, client.port)
    talk.socket.write(head({ ...TEXT, 'Content-Length': body.length }) + body)
    await talk.closed
    assert.equal(talk.received().match(/HTTP\/1\.1 /g)?.length, 1)
  })

  it('is taken from a client that sends it late, without a reset and without a second answer', async (t) => {
    const client = await parsing(t, nozomi.text({ limit: 10 }))
    let requests = 0
    client.server.on('request', () => void requests++)
    const talk = converse(t, client.port, true)
    const end = new Promise((resolve) => talk.socket.once('end', resolve))
    const failure: Error[] = []
    talk.socket.on('error', (error) => failure.push(error))
    talk.socket.write(head({ ...TEXT, 'Content-Length': 50 }))
    await end
    talk.socket.write('x'.repeat(50) + head({ ...TEXT, 'Content-Length': 0 }))
    await new Promise((resolve) => setTimeout(resolve, 50))
    talk.socket.end('more')
    await talk.closed
    assert.deepEqual(failure, [])
    assert.equal(requests, 1)
    assert.equal(talk.received().match(/HTTP\/1\.1 /g)?.length, 1)
  })

  it('does not get 100 Continue, and the bytes never leave the client', async (t) => {
    const client = await parsing(t, nozomi.raw({ limit: '1kb' }))
    const sockets = socketsOf(client)
    const talk = converse(t, client.port)
    talk.socket.write(head({ ...BYTES_TYPE, 'Content-Length': 10 * MB, Expect: '100-continue' }))
    await talk.closed
    assert.match(talk.received(), /^HTTP\/1\.1 413 /)
    assert.doesNotMatch(talk.received(), /100 Continue/)
    assert.ok((sockets[0] as Socket).bytesRead < 1000)
  })
})

describe('a body that is refused by its head', () => {
  it('keeps the connection when the rest is known to be small', async (t) => {
    const client = await parsing(t, nozomi.text())
    const talk = converse(t, client.port)
    const refused = { 'Content-Type': 'text/plain; charset=x-none', 'Content-Length': 1000 }
    talk.socket.write(head(refused) + 'x'.repeat(1000))
    await talk.until(/415 Unsupported.*\}$/s)
    assert.doesNotMatch(talk.received(), /Connection: close/)
    talk.socket.write(`${head({ ...TEXT, 'Content-Length': 2 })}ok`)
    await talk.until(/200 OK.*\{"body":"ok"\}/s)
  })

  it('keeps the connection when nobody knows how long the rest is, and it is over in a moment', async (t) => {
    const store = new AsyncLocalStorage<string>()
    const app = nozomi()
    app.use((_req, _res, next) => store.run('of this request', next))
    app.use(nozomi.text())
    app.use((req, res) => void res.json({ body: req.body as string }))
    app.use((_error: unknown, _req: unknown, res: nozomi.Response, _next: unknown) => {
      res.status(415).json({ store: store.getStore() })
    })
    const { port } = await listen(t, app)
    const talk = converse(t, port)
    const refused = { 'Content-Type': 'text/plain; charset=x-none', 'Transfer-Encoding': 'chunked' }
    talk.socket.write(`${head(refused)}1\r\nx\r\n0\r\n\r\n${head({ ...TEXT, 'Content-Length': 2 })}ok`)
    await talk.until(/^HTTP\/1\.1 415 .*\{"store":"of this request"\}HTTP\/1\.1 200 OK.*\{"body":"ok"\}/s)
    assert.doesNotMatch(talk.received(), /Connection: close/)
  })

  it('does not get 100 Continue when nobody knows how long it is', async (t) => {
    const client = await parsing(t, nozomi.text())
    const talk = converse(t, client.port)
    talk.socket.write(
      head({
        'Content-Type': 'text/plain; charset=x-none',
        'Transfer-Encoding': 'chunked',
        Expect: '100-continue',
      }),
    )
    await talk.closed
    assert.match(talk.received(), /^HTTP\/1\.1 415 /)
    assert.doesNotMatch(talk.received(), /100 Continue/)
  })

  it('closes the connection when nobody knows how long the rest is, and it does not end', async (t) => {
    const client = await parsing(t, nozomi.text())
    const talk = converse(t, client.port)
    talk.socket.write(
      head({ 'Content-Type': 'text/plain; charset=x-none', 'Transfer-Encoding': 'chunked' }) + chunkOf('x'),
    )
    await talk.closed
    assert.match(talk.received(), /^HTTP\/1\.1 415 .*\r\nConnection: close\r\n/s)
  })
})

describe('a compressed body over the limit', () => {
  /** A gigabyte of zeros in a megabyte: members of a megabyte each, one after the other. */
  const bomb = Buffer.concat(Array.from({ length: 1024 }, () => gzipSync(Buffer.alloc(MB))))
  const type = { ...BYTES_TYPE, 'Content-Encoding': 'gzip' }

  it('stops being inflated there', async (t) => {
    assert.ok(bomb.length > 0.9 * MB && bomb.length < 1.2 * MB)
    for (const limit of [100 * 1024, 2 * MB]) {
      const client = await parsing(t, nozomi.raw({ limit }))
      const before = process.memoryUsage.rss()
      const { status, error } = await client.post(bomb, type)
      const grown = process.memoryUsage.rss() - before
      assert.deepEqual([status, error?.type, error?.limit], [413, 'entity.too.large', limit])
      const received = error?.received as number
      assert.ok(received > limit && received <= limit + 64 * 1024, `${received} bytes were inflated`)
      assert.ok(grown < 100 * MB, `memory grew by ${grown} bytes`)
    }
  })

  it('keeps the connection when what is left to send is small', async (t) => {
    const client = await parsing(t, nozomi.raw({ limit: 10 * 1024 }))
    const small = gzipSync(Buffer.alloc(MB))
    const talk = converse(t, client.port)
    talk.socket.write(head({ ...type, 'Content-Length': small.length }))
    talk.socket.write(small)
    await talk.until(/413 .*\}$/s)
    assert.doesNotMatch(talk.received(), /Connection: close/)
    talk.socket.write(`${head({ ...BYTES_TYPE, 'Content-Length': 2 })}ok`)
    await talk.until(/200 OK.*\{"body":"6f6b"\}/s)
  })

  it('is counted by what it inflates to, not by what was sent', async (t) => {
    const client = await parsing(t, nozomi.raw({ limit: 1000 }))
    assert.equal((await client.post(gzipSync(Buffer.alloc(1000)), type)).status, 200)
    assert.equal((await client.post(gzipSync(Buffer.alloc(1001)), type)).status, 413)
    const incompressible = gzipSync(Buffer.alloc(1000), { level: 0 })
    assert.ok(incompressible.length > 1000)
    assert.equal((await client.post(incompressible, type)).status, 200)
  })
})
