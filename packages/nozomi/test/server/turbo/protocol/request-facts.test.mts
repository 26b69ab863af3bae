import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHead, refusalOf } from './read-head.mjs'

const withFields = (...fields: string[]): ReturnType<typeof readHead> =>
  readHead(['POST / HTTP/1.1', 'Host: x', ...fields])
const statusOf = (...fields: string[]): number | undefined => withFields(...fields).refusal?.status

test('takes the length of the body from Content-Length', () => {
  assert.equal(withFields('Content-Length: 5').length, 5)
  assert.equal(withFields('content-length: 0005').length, 5)
  assert.equal(withFields('Content-Length: 9007199254740991').length, Number.MAX_SAFE_INTEGER)
  assert.equal(withFields().length, 0)
})

test('refuses a Content-Length that is no plain number', () => {
  for (const value of [
    '',
    '+5',
    '-5',
    '0x5',
    '5,5',
    '5, 5',
    '5 5',
    '5.0',
    '5e0',
    '\xb2',
    '"5"',
    '1_0',
    '5\t',
  ]) {
    assert.equal(statusOf(`Content-Length: ${value}`), 400, value)
  }
  assert.equal(statusOf('Content-Length: 9007199254740992'), 400)
  assert.equal(statusOf(`Content-Length: ${'9'.repeat(400)}`), 400)
})

test('refuses a second length, equal or not, and both kinds of it in either order', () => {
  assert.equal(statusOf('Content-Length: 5', 'Content-Length: 5'), 400)
  assert.equal(statusOf('Content-Length: 5', 'content-length: 6'), 400)
  assert.equal(statusOf('Content-Length: 5', 'Transfer-Encoding: chunked'), 400)
  assert.equal(statusOf('Transfer-Encoding: chunked', 'Content-Length: 5'), 400)
  assert.equal(statusOf('Transfer-Encoding: chunked', 'Content-Length: 0'), 400)
})

test('takes chunked, in any case, once and alone', () => {
  assert.equal(withFields('Transfer-Encoding: chunked').length, -1)
  assert.equal(withFields('transfer-encoding:CHUNKED ').length, -1)
  assert.equal(statusOf('Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'), 400)
  assert.equal(statusOf('Transfer-Encoding: chunked, chunked'), 400)
  for (const value of [
    '',
    'identity',
    'gzip',
    'chunked, gzip',
    'xchunked',
    '"chunked"',
    'chunked;q=1',
    'chunked\t',
    'x chunked',
  ]) {
    assert.equal(statusOf(`Transfer-Encoding: ${value}`), 400, value)
  }
})

test('answers 501 to other codings under chunked', () => {
  assert.equal(statusOf('Transfer-Encoding: gzip, chunked'), 501)
})

test('refuses Transfer-Encoding in HTTP/1.0', () => {
  assert.equal(readHead(['POST / HTTP/1.0', 'Transfer-Encoding: chunked']).refusal?.status, 400)
})

test('wants one valid Host field of HTTP/1.1', () => {
  const hosted = (...fields: string[]): string | null => refusalOf(readHead(['GET / HTTP/1.1', ...fields]))
  for (const host of ['x', 'x:80', 'x:', 'a.b-c_d', '[::1]', '[::1]:80', '127.0.0.1:3000', '', 'a%20b']) {
    assert.equal(hosted(`Host: ${host}`), null, host)
  }
  for (const host of [
    'a b',
    'a,b',
    'a@b',
    'a/b',
    'a:b',
    ':80',
    '[::1',
    'x:80:80',
    'http://x',
    '\xe9',
    'x#',
    'x?',
    'x\\y',
    '%zz',
  ]) {
    assert.match(String(hosted(`Host: ${host}`)), /^400/, host)
  }
  assert.match(String(hosted('Host: x', 'Host: x')), /^400/)
  assert.match(String(hosted('Host:', 'Host:')), /^400/)
  assert.match(String(hosted()), /^400/)
})

test('wants no Host field of HTTP/1.0, nor where the server was told so; what comes is checked', () => {
  assert.equal(readHead(['GET / HTTP/1.0']).refusal, null)
  assert.equal(readHead(['GET / HTTP/1.1'], { requireHostHeader: false }).refusal, null)
  assert.equal(readHead(['GET / HTTP/1.0', 'Host: a b']).refusal?.status, 400)
  assert.equal(
    readHead(['GET / HTTP/1.1', 'Host: x', 'Host: y'], { requireHostHeader: false }).refusal?.status,
    400,
  )
})

test('keeps HTTP/1.1 connections unless asked to close, and closes HTTP/1.0 ones unless asked to keep', () => {
  const kept = (version: string, ...fields: string[]): boolean => {
    return readHead([`GET / HTTP/1.${version}`, 'Host: x', ...fields]).keepAlive
  }
  assert.equal(kept('1'), true)
  assert.equal(kept('1', 'Connection: x, Close'), false)
  assert.equal(kept('1', 'Connection: keep-alive', 'Connection: close'), false)
  assert.equal(kept('1', 'Proxy-Connection: close'), false)
  assert.equal(kept('1', 'Connection: closed'), true)
  assert.equal(kept('0'), false)
  assert.equal(kept('0', 'Connection: Keep-Alive'), true)
  assert.equal(kept('0', 'Connection: keep-alive, close'), false)
  assert.equal(kept('0', 'Proxy-Connection: keep-alive'), false)
})

test('sees a request for an upgrade in both its fields, and not in HTTP/1.0', () => {
  assert.equal(withFields('Connection: Upgrade', 'Upgrade: websocket').isUpgrade, true)
  assert.equal(withFields('Upgrade: websocket', 'Connection: keep-alive, upgrade').isUpgrade, true)
  assert.equal(withFields('Upgrade: websocket').isUpgrade, false)
  assert.equal(withFields('Connection: upgrade').isUpgrade, false)
  assert.equal(withFields('Connection: upgrade', 'Upgrade:').isUpgrade, false)
  assert.equal(readHead(['GET / HTTP/1.0', 'Connection: upgrade', 'Upgrade: x']).isUpgrade, false)
})

test('tells 100-continue from other expectations, and ignores both in HTTP/1.0', () => {
  const expectation = (...fields: string[]): unknown[] => {
    const { expectsContinue, expectation } = withFields(...fields)
    return [expectsContinue, expectation]
  }
  assert.deepEqual(expectation(), [false, undefined])
  assert.deepEqual(expectation('Expect: 100-Continue'), [true, undefined])
  assert.deepEqual(expectation('Expect: 100-continue', 'Expect: 100-continue'), [true, undefined])
  assert.deepEqual(expectation('Expect: 100-continue, x'), [false, '100-continue, x'])
  assert.deepEqual(expectation('Expect: x-100-continue'), [false, 'x-100-continue'])
  const old = readHead(['POST / HTTP/1.0', 'Expect: 100-continue'])
  assert.deepEqual([old.expectsContinue, old.expectation], [false, undefined])
})

test('refuses CONNECT with content', () => {
  assert.equal(readHead(['CONNECT x:443 HTTP/1.1', 'Host: x', 'Content-Length: 0']).isUpgrade, true)
  assert.equal(readHead(['CONNECT x:443 HTTP/1.1', 'Host: x', 'Content-Length: 5']).refusal?.status, 400)
  assert.equal(
    readHead(['CONNECT x:443 HTTP/1.1', 'Host: x', 'Transfer-Encoding: chunked']).refusal?.status,
    400,
  )
})
