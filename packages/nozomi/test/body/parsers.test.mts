import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { text as textOf } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import nozomi from 'nozomi'
import { serveOn } from '../support/serve.mjs'
import { BYTES_TYPE, FORM_TYPE, JSON_TYPE, parsing, TEXT_TYPE } from './parsing.mjs'

type Next = (error?: unknown) => void

const KINDS = [
  ['json', nozomi.json, JSON_TYPE, '{"a":1}'],
  ['urlencoded', nozomi.urlencoded, FORM_TYPE, 'a=1'],
  ['text', nozomi.text, TEXT_TYPE, 'a'],
  ['raw', nozomi.raw, BYTES_TYPE, 'a'],
] as const

describe('verify', () => {
  for (const [name, parser, type, content] of KINDS) {
    it(`of ${name}() sees the inflated bytes and the charset`, async (t) => {
      const seen: unknown[] = []
      const verify = (req: IncomingMessage, res: ServerResponse, bytes: Buffer, charset: string) => {
        seen.push(req.method, typeof res.setHeader, Buffer.isBuffer(bytes), bytes.toString(), charset)
      }
      const client = await parsing(t, parser({ verify }))
      const { status } = await client.post(gzipSync(content), { ...type, 'Content-Encoding': 'gzip' })
      assert.equal(status, 200)
      assert.deepEqual(seen, ['POST', 'function', true, content, name === 'raw' ? null : 'utf-8'])
    })

    it(`of ${name}() refuses with 403 by throwing`, async (t) => {
      const verify = () => {
        throw new Error('no such signature')
      }
      const client = await parsing(t, parser({ verify }))
      const { status, error } = await client.post(content, type)
      assert.equal(status, 403)
      assert.deepEqual([error?.message, error?.type], ['no such signature', 'entity.verify.failed'])
      assert.deepEqual(error?.body, JSON.parse(JSON.stringify(Buffer.from(content))))
    })
  }

  it('keeps the status and the type of what it throws', async (t) => {
    const verify = () => {
      throw Object.assign(new Error('gone'), { status: 410, type: 'mine' })
    }
    const client = await parsing(t, nozomi.json({ verify }))
    const { status, error } = await client.post('{}', JSON_TYPE)
    assert.deepEqual([status, error?.status, error?.type, error?.message], [410, 410, 'mine', 'gone'])
  })

  it('may throw what is no error', async (t) => {
    for (const thrown of ['text', null, undefined, 7]) {
      const verify = () => {
        throw thrown
      }
      const client = await parsing(t, nozomi.json({ verify }))
      const { status, error } = await client.post('{}', JSON_TYPE)
      assert.deepEqual([status, error?.type], [403, 'entity.verify.failed'])
      assert.ok(client.errors[0] instanceof Error)
    }
  })

  it('is called once for a body that comes in pieces, and for an empty one', async (t) => {
    const lengths: number[] = []
    const verify = (_req: unknown, _res: unknown, bytes: Buffer) => void lengths.push(bytes.length)
    const client = await parsing(t, nozomi.raw({ limit: '1mb', verify }))
    await client.post(Buffer.alloc(500_000), BYTES_TYPE)
    await client.post('', BYTES_TYPE)
    assert.deepEqual(lengths, [500_000, 0])
  })
})

describe('raw()', () => {
  it('gives the bytes as they came, as a Buffer', async (t) => {
    const client = await parsing(t, nozomi.raw({ limit: '1mb' }))
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251))
    assert.equal((await client.post(bytes, BYTES_TYPE)).body, bytes.toString('hex'))
    assert.equal((await client.post('', BYTES_TYPE)).body, '')
  })
})

describe('type', () => {
  const TYPES = [
    ['application/json', 'application/json; charset=utf-8', true],
    ['application/json', 'APPLICATION/JSON', true],
    ['application/json', 'application/vnd.api+json', false],
    ['json', 'application/json', true],
    ['+json', 'application/vnd.api+json', true],
    ['*/*+json', 'application/vnd.api+json', true],
    ['application/*', 'application/x-other', true],
    ['application/*', 'text/plain', false],
    ['*/*', 'text/plain', true],
    [['text/plain', 'json'], 'application/json', true],
    [['text/plain', 'json'], 'text/html', false],
    ['*/*', 'no media type', false],
    [(req: IncomingMessage) => req.headers['x-raw'] === 'yes', 'any/thing', true],
    [() => 'truthy', 'any/thing', true],
    [() => 0, 'any/thing', false],
  ] as const

  for (const [type, contentType, isTaken] of TYPES) {
    it(`${String(type)} ${isTaken ? 'takes' : 'leaves'} ${contentType}`, async (t) => {
      const client = await parsing(t, nozomi.raw({ type: type as string }))
      const { body } = await client.post('ok', { 'Content-Type': contentType, 'X-Raw': 'yes' })
      assert.equal(body, isTaken ? '6f6b' : undefined)
    })
  }

  it('takes no body without a Content-Type, unless it is a function', async (t) => {
    const client = await parsing(t, nozomi.raw({ type: '*/*' }))
    assert.equal((await client.post('ok')).body, undefined)
    const taking = await parsing(t, nozomi.raw({ type: () => true }))
    assert.equal((await taking.post('ok')).body, '6f6b')
  })

  it('as a function that throws passes the error on', async (t) => {
    const type = () => {
      throw new Error('no type')
    }
    const client = await parsing(t, nozomi.raw({ type }))
    const { status, error } = await client.post('ok', BYTES_TYPE)
    assert.deepEqual([status, error?.message], [500, 'no type'])
  })
})

