import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'
import { Client, head } from './faults/client.mjs'
import { listening } from './faults/contestants.mjs'

/*
 * What handlers write beside the head is held to the rules that requests are held to: 1xx and trailers.
 */

type Listener = (req: IncomingMessage, res: ServerResponse) => void

/** A listener by itself, and in an application. */
const servers = {
  'a listener': (listener: Listener) => nozomi.createServer(listener, { server: 'turbo' }),
  'an application': (listener: Listener) =>
    nozomi.createServer(nozomi().use(listener as never), { server: 'turbo' }),
}

const LINK = '</a.css>; rel=preload'

/** What is refused, in an answer whose head has not been written, or has. */
const REFUSED: Record<string, [beforeHead: boolean, code: string, act: (res: ServerResponse) => unknown]> = {
  'CR LF in a value of early hints': [
    true,
    'ERR_INVALID_CHAR',
    (res) => res.writeEarlyHints({ link: LINK, 'x-a': 'a\r\nEvil: 1' }),
  ],
  'CR LF in a link of early hints': [
    true,
    'ERR_INVALID_ARG_VALUE',
    (res) => res.writeEarlyHints({ link: '</a\r\nEvil: 1>; rel=preload' }),
  ],
  'CR LF in a name of early hints': [
    true,
    'ERR_INVALID_HTTP_TOKEN',
    (res) => res.writeEarlyHints({ link: LINK, 'x-a\r\nEvil': 'a' }),
  ],
  'a length in early hints': [
    true,
    'ERR_HTTP_INVALID_HEADER_VALUE',
    (res) => res.writeEarlyHints({ link: LINK, 'Content-Length': '1' }),
  ],
  'a coding in early hints': [
    true,
    'ERR_HTTP_INVALID_HEADER_VALUE',
    (res) => res.writeEarlyHints({ link: LINK, 'transfer-encoding': 'chunked' }),
  ],
  '100 within the answer': [false, 'ERR_HTTP_HEADERS_SENT', (res) => res.writeContinue()],
  '102 within the answer': [false, 'ERR_HTTP_HEADERS_SENT', (res) => res.writeProcessing()],
  '103 within the answer': [false, 'ERR_HTTP_HEADERS_SENT', (res) => res.writeEarlyHints({ link: LINK })],
  ...Object.fromEntries(
    ['Content-Length', 'transfer-encoding', 'Host', 'Set-Cookie', 'Content-Type', 'Connection'].map(
      (name) => [
        `${name} as a trailer`,
        [false, 'ERR_HTTP_TRAILER_INVALID', (res: ServerResponse) => res.addTrailers({ [name]: '5' })],
      ],
    ),
  ),
}

for (const [who, create] of Object.entries(servers)) {
  describe(`${who} on turbo`, () => {
    for (const [what, [isBeforeHead, code, act]] of Object.entries(REFUSED)) {
      it(`is refused ${what}, and nothing of it is sent`, async (t) => {
        const server = create((_req, res) => {
          if (!isBeforeHead) res.write('a')
          assert.throws(() => act(res), { code })
          res.end('b')
        })
        const client = await Client.open(await listening(t, server))
        const text = await client.send(head('GET /', 'Connection: close')).end()
        assert.match(
          text,
          isBeforeHead ? /^HTTP\/1.1 200 [^]*\r\n\r\nb$/ : /\r\n(?:1\r\na\r\n1\r\nb|2\r\nab)\r\n0\r\n\r\n$/,
        )
        assert.doesNotMatch(text, /HTTP\/1.1 1/)
      })
    }

    it('sends no 1xx to HTTP/1.0, and calls back', async (t) => {
      const called: string[] = []
      const server = create((_req, res) => {
        res.writeContinue(() => called.push('100'))
        res.writeProcessing(() => called.push('102'))
        res.writeEarlyHints({ link: LINK }, () => called.push('103'))
        setImmediate(() => res.end('x'))
      })
      const client = await Client.open(await listening(t, server))
      const text = await client.send('GET / HTTP/1.0\r\nHost: x\r\n\r\n').end()
      assert.match(text, /^HTTP\/1.1 200 OK\r\n/)
      assert.deepEqual(called, ['100', '102', '103'])
    })

    it('sends other trailers, given in either way', async (t) => {
      const server = create((_req, res) => {
        res.write('a')
        res.addTrailers([['X-Sum', '1']])
        res.end()
      })
      const client = await Client.open(await listening(t, server))
      const text = await client.send(head('GET /', 'Connection: close')).end()
      assert.match(text, /\r\n0\r\nX-Sum: 1\r\n\r\n$/)
    })
  })
}
