import { writeOwnHead } from '#dist/response/own-head.js'
import { ownFields } from '#dist/messages/node-fields.js'
import assert from 'node:assert/strict'
import { IncomingMessage, ServerResponse } from 'node:http'
import { describe, it } from 'node:test'
import fc from 'fast-check'

/*
 * The head of a small answer is written by us, where node would write the same. node is the oracle: whatever stands on
 * the response, it comes out of both alike, or is left to node.
 */

interface Head extends ServerResponse {
  _header: string | null
  _contentLength: number | null
  _hasBody: boolean
  _last: boolean
  _keepAliveTimeout: number
  _maxRequestsPerSocket: number
  _implicitHeader(): void
}

const NAMES = [
  'X-Powered-By',
  'Content-Type',
  'ETag',
  'Vary',
  'Set-Cookie',
  'Connection',
  'Keep-Alive',
  'Date',
  'Expect',
  'Trailer',
  'Transfer-Encoding',
  'Content-Disposition',
  'Cache-Control',
  'x',
]
const VALUES = [
  'a',
  'close',
  'keep-alive',
  'chunked',
  'W/"1"',
  'text/plain; charset=utf-8',
  'é',
  '',
  '0',
  'timeout=9',
]

const fields = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom(...NAMES),
    fc.oneof(
      fc.constantFrom(...VALUES),
      fc.integer(),
      fc.array(fc.constantFrom(...VALUES), { maxLength: 3 }),
    ),
  ),
  { selector: ([name]) => name, maxLength: 3 },
)

const state = fc.constantFrom(
  ...[201, 202, 204, 206, 304, 404, 418, 500, 503, 599, 799, 999].map((statusCode) => ({ statusCode })),
  { statusMessage: 'Fine' },
  { statusMessage: 'OK' },
  { sendDate: false },
  { shouldKeepAlive: false },
  { useChunkedEncodingByDefault: false },
  { maxRequestsOnConnectionReached: true },
  { _last: true },
  { _removedConnection: true },
  { _removedContLen: true },
  { _removedTE: true },
  { _defaultKeepAlive: false },
  { _hasBody: false },
  { _expect_continue: true },
  { _expect_continue: true, _sent100: true },
  ...[0, 5000, 1500, 72_000].map((_keepAliveTimeout) => ({ _keepAliveTimeout })),
  { _maxRequestsPerSocket: 1 },
  { _maxRequestsPerSocket: 100 },
)
const states = fc.array(state, { maxLength: 3 }).map((each) => Object.assign({}, ...each) as object)

/** The class of an application has these two as fields. */
class Response extends ServerResponse {
  override statusCode = 200
  override statusMessage = undefined as unknown as string
}

function responseWith(given: [string, string | number | string[]][], state: object, length: number): Head {
  const res = new Response(
    Object.assign(new IncomingMessage(null as never), { httpVersionMajor: 1, httpVersionMinor: 1 }),
  )
  for (const [name, value] of given) res.setHeader(name, value)
  if (length >= 0) res.setHeader('Content-Length', String(length))
  return Object.assign(res, state) as unknown as Head
}

function stateOf(res: Head) {
  const {
    _header,
    _contentLength,
    _hasBody,
    _last,
    statusCode,
    statusMessage,
    shouldKeepAlive,
    chunkedEncoding,
  } = res
  const header = _header?.replace(/\r\nDate: [^\r]*/, '\r\nDate: now')
  return {
    header,
    _contentLength,
    _hasBody,
    _last,
    statusCode,
    statusMessage,
    shouldKeepAlive,
    chunkedEncoding,
  }
}

function nodeWrites(res: Head): unknown {
  try {
    res._implicitHeader()
    return stateOf(res)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code
  }
}

describe('the head of an answer whose body is known', () => {
  it('is the one that node writes, or is left to node', () => {
    let written = 0
    fc.assert(
      fc.property(fields, states, fc.constantFrom(-1, 0, 1, 17, 70_000), (given, state, length) => {
        const ours = responseWith(given, state, length)
        const before = stateOf(ours)
        // Without the field, node counts what it is given.
        const bytes = Math.max(length, 0)
        writeOwnHead(ours, ownFields(ours)!, bytes)
        if (ours._header === null) {
          assert.deepEqual(stateOf(ours), before, 'what is left to node has been touched')
          return
        }
        written++
        const nodes = responseWith(given, state, length)
        if (nodes._hasBody) nodes._contentLength = bytes
        assert.deepEqual(stateOf(ours), nodeWrites(nodes))
      }),
      { numRuns: 5000 },
    )
    // The property says something only as long as we write heads at all.
    assert.ok(written > 100, `only ${written} of 5,000 heads were ours`)
  })

  it('is ours where nothing is unusual', () => {
    const res = responseWith([['X-Powered-By', 'Express']], { _keepAliveTimeout: 5000 }, 2)
    writeOwnHead(res, ownFields(res)!, 2)
    assert.match(
      res._header ?? '',
      /^HTTP\/1\.1 200 OK\r\nX-Powered-By: Express\r\nContent-Length: 2\r\nDate: .* GMT\r\nConnection: keep-alive\r\nKeep-Alive: timeout=5\r\n\r\n$/,
    )
  })

  it('names the second in which it was written', (t) => {
    const dates = [0, 999, 1000, -1].map((offset) => {
      const now = t.mock.method(Date, 'now', () => Date.parse('2026-01-01T00:00:00Z') + offset)
      const res = responseWith([], { _keepAliveTimeout: 5000 }, 2)
      writeOwnHead(res, ownFields(res)!, 2)
      now.mock.restore()
      return /Date: ([^\r]*)/.exec(res._header ?? '')?.[1]
    })
    // Parity: node's date does not follow a stopped clock of the tests, and neither does ours.
    for (const date of dates) assert.ok(Math.abs(Date.parse(date!) - Date.now()) < 5000, date)
  })
})
