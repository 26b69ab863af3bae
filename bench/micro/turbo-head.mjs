/**
 * Reading the head of a request: `node bench/micro/turbo-head.mjs`. Beside turbo's parser and node's own stand three ways
 * that were tried for it; they check characters, and nothing of what the fields say.
 */
import { HTTPParser } from 'node:_http_common'
import { FIELD_VALUE, TARGET, TOKEN } from '../../packages/nozomi/dist/server/turbo/protocol/characters.js'
import { HeadParser } from '../../packages/nozomi/dist/server/turbo/protocol/head-parser.js'
import { compare, measure } from './compare.mjs'

const [SP, CR, LF, COLON] = [32, 13, 10, 58]

const HEADS = {
  'a head of 2 lines': ['GET / HTTP/1.1', 'Host: 127.0.0.1:3000'],
  'a head of an API client': [
    'GET /api/v1/orders?x=1 HTTP/1.1',
    'host: shop.example.com',
    'connection: keep-alive',
    'authorization: Bearer abcdefghijklmnopqrstuvwxyz',
    'accept: */*',
    'accept-language: *',
    'sec-fetch-mode: cors',
    'user-agent: node',
    'accept-encoding: gzip, deflate',
  ],
  'a head of a browser': [
    'GET /products/shoes/42?color=red&size=44 HTTP/1.1',
    'Host: shop.example.com',
    'Connection: keep-alive',
    'sec-ch-ua: "Chromium";v="128", "Not;A=Brand";v="24"',
    'sec-ch-ua-mobile: ?0',
    'sec-ch-ua-platform: "Linux"',
    'Upgrade-Insecure-Requests: 1',
    'User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36',
    'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
    'Sec-Fetch-Site: same-origin',
    'Sec-Fetch-Mode: navigate',
    'Sec-Fetch-User: ?1',
    'Sec-Fetch-Dest: document',
    'Referer: https://shop.example.com/products/shoes',
    'Accept-Encoding: gzip, deflate, br, zstd',
    'Accept-Language: en-US,en;q=0.9,de;q=0.8',
    'Cookie: session=s%3Aabcdefghijklmnopqrstuvwxyz0123456789; theme=dark; consent=1',
    'If-None-Match: W/"1f4-18c0d2a1b30"',
  ],
}

for (const [title, lines] of Object.entries(HEADS)) {
  const bytes = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`)
  await compare(`${title}, ${bytes.length} bytes`, {
    nozomi: nozomi(bytes),
    'llhttp, as node:http calls it': llhttp(bytes),
    'a string from bytes for each part': () => stringForEachPart(bytes),
    'one string, indexOf': () => indexOfInOneString(bytes),
    'one string, a regular expression for each line': () => expressionForEachLine(bytes),
  })
}
await measure()

function nozomi(bytes) {
  const parser = new HeadParser({ maxHeaderSize: 16_384, maxHeadersCount: 1000 })
  return () => {
    parser.parse(bytes, 0)
    return { method: parser.method, target: parser.target, rawHeaders: parser.rawHeaders }
  }
}

function llhttp(bytes) {
  const parser = new HTTPParser()
  parser.initialize(HTTPParser.REQUEST, {})
  let seen
  // The method comes as a number; all heads here have the same.
  parser[HTTPParser.kOnHeadersComplete] = (_major, _minor, rawHeaders, _method, target) => {
    seen = { method: 'GET', target, rawHeaders }
  }
  return () => {
    parser.execute(bytes)
    return seen
  }
}

function stringForEachPart(bytes) {
  const methodEnd = endOf(TOKEN, bytes, 0)
  const targetEnd = endOf(TARGET, bytes, methodEnd + 1)
  const rawHeaders = []
  let at = targetEnd + 11
  while (bytes[at] !== CR) {
    const nameEnd = endOf(TOKEN, bytes, at)
    if (bytes[nameEnd] !== COLON || bytes[nameEnd + 1] !== SP) return null
    const valueEnd = endOf(FIELD_VALUE, bytes, nameEnd + 2)
    if (bytes[valueEnd] !== CR || bytes[valueEnd + 1] !== LF) return null
    rawHeaders.push(bytes.latin1Slice(at, nameEnd), bytes.latin1Slice(nameEnd + 2, valueEnd))
    at = valueEnd + 2
  }
  return {
    method: bytes.latin1Slice(0, methodEnd),
    target: bytes.latin1Slice(methodEnd + 1, targetEnd),
    rawHeaders,
  }
}

function endOf(table, bytes, from) {
  let at = from
  while (at < bytes.length && table[bytes[at]] === 1) at++
  return at
}

function indexOfInOneString(bytes) {
  const end = bytes.indexOf('\r\n\r\n')
  const text = bytes.latin1Slice(0, end + 2)
  if (/[^\t\r\n\x20-\x7e\x80-\xff]|\r(?!\n)|[^\r]\n/.test(text)) return null
  const rawHeaders = []
  let at = text.indexOf('\r\n') + 2
  while (at < text.length) {
    const colon = text.indexOf(':', at)
    for (let i = at; i < colon; i++) if (TOKEN[text.charCodeAt(i)] !== 1) return null
    const lineEnd = text.indexOf('\r\n', colon)
    rawHeaders.push(text.slice(at, colon), text.slice(colon + 2, lineEnd))
    at = lineEnd + 2
  }
  return { ...requestLine(text), rawHeaders }
}

function expressionForEachLine(bytes) {
  const text = bytes.latin1Slice(0, bytes.indexOf('\r\n\r\n') + 2)
  const line = /([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)\r\n/y
  line.lastIndex = text.indexOf('\r\n') + 2
  const rawHeaders = []
  while (line.lastIndex < text.length) {
    const match = line.exec(text)
    if (match === null) return null
    rawHeaders.push(match[1], match[2])
  }
  return { ...requestLine(text), rawHeaders }
}

function requestLine(text) {
  const methodEnd = text.indexOf(' ')
  return {
    method: text.slice(0, methodEnd),
    target: text.slice(methodEnd + 1, text.indexOf(' ', methodEnd + 1)),
  }
}
