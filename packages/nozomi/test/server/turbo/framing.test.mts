import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, it, type TestContext } from 'node:test'
import nozomi from 'nozomi'
import { Client, head } from './faults/client.mjs'
import { listening } from './faults/contestants.mjs'

/*
 * Heads that handlers make by hand, and that could be read in two ways. The second request shows where the first answer
 * ended, for whoever reads by the RFC.
 */

type Answer = (res: ServerResponse, req: IncomingMessage) => unknown

/** A listener by itself, in an application, and with messages of a class of its own. */
const servers = {
  'a listener': (listener: (req: IncomingMessage, res: ServerResponse) => void) =>
    nozomi.createServer(listener, { server: 'turbo' }),
  'an application': (listener: (req: IncomingMessage, res: ServerResponse) => void) =>
    nozomi.createServer(
      nozomi()
        .disable('x-powered-by')
        .use(listener as never),
      { server: 'turbo' },
    ),
}

const NEXT = /HTTP\/1\.1 200 OK\r\n(?:(?!HTTP)[^])*\r\n\r\nnext$/

const HEADS: Record<string, [Answer, first: RegExp, isKept: boolean]> = {
  'a coding beside a length: the coding holds': [
    (res) => res.writeHead(200, { 'Content-Length': 3, 'Transfer-Encoding': 'chunked' }).end('abcd'),
    /^(?![^]*Content-Length)[^]*Transfer-Encoding: chunked\r\n[^]*\r\n\r\n4\r\nabcd\r\n0\r\n\r\n$/,
    true,
  ],
  'the same length twice: once is enough': [
    (res) => res.writeHead(200, ['Content-Length', '3', 'Content-Length', '3']).end('abc'),
    /^(?![^]*Content-Length[^]*Content-Length)[^]*Content-Length: 3\r\n[^]*\r\nabc$/,
    true,
  ],
  'a coding that says nothing of the end: the connection is the end': [
    (res) => res.writeHead(200, { 'Transfer-Encoding': 'gzip' }).end('abc'),
    /^(?![^]*keep-alive)[^]*Transfer-Encoding: gzip\r\n[^]*Connection: close\r\n\r\nabc$/i,
    false,
  ],
  'codings that end in chunked: the body is in chunks': [
    (res) => res.writeHead(200, { 'Transfer-Encoding': 'gzip, chunked' }).end('abc'),
    /Transfer-Encoding: gzip, chunked\r\n[^]*\r\n\r\n3\r\nabc\r\n0\r\n\r\n$/,
    true,
  ],
  '204 with a length': [
    (res) => res.writeHead(204, { 'Content-Length': 3 }).end('abc'),
    /^HTTP\/1\.1 204 No Content\r\n(?![^]*Content-Length)[^]*\r\n\r\n$/,
    true,
  ],
  // node closes the connection by itself then.
  '204 with a coding': [
    (res) => res.writeHead(204, { 'Transfer-Encoding': 'chunked' }).end('abc'),
    /^HTTP\/1\.1 204 No Content\r\n(?![^]*Transfer-Encoding)[^]*\r\n\r\n$/,
    false,
  ],
  'a status that is not final': [(res) => res.writeHead(150).end(), /^HTTP\/1\.1 150 [^]*\r\n\r\n$/, false],
}

async function talk(t: TestContext, server: ReturnType<typeof nozomi.createServer>, version = '1.1') {
  const client = await Client.open(await listening(t, server))
  const first = head('GET /').replace('HTTP/1.1', `HTTP/${version}`)
  return client.send(first + head('GET /next', 'Connection: close')).end()
}

for (const [who, serve] of Object.entries(servers)) {
  describe(`${who} on turbo that sends`, () => {
    const answering = (answer: Answer) =>
      serve((req, res) => void (req.url === '/next' ? res.end('next') : answer(res, req)))

    for (const [what, [answer, first, isKept]] of Object.entries(HEADS)) {
      it(what, async (t) => {
        const text = await talk(t, answering(answer))
        assert.match(text.replace(NEXT, ''), first)
        assert.equal(NEXT.test(text), isKept, text)
      })
    }

    it('lengths that differ is told so, and can answer otherwise', async (t) => {
      const server = answering((res) => {
        assert.throws(() => res.writeHead(200, ['Content-Length', '3', 'Content-Length', '5']), {
          name: 'TypeError',
          message: 'the head has several lengths, Content-Length: 3 and 5; set one of them',
        })
        assert.equal(res.headersSent, false)
        res.writeHead(500).end('oh')
      })
      assert.match(
        await talk(t, server),
        /^HTTP\/1\.1 500 [^]*\r\n\r\n2\r\noh\r\n0\r\n\r\nHTTP|^HTTP\/1\.1 500 [^]*\r\n\r\nohHTTP/,
      )
    })

    it('a coding to a client of HTTP/1.0: it gets the body as it is, and the end of the connection', async (t) => {
      const server = answering((res) => res.writeHead(200, { 'Transfer-Encoding': 'chunked' }).end('abc'))
      const text = await talk(t, server, '1.0')
      assert.match(text, /^HTTP\/1\.1 200 OK\r\n(?![^]*Transfer-Encoding)[^]*Connection: close\r\n\r\nabc$/)
    })
  })
}

describe('turbo', () => {
  it('takes the host of a target in absolute form for that of the request', async (t) => {
    const app = nozomi()
    app.use(
      (req, res) => void res.json([req.headers.host, req.hostname, req.url, req.headersDistinct['host']]),
    )
    const client = await Client.open(await listening(t, nozomi.createServer(app, { server: 'turbo' })))
    const text = await client
      .send('GET http://a.test:81/x HTTP/1.1\r\nHost: b.test\r\nConnection: close\r\n\r\n')
      .end()
    const expected = ['a.test:81', 'a.test', 'http://a.test:81/x', ['a.test:81']]
    assert.deepEqual(JSON.parse(text.slice(text.indexOf('\r\n\r\n'))), expected)
  })

  it('lets an answer leave that was written before the socket was destroyed, also one that was held to go with others', async (t) => {
    const server = nozomi.createServer(
      (req, res) => {
        res.end(req.url)
        req.socket.destroy()
      },
      { server: 'turbo' },
    )
    const client = await Client.open(await listening(t, server))
    const text = await client.send(head('GET /one') + head('GET /two')).end()
    assert.match(text, /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n\/one$/)
  })

  it('sends no second answer for a request that was answered before its body turned out to be malformed', async (t) => {
    const server = nozomi.createServer((_req, res) => void res.end('early'), { server: 'turbo' })
    const client = await Client.open(await listening(t, server))
    client.send('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n')
    await client.until('early')
    const text = await client.send('zz\r\n').end()
    assert.match(text, /^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nearly$/)
  })

  it("tells 'close' to whoever comes to listen in the turn after the answer", async (t) => {
    let closes = 0
    const server = nozomi.createServer(
      (_req, res) => {
        res.end('x')
        process.nextTick(() => res.on('close', () => closes++))
      },
      { server: 'turbo' },
    )
    const client = await Client.open(await listening(t, server))
    assert.match(await client.send(head('GET /', 'Connection: close')).end(), /x$/)
    assert.equal(closes, 1)
  })
})
