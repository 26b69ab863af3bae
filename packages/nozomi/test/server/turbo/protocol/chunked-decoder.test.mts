import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ChunkedDecoder, NEEDS_MORE, REFUSED } from '#dist/server/turbo/protocol/chunked-decoder.js'
import type { HeadLimits } from '#dist/server/turbo/protocol/limits.js'

interface Decoded {
  /** What was left behind the body; undefined when it is not over. */
  rest?: string
  content: string
  trailers: string[]
  status?: number
}

/** Decodes the packets one after the other. */
function decode(packets: readonly string[], limits: Partial<HeadLimits> = {}): Decoded {
  const decoder = new ChunkedDecoder({ maxHeaderSize: 16_384, maxHeadersCount: 1000, ...limits })
  const decoded: Decoded = { content: '', trailers: [] }
  const onData = (bytes: Buffer): void => {
    decoded.content += bytes.toString('latin1')
  }
  for (const packet of packets) {
    const bytes = Buffer.from(packet, 'latin1')
    const end = decoder.decode(bytes, 0, { onData })
    if (end === REFUSED) return { ...decoded, status: decoder.refusal?.status as number }
    if (end !== NEEDS_MORE)
      return { ...decoded, trailers: decoder.trailers, rest: bytes.toString('latin1', end) }
  }
  return decoded
}

const statusOf = (body: string, limits?: Partial<HeadLimits>): number | undefined =>
  decode([body], limits).status

test('gives the content of the chunks, and the offset behind the last one', () => {
  const body = '5\r\nhello\r\n0b\r\n, \r\n0\r\n\r\n..\r\nA\r\n0123456789\r\n0\r\n\r\nnext'
  assert.deepEqual(decode([body]), {
    content: 'hello, \r\n0\r\n\r\n..0123456789',
    trailers: [],
    rest: 'next',
  })
})

test('gives the same however the body is cut', () => {
  const body = '5;a=b;c="d\\"e"\r\nhello\r\n3\r\n\r\n!\r\n000\r\nX-T: a\r\ny:b \r\n\r\n'
  const whole = decode([body])
  assert.deepEqual(whole, { content: 'hello\r\n!', trailers: ['X-T', 'a', 'y', 'b'], rest: '' })
  for (let cut = 1; cut < body.length; cut++)
    assert.deepEqual(decode([body.slice(0, cut), body.slice(cut)]), whole)
  assert.deepEqual(decode([...body]), whole)
})

test('refuses sizes that are not plain hexadecimal digits', () => {
  for (const size of ['', '+5', '-5', '0x5', ' 5', '5 ', '5\t', 'g', '5_0', '5\r', '5\n', '5,', '\xb2']) {
    assert.equal(statusOf(`${size}\r\nhello\r\n0\r\n\r\n`), 400, JSON.stringify(size))
  }
})

test('refuses sizes beyond what a number holds, and zeros without end before them', () => {
  assert.equal(statusOf('1fffffffffffff\r\n'), undefined)
  assert.equal(statusOf('20000000000000\r\n'), 400)
  assert.equal(statusOf('ffffffffffffffff\r\n'), 400)
  assert.equal(statusOf(`${'0'.repeat(15)}1\r\na\r\n0\r\n\r\n`), undefined)
  assert.equal(statusOf(`${'0'.repeat(16)}1\r\na\r\n0\r\n\r\n`), 400)
})

test('refuses line ends that are not CR LF', () => {
  for (const body of [
    '1\na\r\n',
    '1\r\na\n',
    '1\ra',
    '1\r\na\r\r\n',
    '1\r\na\r\n0\n',
    '1\r\nab\r\n',
    '0\r\n\n',
    '0\r\nX: a\n\r\n',
  ]) {
    assert.equal(statusOf(body), 400, JSON.stringify(body))
  }
})

test('skips extensions that are well formed, and refuses others', () => {
  for (const extension of [';a', ';a=b', ';a=b;c', ';a="b c"', ';a="\\"\\\\"', ';a="";b', ';a="\xe9\t"']) {
    assert.equal(statusOf(`0${extension}\r\n\r\n`), undefined, extension)
  }
  for (const extension of [
    ';',
    ';;',
    ';=',
    ';a=',
    ';a=;b',
    ';a="',
    ';a="b"c',
    ' ;a',
    '; a',
    ';a =b',
    ';a= b',
    ';\0',
    ';a="\n"',
    ';a="\\\r"',
    ';a=(',
  ]) {
    assert.equal(statusOf(`0${extension}\r\n\r\n`), 400, JSON.stringify(extension))
  }
})

test('answers 413 to extensions without end, of one chunk or of many', () => {
  assert.equal(statusOf(`0;a=${'b'.repeat(17_000)}`), 413)
  assert.equal(statusOf(`1;a=${'b'.repeat(100)}\r\na\r\n`.repeat(200)), 413)
})

test('takes trailers under the limits of a head', () => {
  assert.equal(statusOf(`0\r\nX: ${'v'.repeat(100)}\r\n\r\n`, { maxHeaderSize: 100 }), 431)
  assert.equal(statusOf(`0\r\n${'a:b\r\n'.repeat(6)}\r\n`, { maxHeadersCount: 5 }), 431)
  assert.equal(statusOf(`0\r\n${'a:b\r\n'.repeat(5)}\r\n`, { maxHeadersCount: 5 }), undefined)
})

test('refuses trailers that are malformed', () => {
  for (const line of ['X : a', ' X: a', 'X', ': a', 'X: a\0', 'X: a\r\n b']) {
    assert.equal(statusOf(`0\r\n${line}\r\n\r\n`), 400, JSON.stringify(line))
  }
})

test('refuses trailers that frame, route, authenticate or describe the message', () => {
  for (const name of [
    'Content-Length',
    'transfer-encoding',
    'Host',
    'Cookie',
    'Authorization',
    'Content-Type',
    'TE',
    'Trailer',
  ]) {
    assert.equal(statusOf(`0\r\n${name}: 5\r\n\r\n`), 400, name)
  }
})
