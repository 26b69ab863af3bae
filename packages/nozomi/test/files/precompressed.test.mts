import assert from 'node:assert/strict'
import { rmSync, utimesSync, writeFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import nozomi from 'nozomi'
import { type Client, serve } from '../support/serve.mjs'
import { makeTree } from './tree.mjs'

/*
 * static() with files that were compressed beforehand. Their bytes here only tell which file was sent.
 */

const FILES = {
  'app.js': 'the script itself',
  'app.js.br': 'by brotli',
  'app.js.gz': 'by gzip, longer',
  'app.js.zst': 'by zstd...',
  'old.css': 'a { color: red }',
  'old.css.gz': 'of an older version',
  'one.txt': 'one',
  'one.txt.gz': 'one by gzip',
  'plain.txt': 'plain',
  'docs/index.html': '<p>docs</p>',
  'docs/index.html.br': 'docs by brotli',
}

type Options = Parameters<typeof nozomi.static>[1]

async function site(t: TestContext, options: Options = {}): Promise<{ client: Client; root: string }> {
  const root = makeTree(t, FILES)
  utimesSync(join(root, 'old.css.gz'), 1e9, 1e9)
  const files = nozomi.static(root, { precompressed: true, ...options })
  const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
    files(req, res as never, (error?: Error & { status?: number }) => {
      res.statusCode = error ? (error.status ?? 500) : 404
      res.end(error ? error.message : 'next')
    })
  })
  return { client, root }
}

function accepting(field: string, more: Record<string, string> = {}) {
  return { headers: { 'accept-encoding': field, ...more } }
}

