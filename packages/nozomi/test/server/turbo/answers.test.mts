import { Buffer } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe } from 'node:test'
import { alike } from './beside-node.mjs'
import { head } from './faults/client.mjs'

/*
 * Every way to answer, byte by byte: what is sent whole, and what node's own methods write.
 */

type Answer = (res: ServerResponse, req: IncomingMessage) => void

const ways: Record<string, Answer> = {
  nothing: (res) => res.end(),
  'a text': (res) => res.end('hello'),
  'a text that is not ASCII': (res) => res.end('grüße ✓'),
  'an empty text': (res) => res.end(''),
  'a text in latin1': (res) => res.end('grüße', 'latin1'),
  'a text in base64': (res) => res.end('aGVsbG8=', 'base64'),
  'a Buffer': (res) => res.end(Buffer.from('hello')),
  'a Uint8Array': (res) => res.end(new Uint8Array([104, 105])),
  'a large Buffer': (res) => res.end(Buffer.alloc(200_000, 'x')),
  'a status without a phrase': (res) => Object.assign(res, { statusCode: 599 }).end('x'),
  'a phrase of its own': (res) => Object.assign(res, { statusMessage: 'Fine' }).end('x'),
  'a phrase for writeHead': (res) => res.writeHead(200, 'Fine').end('x'),
  '204': (res) => Object.assign(res, { statusCode: 204 }).end('dropped'),
  '304 with fields': (res) => res.writeHead(304, { ETag: '"1"' }).end('dropped'),
  'fields one by one': (res) => res.setHeader('X-One', '1').setHeader('x-two', ['a', 'b']).end('x'),
  'numbers as values': (res) => res.setHeader('X-One', 1).setHeader('Content-Length', 1).end('x'),
  cookies: (res) => res.setHeader('Set-Cookie', ['a=1', 'b=2']).end('x'),
  'a disposition': (res) => res.setHeader('Content-Disposition', 'attachment; filename="ü"').end('x'),
  'fields for writeHead': (res) => res.writeHead(201, { 'X-One': '1', 'content-type': 'a/b' }).end('x'),
  'fields in an array': (res) => res.writeHead(200, ['X-One', '1', 'X-One', '2']).end('x'),
  'both kinds of fields': (res) => res.setHeader('X-One', '1').writeHead(200, { 'X-Two': '2' }).end('x'),
  pieces: (res) => {
    res.write('a')
    res.write(Buffer.from('b'))
    res.end('c')
  },
  'pieces of a known length': (res) => {
    res.setHeader('Content-Length', 3)
    res.write('ab')
    res.end('c')
  },
  'a head, and later a body': (res) => {
    res.flushHeaders()
    setTimeout(() => res.end('late'), 5)
  },
  'a corked answer': (res) => {
    res.cork()
    res.write('a')
    res.write('b')
    res.end('c')
  },
  trailers: (res) => {
    res.setHeader('Trailer', 'X-Sum')
    res.write('a')
    res.addTrailers({ 'X-Sum': '1' })
    res.end()
  },
  'Connection: close': (res) => res.setHeader('Connection', 'close').end('x'),
  'no Date': (res) => {
    res.sendDate = false
    res.end('x')
  },
  'removed fields': (res) => {
    for (const name of ['Date', 'Connection', 'Content-Length']) res.removeHeader(name)
    res.end('x')
  },
  'a Keep-Alive of its own': (res) => res.setHeader('Keep-Alive', 'timeout=1').end('x'),
  '1xx before': (res) => {
    res.writeProcessing()
    res.writeEarlyHints({ link: '</a.css>; rel=preload' })
    res.end('x')
  },
  'a callback for the end': (res) => void res.end('x', () => {}),
  'what can not be sent, and then what can': (res) => {
    try {
      res.end(['no'])
    } catch (error) {
      res.end(String((error as NodeJS.ErrnoException).code))
    }
  },
  'a replaced writeHead': (res) => {
    const { writeHead } = res
    res.writeHead = function replaced(this: ServerResponse, ...args: unknown[]) {
      this.setHeader('X-Seen', 'yes')
      return writeHead.apply(this, args as never) as never
    } as never
    res.end('x')
  },
}

/** Some of it can't be sent to everybody; then the error is the answer. */
function attempt(answer: Answer, res: ServerResponse, req: IncomingMessage): void {
  try {
    answer(res, req)
  } catch (error) {
    res.removeHeader('Trailer')
    res.end(String((error as NodeJS.ErrnoException).code))
  }
}

const methods = ['GET', 'HEAD']

describe('the option uniqueHeaders', () => {
  alike('joins what would be several fields, also those of writeHead() and the trailers', {
    options: { uniqueHeaders: ['x-list'] },
    listener: () => (_req, res) => {
      res.writeHead(200, { 'X-List': ['a', 'b'], 'X-Other': ['a', 'b'], Trailer: 'X-List' })
      res.write('x')
      res.addTrailers({ 'X-List': ['c', 'd'] as never })
      res.end()
    },
    talk: (client) => client.send(head('GET /', 'Connection: close')).end(),
  })
})

describe('an answer', () => {
  for (const [name, answer] of Object.entries(ways)) {
    for (const method of methods) {
      alike(`of ${name} to ${method} has the same bytes`, {
        listener: () => (req, res) => attempt(answer, res, req),
        async talk(client) {
          client.send(head(`${method} /1`) + head(`${method} /2`, 'Connection: close'))
          return client.end()
        },
      })
    }
    // RFC 9110 §15.2: ours sends none there (outgoing.test.mts).
    if (name === '1xx before') continue
    alike(`of ${name} to HTTP/1.0 has the same bytes`, {
      listener: () => (req, res) => attempt(answer, res, req),
      talk: (client) => client.send('GET / HTTP/1.0\r\nHost: x\r\n\r\n').end(),
    })
  }
})
