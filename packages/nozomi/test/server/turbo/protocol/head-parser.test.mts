import assert from 'node:assert/strict'
import { METHODS } from 'node:http'
import { test } from 'node:test'
import { HeadParser, NEEDS_MORE } from '#dist/server/turbo/protocol/head-parser.js'
import { read, readHead, refusalOf } from './read-head.mjs'

const LIMITS = { maxHeaderSize: 16_384, maxHeadersCount: 1000 }

test('reads method, target, version and fields as they came', () => {
  const head = readHead(['GET /a%20b?c=d HTTP/1.1', 'Host: x', 'X-Y:  a \t b\t ', 'x-empty:', 'X-Y: \xe9'])
  assert.equal(head.refusal, null)
  assert.equal(head.method, 'GET')
  assert.equal(head.target, '/a%20b?c=d')
  assert.equal(head.minor, 1)
  assert.deepEqual(head.rawHeaders, ['Host', 'x', 'X-Y', 'a \t b', 'x-empty', '', 'X-Y', '\xe9'])
})

test('gives the offset behind the head, and reads the next one from there', () => {
  const parser = new HeadParser(LIMITS)
  const bytes = Buffer.from('xxGET /1 HTTP/1.1\r\nHost: x\r\n\r\nPUT /2 HTTP/1.0\r\n\r\nrest')
  const end = parser.parse(bytes, 2)
  assert.equal(bytes.toString('latin1', end, end + 6), 'PUT /2')
  const fields = parser.rawHeaders
  assert.equal(bytes.toString('latin1', parser.parse(bytes, end)), 'rest')
  assert.deepEqual([parser.method, parser.target, parser.minor], ['PUT', '/2', 0])
  assert.deepEqual([fields, parser.rawHeaders], [['Host', 'x'], []])
})

test('keeps no view of the packets that a head came in', () => {
  const parser = new HeadParser(LIMITS)
  for (const piece of ['GET /a', 'b HTTP/1.1\r\nHo', 'st: x\r\nX: abc', 'def\r\n\r\n']) {
    const packet = Buffer.from(piece)
    parser.parse(packet, 0)
    packet.fill('!')
  }
  assert.deepEqual([parser.target, parser.rawHeaders], ['/ab', ['Host', 'x', 'X', 'abcdef']])
})

test('forgets what the head before said', () => {
  const parser = new HeadParser(LIMITS)
  parser.parse(
    Buffer.from(
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close, upgrade\r\nUpgrade: y\r\nExpect: z\r\n\r\n',
    ),
    0,
  )
  assert.deepEqual(
    [parser.length, parser.keepAlive, parser.isUpgrade, parser.expectation],
    [5, false, true, 'z'],
  )
  parser.parse(Buffer.from('GET / HTTP/1.1\r\nHost: y\r\n\r\n'), 0)
  assert.deepEqual(
    [parser.length, parser.keepAlive, parser.isUpgrade, parser.expectation, parser.host],
    [0, true, false, undefined, 'y'],
  )
})

test('is idle until the first byte of a head, whatever empty lines come', () => {
  const parser = new HeadParser(LIMITS)
  for (const piece of ['\r', '\n', '\r\n']) assert.equal(parser.parse(Buffer.from(piece), 0), NEEDS_MORE)
  assert.equal(parser.isIdle(), true)
  parser.parse(Buffer.from('G'), 0)
  assert.equal(parser.isIdle(), false)
  parser.parse(Buffer.from('ET / HTTP/1.1\r\nHost: x\r\n\r\n'), 0)
  assert.equal(parser.isIdle(), true)
})

test('bears with four empty lines before a request, and refuses a fifth', () => {
  assert.equal(read(`${'\r\n'.repeat(4)}GET / HTTP/1.1\r\nHost: x\r\n\r\n`).refusal, null)
  assert.match(String(refusalOf(read('\r\n'.repeat(5)))), /^400/)
  const slow = new HeadParser(LIMITS)
  for (let count = 0; count < 10; count++) slow.parse(Buffer.from('\r\n'), 0)
  assert.match(String(refusalOf(slow)), /^400/)
})

test('knows the methods that node knows, letter by letter', () => {
  for (const method of METHODS) {
    assert.equal(
      readHead([`${method} ${method === 'CONNECT' ? 'x:1' : '/'} HTTP/1.1`, 'Host: x']).method,
      method,
    )
  }
  for (const method of ['get', 'FOO', 'GETS', 'GE', 'PRI', '', 'G T', 'G\0T']) {
    assert.equal(readHead([`${method} / HTTP/1.1`, 'Host: x']).refusal?.code, 'HPE_INVALID_METHOD', method)
  }
})

