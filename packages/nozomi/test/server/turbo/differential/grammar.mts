import { framedBody } from './bodies.mjs'
import { fieldLines, ODD_LINE_ENDS } from './fields.mjs'
import type { Random } from './random.mjs'

/*
 * Request streams from the grammar of RFC 9112, in which each part is now and then replaced by one that is wrong, rare
 * or readable in two ways. Text is latin1: one character, one byte.
 */

const METHODS = ['GET', 'GET', 'GET', 'POST', 'POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'PATCH']
// biome-ignore format: a table
const ODD_METHODS = [
  'CONNECT', 'CONNECT', 'TRACE', 'M-SEARCH', 'QUERY', 'SOURCE', 'PRI', 'LINK', 'PROPFIND', 'get', 'Get',
  'FOO', 'GETS', 'GE', 'G\tT', 'GET\0', '', ' GET', 'DESCRIBE', 'FLUSH', 'POST\r', '\xff',
]

const TARGETS = ['/', '/', '/a', '/a/b?c=d', '/a%20b', '/%zz', '/?q=[]{}|', '//a/b', '/..;/x', '/a:b@c']
// biome-ignore format: a table
const ODD_TARGETS = [
  '*', 'http://x/', 'http://x', 'http://x:80/a?b', 'http://x?q', 'HTTP://X/', 'https://y/z', 'http://y/',
  'http://', 'http:///a', 'http://u@x/', 'http://u:p@x/a', 'ftp://x/a', 'http:/x', 'http:x', 'http//x',
  'x:443', 'x:0', 'x:99999', 'x:', ':443', 'x', '[::1]:443', '[::1', 'x:80:80', 'http://[::1]:8080/', 'x/y',
  '/#f', '/a#', '/a\tb', '/a\x0cb', '/a\0', '/\x7f', '/\xe9', '/\xc3\xa9?\xff', '/a b', '', '/"<>',
  '/\\..\\', '?a', '/a\rb', '/a\nb', '**', '*?', '/*', 'http://x:y/', 'http://x\\y/', 'http://a b/',
  'http://x#f', 'a://b',
]

// biome-ignore format: a table
const ODD_VERSIONS = [
  'HTTP/1.0', 'HTTP/1.0', 'HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/1.2', 'HTTP/1.10', 'HTTP/01.1',
  'HTTP/3.0', 'HTTP/1', 'HTTP/1.', 'HTTP/.1', 'http/1.1', 'HTTP/1,1', 'HTTP 1.1', 'HTTPS/1.1', 'HTTP/1.1 ',
  'HTTP/1.1\t', 'RTSP/1.0', 'ICE/1.0', 'HTTP/11', 'HTTP/1.1x', 'XTTP/1.1', 'HTTP/+1.1', 'HTTP/9.9', '',
  'HTTP/1.1\0',
]

const ODD_BLANKS = ['  ', '\t', '', ' \t', '\x0b', '\xa0']
// biome-ignore format: a table
const LEADS = [
  '\r\n', '\r\n\r\n', '\n', '\r', ' ', '\r\n'.repeat(5), '\r\n'.repeat(3), '\0', '\r\n\n', '\n\r\n',
]

/** One connection's worth of requests. `oddity`: each part is wrong once in so many times. */
export function requestStream(random: Random, oddity: number): string {
  let stream = ''
  for (let count = random.pick([1, 1, 1, 2, 2, 3, 5]); count > 0; count--) stream += request(random, oddity)
  return stream
}

function request(random: Random, oddity: number): string {
  const lead = random.once(oddity * 2) ? random.pick(LEADS) : ''
  const method = random.mostly(oddity, METHODS, ODD_METHODS)
  const body = framedBody(random, method, oddity)
  return `${lead}${requestLine(random, method, oddity)}${fieldLines(random, body.fields, oddity)}${body.bytes}`
}

function requestLine(random: Random, method: string, oddity: number): string {
  const target = random.mostly(oddity, fittingTargets(method), ODD_TARGETS)
  const version = random.mostly(oddity, ['HTTP/1.1'], ODD_VERSIONS)
  const blank = (): string => random.mostly(oddity * 4, [' '], ODD_BLANKS)
  return `${method}${blank()}${target}${blank()}${version}${random.mostly(oddity * 4, ['\r\n'], ODD_LINE_ENDS)}`
}

function fittingTargets(method: string): readonly string[] {
  if (method === 'CONNECT') return ['x:443', '[::1]:443', 'example.com:80']
  return method === 'OPTIONS' ? ['*', '/'] : TARGETS
}
