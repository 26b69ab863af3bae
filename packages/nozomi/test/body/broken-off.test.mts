import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { describe, it, type TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import nozomi from 'nozomi'
import { until } from '../files/until.mjs'
import { chunkOf, converse, head } from './conversation.mjs'
import { type Parsing, parsing } from './parsing.mjs'

const JSON_FIELDS = { 'Content-Type': 'application/json' }
const GZIP_FIELDS = { ...JSON_FIELDS, 'Content-Encoding': 'gzip' }

/** Sends some bytes, breaks off when the request has reached the server, and waits for the error. */
async function breakOff(t: TestContext, client: Parsing, bytes: Buffer | string): Promise<Error> {
  const count = client.errors.length
  const talk = converse(t, client.port)
  const arrived = new Promise((resolve) => client.server.once('request', resolve))
  talk.socket.write(bytes)
  await arrived
  talk.socket.resetAndDestroy()
  await until(() => client.errors.length > count, 'the error')
  return client.errors[count] as Error
}

const compressed = gzipSync(JSON.stringify({ text: 'x'.repeat(1000) }))

/** What clients break off, the length that the head names, and the bytes that have come. */
const BROKEN = {
  'a body of known length': head({ ...JSON_FIELDS, 'Content-Length': 100 }) + '{"a":',
  'a body of which nothing has come': head({ ...JSON_FIELDS, 'Content-Length': 100 }),
  'a chunked body': head({ ...JSON_FIELDS, 'Transfer-Encoding': 'chunked' }) + chunkOf('{"a":'),
  'a compressed body': Buffer.concat([
    Buffer.from(head({ ...GZIP_FIELDS, 'Content-Length': compressed.length })),
    compressed.subarray(0, 20),
  ]),
  'a compressed body in chunks': Buffer.concat([
    Buffer.from(head({ ...GZIP_FIELDS, 'Transfer-Encoding': 'chunked' })),
    chunkOf(compressed.subarray(0, 20)),
  ]),
}

describe('a client that breaks off', () => {
  for (const [what, bytes] of Object.entries(BROKEN)) {
    it(`${what} gives request.aborted, once`, async (t) => {
      const client = await parsing(t, nozomi.json())
      const error = (await breakOff(t, client, bytes)) as Error & { [field: string]: unknown }
      assert.equal(error.message, 'request aborted')
      assert.deepEqual(
        [error['status'], error['type'], error['code']],
        [400, 'request.aborted', 'ECONNABORTED'],
      )
      await new Promise((resolve) => setTimeout(resolve, 50))
      assert.equal(client.errors.length, 1)
    })
  }

  it('is told how much had come', async (t) => {
    const client = await parsing(t, nozomi.json())
    const error = await breakOff(t, client, BROKEN['a body of known length'])
    const { expected, length, received } = error as Error & { [field: string]: unknown }
    assert.deepEqual([expected, length], [100, 100])
    assert.ok(received === 0 || received === 5)
  })

  it('while its refused body is read off gives the first error only', async (t) => {
    const client = await parsing(t, nozomi.json({ limit: 10 }))
    const begun = head({ ...JSON_FIELDS, 'Transfer-Encoding': 'chunked' }) + chunkOf('"more than ten bytes"')
    const talk = converse(t, client.port)
    let request: IncomingMessage | undefined
    client.server.once('request', (req) => void (request = req))
    talk.socket.write(begun)
    await until(() => request !== undefined && request.listenerCount('data') > 0, 'the request')
    talk.socket.resetAndDestroy()
    await until(() => client.errors.length > 0, 'the error')
    await new Promise((resolve) => setTimeout(resolve, 600))
    assert.deepEqual(
      client.errors.map((error) => (error as { type?: string }).type),
      ['entity.too.large'],
    )
  })
})

describe('a request that is destroyed by the application', () => {
  it('passes on what it was destroyed with, or that it was aborted', async (t) => {
    for (const cause of [new Error('enough'), undefined]) {
      const spoil = (req: IncomingMessage, _res: unknown, next: () => void) => {
        next()
        setImmediate(() => req.destroy(cause))
      }
      const client = await parsing(t, spoil, nozomi.json())
      converse(t, client.port).socket.write(BROKEN['a body of known length'])
      await until(() => client.errors.length > 0, 'the error')
      const [error] = client.errors as (Error & { status?: number })[]
      assert.ok(error?.message === 'enough' || error?.message === 'request aborted', error?.message)
      assert.equal(error?.status, 400)
      await new Promise((resolve) => setTimeout(resolve, 50))
      assert.equal(client.errors.length, 1)
    }
  })
})

describe('a request that is no message of node:http', () => {
  it('and is closed without a word of it gives request.aborted', async () => {
    const request = Object.assign(new Readable({ read() {} }), {
      headers: { 'content-type': 'application/json', 'content-length': '10' },
    })
    const errors: unknown[] = []
    const res = { setHeader() {} }
    nozomi.json()(request as never, res as never, (error) => void errors.push(error))
    request.push('{')
    await new Promise((resolve) => setImmediate(resolve))
    request.destroy()
    await until(() => errors.length > 0, 'the error')
    assert.deepEqual(
      errors.map((error) => (error as { type?: string }).type),
      ['request.aborted'],
    )
  })
})

const BAD: Record<string, Buffer | string> = {
  ...BROKEN,
  'too long by its head': head({ ...JSON_FIELDS, 'Content-Length': 1_000_000 }) + 'x'.repeat(1000),
  'too long in chunks':
    head({ ...JSON_FIELDS, 'Transfer-Encoding': 'chunked' }) + chunkOf('x'.repeat(2000)) + '0\r\n\r\n',
  'too long when inflated': Buffer.concat([
    Buffer.from(head({ ...GZIP_FIELDS, 'Content-Length': gzipSync(Buffer.alloc(100_000)).length })),
    gzipSync(Buffer.alloc(100_000)),
  ]),
  'no gzip': `${head({ ...GZIP_FIELDS, 'Content-Length': 4 })}none`,
  'no JSON': `${head({ ...JSON_FIELDS, 'Content-Length': 4 })}none`,
  'of a charset that nobody knows':
    head({ 'Content-Type': 'application/json; charset=x', 'Content-Length': 2 }) + '{}',
  'no chunk': `${head({ ...JSON_FIELDS, 'Transfer-Encoding': 'chunked' })}zz\r\n`,
}

/** Open descriptors of this process by what they are; those of pipes and of the test runner don't change. */
function openDescriptors(): number {
  return readdirSync('/proc/self/fd').length
}

function resources(): string {
  const names = process.getActiveResourcesInfo().filter((name) => !/Timeout|Immediate/.test(name))
  return names.toSorted().join(' ')
}

describe('bad requests', () => {
  it('leave no listener on the request', async (t) => {
    const counts = new Map<IncomingMessage, string>()
    const listeners = (req: IncomingMessage) =>
      ['data', 'aborted', 'error', 'readable'].map((event) => `${event} ${req.listenerCount(event)}`).join()
    const count = (req: IncomingMessage, _res: unknown, next: () => void) => {
      counts.set(req, listeners(req))
      next()
    }
    const client = await parsing(t, count, nozomi.json({ limit: 1500 }))
    for (const bytes of Object.values(BAD)) await breakOff(t, client, bytes)
    assert.equal(counts.size, Object.keys(BAD).length)
    for (const [req, before] of counts) assert.equal(listeners(req), before)
  })

  it('leave no descriptor, no handle and no memory of them, two hundred of them', {
    timeout: 60_000,
  }, async (t) => {
    const hasProc = process.platform === 'linux'
    const client = await parsing(t, nozomi.json({ limit: 1500 }))
    const round = async () => {
      for (const bytes of Object.values(BAD)) await breakOff(t, client, bytes)
    }
    await round()
    await until(() => !resources().includes('ZLIB'), 'the end of the first round')
    const before = { resources: resources(), descriptors: hasProc ? openDescriptors() : 0 }
    const rounds = Math.ceil(200 / Object.keys(BAD).length)
    for (let index = 0; index < rounds; index++) await round()
    await until(
      () => resources() === before.resources,
      `the resources ${before.resources}, not ${resources()}`,
    )
    if (hasProc) assert.equal(openDescriptors(), before.descriptors)
    assert.equal(client.errors.length, (rounds + 1) * Object.keys(BAD).length)
    assert.equal((await client.post('{"a":1}', JSON_FIELDS)).status, 200)
  })

  it('are answered 400 when they are malformed, and others go on meanwhile', async (t) => {
    const client = await parsing(t, nozomi.json())
    const slow = converse(t, client.port)
    slow.socket.write(head({ ...JSON_FIELDS, 'Content-Length': 7 }) + '{"a"')
    const bad = converse(t, client.port)
    bad.socket.write(BAD['no chunk'] as string)
    await bad.closed
    slow.socket.write(':1}')
    await slow.until(/200 OK.*\{"body":\{"a":1\}\}/s)
  })
})
