import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'
import { Client, head } from './faults/client.mjs'
import { listening } from './faults/contestants.mjs'

/*
 * A listener that is no application, and the Content-Length that it sets: what holds for an application
 * (test/response/content-length.test.mts) holds for it, too. The second request shows where the first answer ended.
 */

const ENDS: Record<string, [answer: (res: ServerResponse) => unknown, whatComes: RegExp]> = {
  'more than writeHead() said, by end()': [
    (res) => res.writeHead(200, { 'Content-Length': 3 }).end('abcHTTP/1.1 200 OK\r\n\r\nevil'),
    /\r\n\r\nabc$/,
  ],
  'more than was said, by write()': [
    (res) => {
      res.setHeader('Content-Length', 3)
      res.write('ab')
      res.write('cd')
      res.end('ef')
    },
    /\r\n\r\nabc$/,
  ],
  'more than was said, by pipe()': [
    (res) => Readable.from(['ab', 'cd']).pipe(res.setHeader('Content-Length', 3)),
    /\r\n\r\nabc$/,
  ],
  'fewer than writeHead() said': [
    (res) => res.writeHead(200, { 'Content-Length': 9 }).end('abc'),
    /\r\n\r\nabc$/,
  ],
  'fewer than was said, in pieces': [
    (res) => {
      res.setHeader('Content-Length', 9).write('a')
      setImmediate(() => res.end('bc'))
    },
    /\r\n\r\nabc$/,
  ],
  'another number than was said, all at once: the field is put right': [
    (res) => res.setHeader('Content-Length', 9).end('abc'),
    /Content-Length: 3\r\n[^]*\r\n\r\nabcHTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nnext$/,
  ],
}

describe('a listener of turbo that sends', () => {
  for (const [what, [answer, whatComes]] of Object.entries(ENDS)) {
    it(what, async (t) => {
      const server = nozomi.createServer(
        (req: IncomingMessage, res: ServerResponse) =>
          void (req.url === '/next' ? res.end('next') : answer(res)),
        { server: 'turbo' },
      )
      const client = await Client.open(await listening(t, server))
      const text = await client.send(head('GET /') + head('GET /next', 'Connection: close')).end()
      assert.match(text, whatComes)
    })
  }
})
