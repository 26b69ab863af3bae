import assert from 'node:assert/strict'
import type { Transform } from 'node:stream'
import { describe, it } from 'node:test'
import zlib, { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import nozomi from 'nozomi'
import { converse, head } from './conversation.mjs'
import { parsing, TEXT_TYPE } from './parsing.mjs'

type Compress = (data: Buffer | string, options?: object) => Buffer

const { zstdCompressSync, constants } = zlib as {
  zstdCompressSync?: Compress
  constants: Record<string, number>
}

const CODINGS: Record<string, Compress> = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  ...(zstdCompressSync ? { zstd: zstdCompressSync } : {}),
}

const noZstd = zstdCompressSync ? false : 'this version of node has no zstd'

describe('content codings', () => {
  for (const [coding, compress] of Object.entries(CODINGS)) {
    const type = { ...TEXT_TYPE, 'Content-Encoding': coding }
    const text = 'a text that is long enough to be cut anywhere, '.repeat(20)

    it(`${coding} is undone`, async (t) => {
      const client = await parsing(t, nozomi.text())
      assert.equal((await client.post(compress(text), type)).body, text)
      assert.equal((await client.post(compress(''), type)).body, '')
      const upper = { ...TEXT_TYPE, 'Content-Encoding': coding.toUpperCase() }
      assert.equal((await client.post(compress(text), upper)).body, text)
    })

    it(`${coding} that is cut short is 400, wherever`, async (t) => {
      const client = await parsing(t, nozomi.text())
      const whole = compress(text)
      for (const length of [1, Math.floor(whole.length / 2), whole.length - 1]) {
        const { status, error } = await client.post(whole.subarray(0, length), type)
        assert.deepEqual([status, error?.status, error?.expose], [400, 400, true], `${length} bytes`)
      }
      assert.equal(client.errors.length, 3)
    })

    it(`${coding} that is corrupt is 400`, async (t) => {
      const client = await parsing(t, nozomi.text())
      const { status, error } = await client.post('no coding at all, by its first byte', type)
      assert.deepEqual([status, error?.status], [400, 400])
      assert.equal((await client.post(compress(text), type)).body, text, 'the server goes on')
    })

    it(`${coding} with inflate: false is 415`, async (t) => {
      const client = await parsing(t, nozomi.text({ inflate: false }))
      const { status, error } = await client.post(compress(text), type)
      assert.deepEqual(
        [status, error?.type, error?.code, error?.message, error?.encoding],
        [415, 'encoding.unsupported', 'NOZOMI_BODY_CODING_REFUSED', 'content encoding unsupported', coding],
      )
      assert.equal((await client.post(text, TEXT_TYPE)).body, text)
      assert.equal((await client.post(text, { ...TEXT_TYPE, 'Content-Encoding': 'identity' })).body, text)
    })
  }

  it('what follows the end of the compressed data is left out, and read off', async (t) => {
    const client = await parsing(t, nozomi.text())
    const talk = converse(t, client.port)
    for (const coding of ['gzip', 'deflate', 'br']) {
      const body = Buffer.concat([(CODINGS[coding] as Compress)(coding), Buffer.from('\0\0 and more')])
      talk.socket.write(head({ ...TEXT_TYPE, 'Content-Encoding': coding, 'Content-Length': body.length }))
      talk.socket.write(body)
      await talk.until(new RegExp(`\\{"body":"${coding}"\\}$`))
    }
    assert.equal(talk.received().match(/HTTP\/1\.1 200 OK/g)?.length, 3, 'all on one connection')
  })

  it('what follows later than the answer is read off too', { timeout: 10_000 }, async (t) => {
    const client = await parsing(t, nozomi.text())
    const talk = converse(t, client.port)
    const begun = Buffer.concat([gzipSync('first'), Buffer.from('\0\0 and')])
    // More than a stream takes in before somebody reads it.
    const rest = ' more'.repeat(18_000)
    talk.socket.write(
      head({ ...TEXT_TYPE, 'Content-Encoding': 'gzip', 'Content-Length': begun.length + rest.length }),
    )
    talk.socket.write(begun)
    await talk.until(/\{"body":"first"\}$/)
    talk.socket.write(rest)
    talk.socket.write(`${head({ ...TEXT_TYPE, 'Content-Length': 6 })}second`)
    await talk.until(/\{"body":"second"\}$/)
  })

  it('leave no stream open that inflates, however the request ends', async (t) => {
    const streams: Transform[] = []
    const create = zlib.createGunzip
    t.mock.method(zlib, 'createGunzip', () => {
      const stream = create()
      streams.push(stream)
      return stream
    })
    const client = await parsing(t, nozomi.text({ limit: 10_000 }))
    const type = { ...TEXT_TYPE, 'Content-Encoding': 'gzip' }
    const statuses = []
    for (const body of [
      gzipSync('text'),
      gzipSync(Buffer.alloc(100_000)),
      gzipSync('text').subarray(0, 9),
      'none',
    ]) {
      statuses.push((await client.post(body, type)).status)
    }
    assert.deepEqual(statuses, [200, 413, 400, 400])
    assert.deepEqual(
      streams.map((stream) => stream.destroyed),
      [true, true, true, true],
    )
  })

  it('an unknown one is 415, and so is zstd where node has none', async (t) => {
    const client = await parsing(t, nozomi.text())
    const unknown = ['x-none', 'gzip, br', 'constructor', '__proto__', ...(noZstd ? ['zstd'] : [])]
    for (const coding of unknown) {
      const { status, error } = await client.post('text', { ...TEXT_TYPE, 'Content-Encoding': coding })
      assert.deepEqual(
        [status, error?.type, error?.code, error?.encoding, error?.message],
        [
          415,
          'encoding.unsupported',
          'NOZOMI_BODY_CODING',
          coding,
          `unsupported content encoding "${coding}"`,
        ],
      )
    }
  })

  it('zstd may ask for no window over 8 MB, whatever the limit is', { skip: noZstd }, async (t) => {
    const client = await parsing(t, nozomi.raw({ limit: '100mb', type: '*/*' }))
    const framed = (windowLog: number) =>
      compressStreaming(Buffer.alloc(20 * 1024 * 1024), {
        params: { [constants['ZSTD_c_windowLog'] as number]: windowLog },
      })
    const type = { ...TEXT_TYPE, 'Content-Encoding': 'zstd' }
    const large = await client.post(await framed(27), type)
    assert.deepEqual([large.status, large.error?.status], [400, 400])
    const fitting = await client.post(await framed(23), type)
    assert.equal(fitting.status, 200)
  })
})

/** Compresses as a stream, whose frame does not name its length and so needs the whole window. */
async function compressStreaming(data: Buffer, options: object): Promise<Buffer> {
  const { createZstdCompress } = zlib as unknown as {
    createZstdCompress(options: object): NodeJS.ReadWriteStream
  }
  const stream = createZstdCompress(options)
  const half = data.length / 2
  stream.write(data.subarray(0, half))
  stream.end(data.subarray(half))
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
