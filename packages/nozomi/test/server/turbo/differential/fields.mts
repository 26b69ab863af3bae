import type { Random } from './random.mjs'

/*
 * Fields of a head: usual ones, those that say how the message is handled, and what is no field line at all.
 */

// biome-ignore format: a table
const USUAL = [
  'User-Agent: x/1.0 (a; b)', 'Accept: */*', 'accept-encoding: gzip, br', 'Cookie: a=b; c="d"', 'X-Y:z',
  'X-Empty:', 'Accept-Language: de,en;q=0.5', 'x-trailing: a \t', 'X-Tabs:\t\ta\tb', 'Set-Cookie: a',
  'Set-Cookie: b', 'A: \xe9', 'Content-Type: application/json', 'X-Colons: a:b:c', "!#$%&'*+-.^_`|~: token",
  'Referer: http://x/y?z#f',
]

// biome-ignore format: a table
const HANDLING = [
  'Connection: close', 'Connection: keep-alive', 'connection: Close', 'Connection: Keep-Alive, X',
  'Connection: upgrade', 'Connection: close, keep-alive', 'Connection: keep-alive, close',
  'Connection: x, close', 'Connection:', 'Connection: ,', 'Connection: closed', 'Connection: close x',
  'Connection: "close"', 'Connection:close,', 'Connection: keep-alivex',
  'Connection: Upgrade, HTTP2-Settings', 'Connection: close,close', 'Connection: up grade',
  'Connection: x;close', 'Proxy-Connection: close', 'Proxy-Connection: keep-alive', 'Keep-Alive: timeout=5',
  'Upgrade: websocket', 'Upgrade: h2c', 'Upgrade:', 'Expect: 100-continue', 'Expect: 100-Continue',
  'Expect: 100-continue, x', 'Expect: x', 'Expect:', 'Expect: x-100-continue', 'TE: trailers', 'Trailer: X',
  'HTTP2-Settings: AAA',
]

// biome-ignore format: a table
const NO_FIELDS = [
  'X : a', 'X\t: a', ': a', 'X', ' X: a', '\tX: a', 'X: a\0b', 'X: a\x01', 'X: a\x7f', 'X: a\rb', 'X: a\nb',
  'X\0: a', 'X Y: a', 'X: a\r\n folded', 'X: a\r\n\tfolded', 'X: a\n folded', 'X:\r\n a', 'X@: a', 'X(: a',
  'X\xe9: a', '"X": a', 'Content-Length : 5', 'Transfer-Encoding : chunked', 'Host : x', 'X: \x0b', 'X:\x0c',
  'X/: a', 'X;: a', '',
]

const HOSTS = ['Host: x', 'Host: x', 'Host: x:8080', 'host: [::1]:80', 'HOST:x']
// biome-ignore format: a table
const ODD_HOSTS = [
  '', '', 'Host:', 'Host: ', 'Host: a b', 'Host: a,b', 'Host: a@b', 'Host: a/b', 'Host: a:b', 'Host: x:',
  'Host: :80', 'Host: x\r\nHost: x', 'Host: x\r\nhost: y', 'Host: [::1', 'Host: x:80:80', 'Host: http://x',
  'Host: \xe9', 'Host: x#', 'Host : x', ' Host: x', 'Host: x%20y', 'Host: %zz', 'Host: x?y', 'Host:\tx\t',
  'Host: x\\y', 'Host: "x"', 'Host: a_b',
]

// biome-ignore format: a table
export const ODD_LINE_ENDS = [
  '\n', '\r', '\r\r\n', '\n\r', '\r\n ', '\r\n\t', '\n\n', '\r\n\r\n', '', ' \r\n',
]

/** The lines of a head up to and with the empty one; `framing` are those that say where the body ends. */
export function fieldLines(random: Random, framing: readonly string[], oddity: number): string {
  const lines = [random.mostly(oddity * 2, HOSTS, ODD_HOSTS)].filter((line) => line !== '')
  for (let count = random.below(4); count > 0; count--) lines.push(random.pick(USUAL))
  if (random.once(4)) lines.push(random.pick(HANDLING))
  if (random.once(12)) lines.push(random.pick(HANDLING))
  if (random.once(40)) lines.push('Connection: Upgrade', 'Upgrade: websocket')
  if (random.once(oddity * 2)) lines.push(random.pick(NO_FIELDS))
  if (random.once(oddity * 20)) lines.push(...large(random))
  for (const line of framing) lines.splice(random.below(lines.length + 1), 0, line)
  const end = (): string => random.mostly(oddity * 8, ['\r\n'], ODD_LINE_ENDS)
  return lines.map((line) => line + end()).join('') + end()
}

/** Fields around the limit of 16 KiB, and around that of 1,000 fields. */
function large(random: Random): string[] {
  const size = random.pick([100, 8000, 16_200, 16_300, 16_350, 16_383, 16_384, 20_000])
  if (random.once(3))
    return Array.from({ length: random.pick([100, 990, 999, 1000, 1001, 1100]) }, () => 'a:b')
  return [`X-Large:${random.pick(['', ' ', ' '.repeat(2000)])}${'v'.repeat(size)}`]
}
