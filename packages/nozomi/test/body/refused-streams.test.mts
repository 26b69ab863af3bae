import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import {
  type ClientHttp2Session,
  connect,
  createServer as createHttp2Server,
  type OutgoingHttpHeaders,
} from 'node:http2'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import nozomi from 'nozomi'
import { serveOn } from '../support/serve.mjs'
import { converse, head } from './conversation.mjs'

const parser = nozomi.json({ limit: 1000 })

describe('a body over HTTP/2', () => {
  it('is parsed though no field names its length', async (t) => {
    const answer = await post(await connectHttp2(t), {}, (stream) => stream.end('{"a":1}'))
    assert.deepEqual(answer, { status: 200, body: '{"a":1}', code: 0 })
  })

  it('over the limit by its Content-Length is refused, and its stream is closed without an error', async (t) => {
    const session = await connectHttp2(t)
    const answer = await post(session, { 'content-length': 5000 }, (stream) => stream.write('['))
    assert.deepEqual(answer, { status: 413, body: 'entity.too.large', code: 0 })
  })

  it('over the limit as it comes is refused, and its stream is closed without an error', async (t) => {
    const session = await connectHttp2(t)
    const answer = await post(session, {}, (stream) => stream.write('x'.repeat(5000)))
    assert.deepEqual(answer, { status: 413, body: 'entity.too.large', code: 0 })
  })
})

describe('a refused body whose answer asks to keep the connection', () => {
  for (const [length, sent] of [
    ['of known length', { 'Content-Length': 10_000_000 }],
    ['in chunks', { 'Transfer-Encoding': 'chunked' }],
  ] as const) {
    it(`${length}: it is closed all the same`, { timeout: 10_000 }, async (t) => {
      const server = createServer((req, res) => {
        parser(req, res, (error) => {
          res.writeHead(error.status, { Connection: 'keep-alive', 'Content-Length': 2 })
          res.end('no')
        })
      })
      // An idle connection must not be closed for its idleness here.
      server.keepAliveTimeout = 60_000
      const client = await serveOn(t, server)
      const { socket, closed, received } = converse(t, client.port)
      socket.write(head({ 'Content-Type': 'application/json', ...sent }))
      socket.write(`7d0\r\n${'x'.repeat(2000)}\r\n`)
      await closed
      assert.match(received(), /^HTTP\/1\.1 413 .*\r\n\r\nno$/s)
    })
  }
})

async function connectHttp2(t: TestContext): Promise<ClientHttp2Session> {
  const server = createHttp2Server((req, res) => {
    parser(req as never, res as never, (error) => {
      res.statusCode = error ? error.status : 200
      res.end(error ? error.type : JSON.stringify((req as { body?: unknown }).body))
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  t.after(() => {
    session.destroy()
    server.close()
  })
  return session
}

/** Settles when the stream is closed, with what came and the code of the closing. */
async function post(
  session: ClientHttp2Session,
  fields: OutgoingHttpHeaders,
  send: (stream: ReturnType<ClientHttp2Session['request']>) => void,
): Promise<{ status: number | undefined; body: string; code: number | undefined }> {
  const stream = session.request({ ':method': 'POST', 'content-type': 'application/json', ...fields })
  let status: number | undefined
  let body = ''
  stream.on('response', (head) => void (status = head[':status']))
  stream.on('data', (chunk) => void (body += chunk))
  send(stream)
  await once(stream, 'close')
  return { status, body, code: stream.rstCode }
}