describe('parsers and what is around them', () => {
  it('keep the AsyncLocalStorage of an earlier middleware, in next, verify and the reviver', async (t) => {
    const storage = new AsyncLocalStorage<string>()
    const seen: unknown[] = []
    const enter = (req: IncomingMessage, _res: unknown, next: Next) =>
      storage.run(String(req.headers['x-name']), next)
    const note = (where: string) => void seen.push([where, storage.getStore()])
    const verify = () => note('verify')
    const reviver = (_key: string, value: unknown) => (note('reviver'), value)
    const after = (_req: unknown, _res: unknown, next: Next) => (note('next'), next())
    const client = await parsing(t, enter, nozomi.json({ verify, reviver }), after)
    for (const [name, fields, body] of [
      ['plain', {}, '1'.repeat(2)],
      ['inflated', { 'Content-Encoding': 'gzip' }, gzipSync('[]')],
    ] as const) {
      seen.length = 0
      await client.post(name === 'plain' ? '[]' : body, { ...JSON_TYPE, ...fields, 'X-Name': name })
      assert.deepEqual(seen, [
        ['verify', name],
        ['reviver', name],
        ['next', name],
      ])
    }
  })

  it('keep it for errors too, also when the rest of a body was read first', async (t) => {
    const storage = new AsyncLocalStorage<string>()
    const seen: unknown[] = []
    const enter = (_req: unknown, _res: unknown, next: Next) => storage.run('kept', next)
    const parser = nozomi.text({ limit: 10 })
    const observed = (req: IncomingMessage, res: ServerResponse, next: Next) =>
      parser(req, res, (error) => {
        seen.push(storage.getStore())
        next(error)
      })
    const client = await parsing(t, enter, observed)
    await client.post('more than ten bytes', TEXT_TYPE)
    await client.post(gzipSync('more than ten bytes'), { ...TEXT_TYPE, 'Content-Encoding': 'gzip' })
    await client.post('more than ten bytes', { ...TEXT_TYPE, 'Transfer-Encoding': 'chunked' })
    assert.deepEqual(seen, ['kept', 'kept', 'kept'])
  })

  it('stand one after the other, and each takes its own', async (t) => {
    const client = await parsing(t, nozomi.json(), nozomi.urlencoded(), nozomi.text(), nozomi.raw())
    const bodies = []
    for (const [, , type, content] of KINDS) bodies.push((await client.post(content, type)).body)
    assert.deepEqual(bodies, [{ a: 1 }, { a: '1' }, 'a', '61'])
    assert.equal((await client.post('a', { 'Content-Type': 'image/png' })).body, undefined)
  })

  it('leave a body alone that was read before, whoever read it', async (t) => {
    const first = await parsing(t, nozomi.json(), nozomi.json({ limit: 1 }), nozomi.text({ type: '*/*' }))
    assert.deepEqual((await first.post('{"a":1}', JSON_TYPE)).body, { a: 1 })
    const own = async (req: IncomingMessage & { body?: unknown }, _res: unknown, next: Next) => {
      req.body = `read: ${await textOf(req)}`
      next()
    }
    const second = await parsing(t, own, nozomi.json())
    assert.equal((await second.post('{"a":1}', JSON_TYPE)).body, 'read: {"a":1}')
  })

  it('say that a stream was spoiled when somebody decodes it, or reads it now', async (t) => {
    const decode = (req: IncomingMessage, _res: unknown, next: Next) => {
      req.setEncoding('utf8')
      next()
    }
    const client = await parsing(t, decode, nozomi.json())
    const { status, error } = await client.post('{}', JSON_TYPE)
    assert.deepEqual([status, error?.type], [500, 'stream.encoding.set'])
  })

  it('work in plain node:http', async (t) => {
    const parser = nozomi.json()
    const server = createServer((req, res) => {
      parser(req, res, (error) => {
        const { body } = req as { body?: unknown }
        res.end(JSON.stringify(error ? { status: (error as { status: number }).status } : body))
      })
    })
    const client = await serveOn(t, server)
    const post = (body: string) => client.get('/', { method: 'POST', headers: JSON_TYPE, body })
    assert.equal((await post('{"a":1}')).body, '{"a":1}')
    assert.equal((await post('{')).body, '{"status":400}')
    const large = await post(`"${'x'.repeat(200_000)}"`)
    assert.equal(large.body, '{"status":413}')
  })

  it('work over HTTP/2, where a body names no length', async (t) => {
    const parser = nozomi.json({ limit: 100 })
    const server = createHttp2Server((req, res) => {
      parser(req as never, res as never, (error) => {
        const { body } = req as { body?: unknown }
        res.end(JSON.stringify(error ? { type: (error as { type: string }).type } : body))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const session = connectHttp2(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    t.after(() => {
      session.destroy()
      server.close()
    })
    const post = (body: string) => {
      const stream = session.request({ ':method': 'POST', ':path': '/', 'content-type': 'application/json' })
      stream.end(body)
      return textOf(stream)
    }
    assert.equal(await post('{"a":1}'), '{"a":1}')
    assert.equal(await post(`["${'x'.repeat(200)}"]`), '{"type":"entity.too.large"}')
    assert.equal(await post('[]'), '[]', 'the session goes on')
  })
})
