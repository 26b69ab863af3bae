import assert from 'node:assert/strict'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, test } from 'node:test'
import type { TLSSocket } from 'node:tls'
import { readAnswers } from './answer.js'
import { sideBySide } from './diff.js'
import { get, pipeline } from './exchange.js'
import { judge } from './judge.js'
import { h2Carrier } from './http2-carriers.js'
import { createServerCarrier } from './node-carriers.js'
import { perform, type Scenario } from './perform.js'
import type { Stage } from './stage.js'
import { type ExpressFactory, loadFactory, subjectName } from './subject.js'
import { fallbackCarrier, httpsCarrier, secureReference, turboTlsCarrier } from './tls-carriers.js'

/*
 * That the comparison can fail: a server is compared with copies of itself that differ in one thing each.
 */

type Handler = (req: IncomingMessage, res: ServerResponse, note: Stage['note']) => void

const original: Handler = (_req, res, note) => {
  note('value', { a: 1, b: undefined })
  res.setHeader('X-One', '1')
  res.setHeader('X-Two', '2')
  res.setHeader('Set-Cookie', `a=b; Max-Age=60; Expires=${new Date(Date.now() + 60_000).toUTCString()}`)
  res.end('the body\nof two lines')
}

/** The original with one of its methods replaced. */
function changed(change: (res: ServerResponse) => void): Handler {
  return (req, res, note) => {
    change(res)
    original(req, res, note)
  }
}

function renaming(from: string, to: string): Handler {
  return changed((res) => {
    const { setHeader } = res
    res.setHeader = (name, value) => setHeader.call(res, name === from ? to : name, value)
  })
}

const mutants: Record<string, Handler> = {
  'another status': changed((res) => void (res.statusCode = 201)),
  'another reason phrase': changed((res) => void (res.statusMessage = 'Fine')),
  'a field more': changed((res) => void res.setHeader('X-Zero', '0')),
  'another case of a name': renaming('X-One', 'x-one'),
  'another order of fields': (_req, res, note) => {
    res.setHeader('X-Two', '2')
    original(_req, res, note)
  },
  'another value': changed((res) => {
    const { setHeader } = res
    res.setHeader = (name, value) => setHeader.call(res, name, name === 'X-One' ? '1 ' : value)
  }),
  'a closed connection': changed((res) => void (res.shouldKeepAlive = false)),
  'no date': changed((res) => void (res.sendDate = false)),
  'an old date': changed((res) => void res.setHeader('Date', new Date(0).toUTCString())),
  'another body': changed((res) => {
    const { end } = res
    res.end = (() => end.call(res, 'the body\nof two linez', 'utf8')) as never
  }),
  'a chunked body': changed((res) => void res.setHeader('Transfer-Encoding', 'chunked')),
  'bytes behind the body': changed((res) => void res.setHeader('Content-Length', 4)),
  'a cookie that expires at another time': changed((res) => {
    const { setHeader } = res
    res.setHeader = (name, value) =>
      setHeader.call(res, name, String(value).replace('Max-Age=60', 'Max-Age=900'))
  }),
  'a note that is missing': (req, res) => original(req, res, () => {}),
  'another value noted': (req, res, note) => original(req, res, (label) => note(label, { a: 1 })),
}

/** A scenario whose factory is the handler itself. */
const scenario: Scenario = {
  name: 'self',
  build: ({ express, note }) => {
    const handler = express as unknown as Handler
    return (req, res) => handler(req, res, note)
  },
  exchanges: [get('/')],
  terms: {},
}

async function compare(one: Handler, other: Handler): Promise<void> {
  const run = (handler: Handler) =>
    perform(scenario, handler as unknown as ExpressFactory, createServerCarrier)
  judge(scenario, await run(one), await run(other), 'mutant')
}

describe('the comparison', () => {
  test('finds a server equal to itself', () => compare(original, original))

  for (const [name, mutant] of Object.entries(mutants)) {
    test(`finds ${name}`, () => assert.rejects(compare(original, mutant), /the two differ/))
  }
})

describe('the carriers over TLS', () => {
  const seen: Scenario = {
    name: 'TLS',
    build: ({ express, note }) => {
      const app = express()
      app.get('/', (req, res) => {
        const socket = req.socket as TLSSocket
        note('seen', [socket.encrypted, socket.alpnProtocol, req.httpVersion, req.secure, req.protocol])
        res.end()
      })
      return app
    },
    exchanges: [get('/')],
    terms: {},
  }
  for (const [carrier, alpn, version] of [
    [secureReference, 'http/1.1', '1.1'],
    [httpsCarrier, 'http/1.1', '1.1'],
    [turboTlsCarrier, 'http/1.1', '1.1'],
    [fallbackCarrier, 'http/1.1', '1.1'],
    [h2Carrier, 'h2', '2.0'],
  ] as const) {
    test(`${carrier.name} speaks TLS, and ${alpn} over it`, async () => {
      const { trace } = await perform(seen, loadFactory(subjectName), carrier)
      assert.deepEqual(trace, [`seen = [ true, '${alpn}', '${version}', true, 'https' ]`])
    })
  }
})

describe('the reading of answers', () => {
  const reading = (text: string, methods: string[], closed = true) =>
    readAnswers(Buffer.from(text, 'latin1'), methods, closed)

  test('takes lengths, chunks, trailers, interim answers and what is left over apart', () => {
    const { answers, surplus } = reading(
      'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n' +
        'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab' +
        'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nc\r\n2\r\nde\r\n0\r\nX-T: 1\r\n\r\n' +
        'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n' +
        'rest',
      ['GET', 'GET', 'GET'],
    )
    assert.deepEqual(
      answers.map(({ status, body, trailers }) => [status, body.toString(), trailers.length]),
      [
        [103, '', 0],
        [200, 'ab', 0],
        [200, 'cde', 1],
        [304, '', 0],
      ],
    )
    assert.equal(surplus.toString(), 'rest')
  })

  test('says when a body is not complete', () => {
    const [short] = reading('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab', ['GET']).answers
    assert.deepEqual([short?.body.toString(), short?.complete], ['ab', false])
    const [open] = reading('HTTP/1.1 200 OK\r\n\r\nab', ['GET'], false).answers
    assert.equal(open?.complete, false)
  })

  test('expects no body of an answer to HEAD', () => {
    const { answers } = reading(
      'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n',
      ['HEAD', 'GET'],
    )
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 204],
    )
  })
})

test('pipelined requests are one packet, each with its own head', () => {
  const [step] = pipeline({ target: '/a' }, { method: 'POST', target: '/b', body: 'x' }).steps
  assert(step?.kind === 'send')
  assert.equal(
    step.bytes.toString(),
    'GET /a HTTP/1.1\r\nHost: example.test\r\n\r\nPOST /b HTTP/1.1\r\nHost: example.test\r\nContent-Length: 1\r\n\r\nx',
  )
})

test('a diff marks what differs, and what one side lacks', () => {
  const lines = sideBySide(['same', 'left', 'tail'], ['same', 'right', 'tail', 'more'], ['a', 'b']).split(
    '\n',
  )
  assert.match(lines[2] ?? '', /^same +same$/)
  assert.match(lines[3] ?? '', /^left +≠ right$/)
  assert.match(lines[5] ?? '', /^ +› more$/)
})