describe('static() with `precompressed`', () => {
  for (const [field, coding, body] of [
    ['br', 'br', 'by brotli'],
    ['gzip', 'gzip', 'by gzip, longer'],
    ['x-gzip', 'gzip', 'by gzip, longer'],
    ['zstd', 'zstd', 'by zstd...'],
    ['gzip, deflate, br', 'br', 'by brotli'],
    ['GZIP , BR;Q=0.5', 'gzip', 'by gzip, longer'],
    ['gzip;q=0.5, zstd;q=0.6', 'zstd', 'by zstd...'],
    ['br;q=0, gzip', 'gzip', 'by gzip, longer'],
    ['*', 'br', 'by brotli'],
    ['*;q=0.1, br;q=0', 'zstd', 'by zstd...'],
    ['br;q=0, *;q=0, identity', undefined, 'the script itself'],
    ['identity, br;q=0.5', undefined, 'the script itself'],
    ['identity;q=0, gzip', 'gzip', 'by gzip, longer'],
    ['deflate', undefined, 'the script itself'],
    ['br;q=', undefined, 'the script itself'],
    ['brotli', undefined, 'the script itself'],
    ['', undefined, 'the script itself'],
  ] as const) {
    it(`sends ${coding ?? 'the file itself'} to "${field}"`, async (t) => {
      const { client } = await site(t)
      const { status, headers, body: sent } = await client.get('/app.js', accepting(field))
      assert.deepEqual([status, sent], [200, body])
      assert.equal(headers['content-encoding'], coding)
      assert.equal(headers['content-type'], 'text/javascript; charset=utf-8')
      assert.equal(headers['content-length'], String(body.length))
      assert.equal(headers.vary, 'Accept-Encoding')
    })
  }

  it('sends the file itself where no field came, and says what it depends on', async (t) => {
    const { client } = await site(t)
    const { headers, body } = await client.get('/app.js')
    assert.deepEqual(
      [body, headers.vary, headers['content-encoding']],
      ['the script itself', 'Accept-Encoding', undefined],
    )
  })

  it('finds the next best, and the index of a folder', async (t) => {
    const { client } = await site(t)
    assert.equal((await client.get('/one.txt', accepting('br, gzip'))).body, 'one by gzip')
    assert.equal((await client.get('/plain.txt', accepting('br, gzip'))).body, 'plain')
    const index = await client.get('/docs/', accepting('gzip, br'))
    assert.deepEqual(
      [index.body, index.headers['content-type']],
      ['docs by brotli', 'text/html; charset=utf-8'],
    )
  })

  it('leaves out what is older than its file', async (t) => {
    const { client } = await site(t)
    const { body, headers } = await client.get('/old.css', accepting('gzip'))
    assert.deepEqual([body, headers['content-encoding']], ['a { color: red }', undefined])
  })

  it('needs the file itself', async (t) => {
    const { client, root } = await site(t)
    await client.get('/app.js', accepting('br'))
    rmSync(join(root, 'app.js'))
    assert.equal((await client.get('/app.js', accepting('br'))).status, 404)
  })

  it('sends an encoded file as it is to whoever asks for its name', async (t) => {
    const { client } = await site(t)
    const { headers, body } = await client.get('/app.js.gz', accepting('br, gzip'))
    assert.deepEqual(
      [body, headers['content-encoding'], headers.vary],
      ['by gzip, longer', undefined, undefined],
    )
    assert.equal(headers['content-type'], 'application/gzip')
  })

  it('answers 406 when the client takes nothing that is there', async (t) => {
    const { client } = await site(t)
    assert.equal((await client.get('/plain.txt', accepting('gzip, identity;q=0'))).status, 406)
    assert.equal((await client.get('/plain.txt', accepting('gzip, *;q=0'))).status, 406)
    assert.equal((await client.get('/none.txt', accepting('*;q=0'))).status, 404)
  })

  it('gives each encoding a tag of its own, for conditions and ranges', async (t) => {
    const { client } = await site(t)
    const tags = new Set<string>()
    for (const coding of ['br', 'gzip', 'zstd', 'identity']) {
      const { headers, body } = await client.get('/app.js', accepting(coding))
      const etag = headers.etag as string
      tags.add(etag)
      const fresh = await client.get('/app.js', accepting(coding, { 'if-none-match': etag }))
      assert.deepEqual([fresh.status, fresh.headers.vary, fresh.headers.etag], [304, 'Accept-Encoding', etag])
      assert.equal(fresh.headers['content-encoding'], undefined)
      const range = { range: 'bytes=3-5', 'if-range': etag }
      const part = await client.get('/app.js', accepting(coding, range))
      assert.deepEqual([part.status, part.body], [206, body.slice(3, 6)])
      assert.equal(part.headers['content-range'], `bytes 3-5/${body.length}`)
      const head = await client.get('/app.js', { method: 'HEAD', ...accepting(coding) })
      assert.deepEqual([head.headers['content-length'], head.headers.etag], [String(body.length), etag])
      const other = await client.get(
        '/app.js',
        accepting(coding, { 'if-none-match': [...tags][0] as string }),
      )
      assert.equal(other.status, tags.size === 1 ? 304 : 200)
    }
    assert.equal(tags.size, 4)
  })

  it('answers from memory the same, and sees changes of either file at once', async (t) => {
    const { client, root } = await site(t)
    const ask = async () => (await client.get('/app.js', accepting('br, gzip'))).body
    await sleep(2600)
    for (let i = 0; i < 3; i++) assert.equal(await ask(), 'by brotli')
    assert.equal((await client.get('/app.js.br')).headers['content-encoding'], undefined)
    assert.equal(
      (await client.get('/app.js', accepting('br'))).headers['content-type'],
      'text/javascript; charset=utf-8',
    )
    writeFileSync(join(root, 'app.js.br'), 'BY BROTLI')
    assert.equal(await ask(), 'BY BROTLI')
    utimesSync(join(root, 'app.js'), new Date(), Date.now() / 1000 + 60)
    assert.equal(await ask(), 'the script itself')
    utimesSync(join(root, 'app.js.gz'), new Date(), Date.now() / 1000 + 90)
    assert.equal(await ask(), 'by gzip, longer')
  })

  it('shows setHeaders the file that was asked for, and keeps to Vary', async (t) => {
    const seen: [string, number][] = []
    const { client } = await site(t, {
      setHeaders(res, path, stat) {
        seen.push([path.slice(-6), stat.size])
        res.setHeader('Vary', 'Origin')
      },
    })
    const { headers } = await client.get('/app.js', accepting('br'))
    assert.deepEqual(seen, [['app.js', 9]])
    assert.equal(headers.vary, 'Origin, Accept-Encoding')
  })

  it('stays away from a response that is encoded already', async (t) => {
    const files = nozomi.static(makeTree(t, FILES), { precompressed: true })
    const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
      res.setHeader('Content-Encoding', 'x-own')
      files(req, res as never, () => res.end())
    })
    const { headers, body } = await client.get('/app.js', accepting('br'))
    assert.deepEqual([body, headers['content-encoding']], ['the script itself', 'x-own'])
  })

  it('looks for the codings it is told, in that order', async (t) => {
    const { client } = await site(t, { precompressed: ['gzip', 'br'] })
    assert.equal((await client.get('/app.js', accepting('zstd, br, gzip'))).body, 'by gzip, longer')
    assert.equal((await client.get('/app.js', accepting('zstd'))).body, 'the script itself')
  })

  it('is off by default, and refuses codings it does not know', async (t) => {
    const { client } = await site(t, { precompressed: undefined })
    const { headers, body } = await client.get('/app.js', accepting('br'))
    assert.deepEqual([body, headers.vary], ['the script itself', undefined])
    for (const precompressed of ['br', ['deflate'], 1, {}]) {
      assert.throws(
        () => nozomi.static('x', { precompressed: precompressed as never }),
        new TypeError('option precompressed must be true, false, or an array of "br", "zstd", "gzip"'),
      )
    }
  })
})
