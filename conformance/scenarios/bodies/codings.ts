import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { chunked, post, send } from '../../harness/exchange.js'
import { area } from '../../harness/scenario.js'
import { parsing } from './parsing.js'

const scenario = area('bodies/codings')

const text = JSON.stringify({ name: '论', list: Array.from({ length: 50 }, (_, at) => at) })

function coded(coding: string, bytes: Buffer, fields: Record<string, string> = {}) {
  return post('/', 'application/json', bytes, { 'Content-Encoding': coding, ...fields })
}

scenario('gzip, deflate, br and identity are undone', (stage) => parsing(stage), [
  coded('gzip', gzipSync(text)),
  coded('GZip', gzipSync(text)),
  coded('deflate', deflateSync(text)),
  coded('br', brotliCompressSync(text)),
  coded('identity', Buffer.from(text)),
  coded('', Buffer.from(text)),
])

scenario('codings that are unknown, or several', (stage) => parsing(stage), [
  coded('bzip2', Buffer.from(text)),
  coded('gzip, br', gzipSync(text)),
  coded('x-gzip', gzipSync(text)),
])

scenario('data that is not what its coding says', (stage) => parsing(stage), [
  coded('gzip', Buffer.from('not gzip')),
  coded('gzip', gzipSync(text).subarray(0, 20)),
  coded('deflate', Buffer.from('not deflate')),
  coded('deflate', deflateRawSync(text)),
  coded('br', Buffer.from([1, 2, 3, 4])),
  coded('gzip', Buffer.alloc(0)),
])

scenario('trailing garbage and two members of gzip', (stage) => parsing(stage), [
  coded('gzip', Buffer.concat([gzipSync('{"a":'), gzipSync('1}')])),
  coded('gzip', Buffer.concat([gzipSync('{"a":1}'), Buffer.from('garbage')])),
])

scenario('inflate: false refuses every coding but identity', (stage) => parsing(stage, { inflate: false }), [
  coded('gzip', gzipSync(text)),
  coded('br', brotliCompressSync(text)),
  coded('identity', Buffer.from(text)),
])

scenario('the limit is one on the inflated size', (stage) => parsing(stage, { limit: 1000 }), [
  coded('gzip', gzipSync(`["${'x'.repeat(900)}"]`)),
  coded('gzip', gzipSync(`["${'x'.repeat(1100)}"]`)),
  coded('br', brotliCompressSync(`["${'x'.repeat(100_000)}"]`)),
  coded('deflate', deflateSync(`["${'x'.repeat(1_000_000)}"]`)),
])

scenario('chunked bodies, with and without a coding', (stage) => parsing(stage), [
  send({
    method: 'POST',
    fields: { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
    body: chunked('{"a"', ':', '1}'),
  }),
  send({
    method: 'POST',
    fields: {
      'Content-Type': 'application/json',
      'Transfer-Encoding': 'chunked',
      'Content-Encoding': 'gzip',
    },
    body: chunked(gzipSync(text).subarray(0, 10), gzipSync(text).subarray(10)),
  }),
  send({
    method: 'POST',
    fields: { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
    body: chunked(),
  }),
])
