import type { Random } from './random.mjs'

/*
 * Bodies with the fields that frame them, and all the ways to say two things about where a body ends (request smuggling,
 * RFC 9112 §11.2).
 */

export interface FramedBody {
  /** Lines of the head, without line ends. */
  fields: string[]
  bytes: string
}

// biome-ignore format: a table
const CONTENT = [
  '', 'a', 'hello', '{"a":1}', 'x'.repeat(300), '\0\r\n\xff', '0\r\n\r\n',
  'GET /inner HTTP/1.1\r\nHost: x\r\n\r\n',
]

// biome-ignore format: a table
const ODD_CODINGS = [
  'Chunked', 'CHUNKED', 'chunked ', ' chunked\t', '\tchunked', 'gzip, chunked', 'chunked, gzip',
  'chunked, chunked', 'chunked,', ',chunked', 'gzip', 'identity', 'identity, chunked', 'xchunked',
  'chunkedx', 'chunked;q=1', '"chunked"', 'chunke', 'chunked chunked', 'x chunked', 'chunked x', '', 'cow',
  'chunked\x0b', 'chun\tked', 'trailers', 'gzip,chunked',
]

// biome-ignore format: a table
const ODD_LENGTHS = [
  '5', '+5', '-5', '0x5', '5 ', '05', '00000000000000000000005', '5,5', '5, 5', '5,6', '5 5', '5.0', '5e0',
  '', ' ', 'a', '9007199254740991', '9007199254740992', '18446744073709551615', '18446744073709551616',
  '99999999999999999999999', '5\x0b', '\xb2', '5;', '"5"', '1_0', '0',
]

export function framedBody(random: Random, method: string, oddity: number): FramedBody {
  if (random.once(oddity)) return smuggled(random, oddity)
  const withBody = method === 'POST' || method === 'PUT' || method === 'PATCH' || random.once(10)
  if (!withBody) return { fields: [], bytes: '' }
  const content = random.pick(CONTENT)
  if (random.once(2)) return { fields: [`Content-Length: ${content.length}`], bytes: content }
  return { fields: ['Transfer-Encoding: chunked'], bytes: chunked(random, content, oddity) }
}

function smuggled(random: Random, oddity: number): FramedBody {
  const content = random.pick(CONTENT)
  const length = `Content-Length: ${random.mostly(2, [`${content.length}`], ODD_LENGTHS)}`
  const coding = `Transfer-Encoding:${random.mostly(2, [' chunked'], ODD_CODINGS)}`
  const bytes = random.once(2) ? content : chunked(random, content, oddity)
  switch (random.below(6)) {
    case 0:
      return { fields: [length], bytes }
    case 1:
      return { fields: [coding], bytes }
    case 2:
      return { fields: [length, coding], bytes }
    case 3:
      return { fields: [coding, length], bytes }
    case 4:
      return { fields: [length, `content-length: ${random.pick(['5', `${content.length}`, '0'])}`], bytes }
    default:
      return { fields: [coding, `transfer-encoding: ${random.pick(['chunked', 'identity', 'gzip'])}`], bytes }
  }
}

const EXTENSIONS = [';a', ';a=b', ';a="b c"', ';a=b;c', ';a="\\""']
// biome-ignore format: a table
const ODD_EXTENSIONS = [
  ';', ';;', ';=', ';a=', ';a=;b', ';a="', ';a="b', ' ;a', '; a', ';a =b', ';a= b', ';a="b"c', ';a=b c',
  ';a\n', ';a\rb', ';a="\n"', ';a="\r\n"', ';\0', ';a=\x7f', ';a=(', ';a="\x01"', ';a="\xe9"',
  `;a=${'b'.repeat(17_000)}`, `;${'a'.repeat(17_000)}`, ' ', '\t', '\x0b', '\0', ',', '=', ';a="b";',
  `;a=${'b'.repeat(2000)}`, ';a==b', ';a="b\\', ';\xe9',
]
// biome-ignore format: a table
const ODD_SIZES = [
  '', '+5', '-1', '0x5', ' 5', '5 ', '5\t', 'g', 'ffffffffffffffff', '10000000000000000', '1fffffffffffff',
  '5_0', 'fffffffffffffffff',
]

const TRAILERS = ['X-T: a', 'x-checksum: 1 2', 'X-Empty:', 'ETag: "a"', 'Server-Timing: a']
// biome-ignore format: a table
const ODD_TRAILERS = [
  'Content-Length: 5', 'Transfer-Encoding: chunked', 'Host: y', 'Trailer: X', 'Authorization: a',
  'Cookie: a=b', 'X : a', ' X: a', 'X', ': a', 'X: a\r\n b', 'X: \0', 'X: a\nY: b', 'Connection: close',
  'Content-Type: a', 'Upgrade: x', 'X: a\rb', `X: ${'v'.repeat(16_385)}`, 'Connection: upgrade',
  'Range: bytes=0-1', 'Set-Cookie: a', 'If-Match: a', 'TE: trailers',
]

function chunked(random: Random, content: string, oddity: number): string {
  let rest = content
  let bytes = ''
  while (rest !== '') {
    const size = 1 + random.below(rest.length)
    bytes += `${sizeLine(random, size, oddity)}${rest.slice(0, size)}${lineEnd(random, oddity)}`
    rest = rest.slice(size)
  }
  bytes += sizeLine(random, 0, oddity)
  for (let count = random.pick([0, 0, 0, 1, 2]); count > 0; count--) {
    bytes += random.mostly(oddity, TRAILERS, ODD_TRAILERS) + lineEnd(random, oddity)
  }
  return bytes + lineEnd(random, oddity)
}

function sizeLine(random: Random, size: number, oddity: number): string {
  const usual = random.pick([size.toString(16), size.toString(16).toUpperCase(), `0${size.toString(16)}`])
  const odd = random.pick([...ODD_SIZES, size.toString(16).padStart(random.pick([14, 16, 17, 40]), '0')])
  const extension = random.once(6) ? random.mostly(oddity / 2, EXTENSIONS, ODD_EXTENSIONS) : ''
  return `${random.once(oddity * 2) ? odd : usual}${extension}${lineEnd(random, oddity)}`
}

function lineEnd(random: Random, oddity: number): string {
  return random.mostly(
    oddity * 4,
    ['\r\n'],
    ['\n', '\r', '', '\r\r\n', '\r\n\r\n', ' \r\n', '\n\n', '\r\nX', '\r\n '],
  )
}