test('refuses what can become no method before the line is over', () => {
  assert.equal(refusalOf(read('\x16\x03\x01')), '400 Invalid method encountered')
  assert.equal(refusalOf(read('GEX')), '400 Invalid method encountered')
  assert.equal(refusalOf(read('GE')), null)
})

test('speaks HTTP/1.1 and HTTP/1.0, answers 505 to other versions and 400 to what is none', () => {
  const status = (version: string): number | undefined =>
    readHead([`GET / ${version}`, 'Host: x']).refusal?.status
  assert.deepEqual(['HTTP/1.1', 'HTTP/1.0'].map(status), [undefined, undefined])
  assert.deepEqual(['HTTP/0.9', 'HTTP/2.0', 'HTTP/3.1'].map(status), [505, 505, 505])
  for (const version of [
    'HTTP/1.2',
    'HTTP/1',
    'http/1.1',
    'HTTP/1.1 ',
    'HTTP/01.1',
    'HTTP/1.10',
    'RTSP/1.0',
    '',
  ]) {
    assert.equal(status(version), 400, version)
  }
})

test('refuses line ends that are not CR LF, anywhere', () => {
  const lines = ['GET / HTTP/1.1', 'Host: x', 'X: a', '', '']
  for (let index = 0; index < 4; index++) {
    for (const end of ['\n', '\r', '\r\r\n', '\n\r']) {
      const bytes = lines.reduce((text, line, at) => text + (at - 1 === index ? end : '\r\n') + line)
      assert.equal(read(`${bytes}x`).refusal?.status, 400, JSON.stringify(bytes))
    }
  }
})

test('refuses names that are no token, blanks around them, and folded lines', () => {
  for (const line of [
    'X : a',
    ' X: a',
    '\tX: a',
    'X',
    ': a',
    'X Y: a',
    'X\0: a',
    'X\xe9: a',
    '"X": a',
    'X(: a',
  ]) {
    assert.equal(
      readHead(['GET / HTTP/1.1', 'Host: x', line]).refusal?.code,
      'HPE_INVALID_HEADER_TOKEN',
      line,
    )
  }
  assert.equal(
    refusalOf(readHead(['GET / HTTP/1.1', 'Host: x', 'X: a', ' b'])),
    '400 Unexpected space at the start of a line',
  )
})

test('refuses control characters in values', () => {
  for (let code = 0; code < 0x100; code++) {
    const { refusal } = readHead(['GET / HTTP/1.1', 'Host: x', `X: a${String.fromCharCode(code)}b`])
    assert.equal(refusal === null, code === 9 || (code >= 0x20 && code !== 0x7f), `0x${code.toString(16)}`)
  }
})

test('answers 431 where target, names and values reach the limit, as node counts them', () => {
  const head = (size: number): string[] => ['GET /234 HTTP/1.1', 'Host: x', `X: ${'v'.repeat(size - 10)}`]
  assert.equal(readHead(head(99), { maxHeaderSize: 100 }).refusal, null)
  assert.equal(readHead(head(100), { maxHeaderSize: 100 }).refusal?.status, 431)
  assert.equal(read(`GET /${'a'.repeat(100)}`, { maxHeaderSize: 100 }).refusal?.status, 431)
  assert.equal(read(`GET / HTTP/1.1\r\n${'a'.repeat(100)}`, { maxHeaderSize: 100 }).refusal?.status, 431)
})

test('counts the blanks before a value, so that they are bounded too', () => {
  assert.equal(read(`GET / HTTP/1.1\r\nX:${' '.repeat(100)}`, { maxHeaderSize: 100 }).refusal?.status, 431)
})

test('answers 431 to more fields than allowed, and takes any number for 0', () => {
  const fields = (count: number): string[] => [
    'GET / HTTP/1.1',
    ...Array<string>(count - 1).fill('a:'),
    'Host: x',
  ]
  assert.equal(readHead(fields(5), { maxHeadersCount: 5 }).refusal, null)
  assert.equal(readHead(fields(6), { maxHeadersCount: 5 }).refusal?.status, 431)
  assert.equal(readHead(fields(3000), { maxHeadersCount: 0 }).rawHeaders.length, 6000)
})

test('stays refused', () => {
  const parser = read('XX')
  const { refusal } = parser
  parser.parse(Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n'), 0)
  assert.equal(parser.refusal, refusal)
})
