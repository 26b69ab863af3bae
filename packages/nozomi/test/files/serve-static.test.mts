import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { symlinkSync, utimesSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import nozomi from 'nozomi'
import { type Client, serve } from '../support/serve.mjs'
import { makeTree } from './tree.mjs'

/*
 * On plain node:http, which is all that the middleware needs.
 */

const FILES = {
  'todo.txt': '- groceries',
  'nums.txt': '123456789',
  'empty.txt': '',
  'page.html': '<p>page</p>',
  noext: 'n',
  '.hidden': 'h',
  '.git/config': 'g',
  'users/index.html': '<p>users</p>',
  'pets/names.txt': 'tobi',
}

interface HttpError extends Error {
  status: number
  expose: boolean
  headers?: object
}

type Options = Parameters<typeof nozomi.static>[1]

async function site(
  t: TestContext,
  options?: Options,
  files: Record<string, string | Buffer> = FILES,
): Promise<Client> {
  return serveFiles(t, makeTree(t, files), options)
}

async function serveFiles(t: TestContext, root: string, options?: Options): Promise<Client> {
  const files = nozomi.static(root, options)
  return serve(t, (req: IncomingMessage, res: ServerResponse) => {
    files(req, res as never, (error?: Error & { status?: number; code?: string }) => {
      res.statusCode = error ? (error.status ?? 500) : 404
      res.end(error ? `${error.name} ${error.code ?? ''} ${error.message}` : 'next')
    })
  })
}

describe('static()', () => {
  it('is a middleware of that name', () => {
    assert.equal(nozomi.static('x').name, 'serveStatic')
    assert.equal(nozomi.static('x').length, 3)
  })

  it('refuses impossible arguments where they are written', () => {
    const make = nozomi.static as (root?: unknown, options?: unknown) => unknown
    assert.throws(() => make(), new TypeError('root path required'))
    assert.throws(() => make(42), new TypeError('root path must be a string'))
    assert.throws(() => make('x', { setHeaders: 3 }), new TypeError('option setHeaders must be function'))
    assert.throws(
      () => make('x', { dotfiles: 'bogus' }),
      new TypeError('dotfiles option must be "allow", "deny", or "ignore"'),
    )
    assert.throws(
      () => make('x', { index: true }),
      new TypeError('index option must be array of strings or false'),
    )
    assert.throws(
      () => make('x', { extensions: [1] }),
      new TypeError('extensions option must be array of strings or false'),
    )
  })

  it('sends a file with its type, length, validators and caching', async (t) => {
    const root = makeTree(t, FILES)
    utimesSync(join(root, 'todo.txt'), 1e9, 1e9)
    const client = await serveFiles(t, root)
    const { status, headers, body } = await client.get('/todo.txt')
    assert.equal(status, 200)
    assert.equal(body, '- groceries')
    assert.equal(headers['content-type'], 'text/plain; charset=utf-8')
    assert.equal(headers['content-length'], '11')
    assert.equal(headers['last-modified'], 'Sun, 09 Sep 2001 01:46:40 GMT')
    assert.equal(headers.etag, 'W/"b-e8d4a51000"')
    assert.equal(headers['cache-control'], 'public, max-age=0')
    assert.equal(headers['accept-ranges'], 'bytes')
  })

  it('sends the head only to HEAD, and nothing for an empty file', async (t) => {
    const client = await site(t)
    const head = await client.get('/todo.txt', { method: 'HEAD' })
    assert.deepEqual([head.status, head.headers['content-length'], head.body], [200, '11', ''])
    const empty = await client.get('/empty.txt')
    assert.deepEqual([empty.status, empty.headers['content-length'], empty.body], [200, '0', ''])
  })

  it('takes a file without a known extension for bytes', async (t) => {
    const client = await site(t)
    assert.equal((await client.get('/noext')).headers['content-type'], 'application/octet-stream')
  })

  it('goes on to the next handler for what is missing, hidden or no file name', async (t) => {
    const client = await site(t)
    for (const path of [
      '/none',
      '/.hidden',
      '/.git/config',
      '/todo.txt/',
      '/pets/',
      '/%',
      '/a%00b',
      '/../x',
      '/%C0%AE',
    ]) {
      const { status, body } = await client.get(path)
      assert.deepEqual([status, body], [404, 'next'], path)
    }
    assert.equal((await client.get('/todo.txt', { method: 'POST' })).body, 'next')
  })

  it('says what is wrong with `fallthrough: false`', async (t) => {
    const client = await site(t, { fallthrough: false, dotfiles: 'deny' })
    for (const [path, status, text] of [
      ['/none', 404, /^Error ENOENT ENOENT: no such file or directory, stat '/],
      ['/.hidden', 403, /^ForbiddenError NOZOMI_FILE_FORBIDDEN Forbidden/],
      ['/%', 400, /^BadRequestError NOZOMI_FILE_NAME Bad Request/],
      ['/a%00b', 400, /^BadRequestError/],
      ['/../x', 403, /^ForbiddenError/],
      ['/users/%2e%2e/%2e%2e/x', 403, /^ForbiddenError/],
      ['/..%5cx', 403, /^ForbiddenError/],
      ['/pets/', 404, /^Error ENOENT/],
      ['/pets/./names.txt', 404, /^NotFoundError NOZOMI_PATH_NOT_CANONICAL the path "\/pets\/.\/names.txt"/],
      [`/${'x'.repeat(300)}`, 404, /^Error ENAMETOOLONG/],
    ] as const) {
      const answer = await client.get(path)
      assert.equal(answer.status, status, path)
      assert.match(answer.body, text)
    }
    const post = await client.get('/todo.txt', { method: 'POST' })
    assert.deepEqual([post.status, post.headers.allow, post.body], [405, 'GET, HEAD', ''])
  })

  it('serves dot files with `dotfiles: "allow"`', async (t) => {
    const client = await site(t, { dotfiles: 'allow' })
    assert.equal((await client.get('/.hidden')).body, 'h')
    assert.equal((await client.get('/.git/config')).body, 'g')
  })

  it('finds the index of a folder, the first that there is', async (t) => {
    assert.equal((await (await site(t)).get('/users/')).body, '<p>users</p>')
    const several = await site(t, { index: ['default.htm', 'users', 'todo.txt'] })
    assert.equal((await several.get('/')).body, '- groceries')
    assert.equal((await (await site(t, { index: false })).get('/users/')).status, 404)
  })

  it('tries extensions where the name has none', async (t) => {
    const client = await site(t, { extensions: ['htm', 'html', 'txt'] })
    assert.equal((await client.get('/page')).body, '<p>page</p>')
    assert.equal((await client.get('/todo')).body, '- groceries')
    for (const path of ['/none', '/page.x', '/todo/'])
      assert.equal((await client.get(path)).status, 404, path)
  })

  it('writes caching, validators and ranges as it is told', async (t) => {
    for (const [options, field, value] of [
      [{ maxAge: '30d' }, 'cache-control', 'public, max-age=2592000'],
      [{ maxAge: 1999 }, 'cache-control', 'public, max-age=1'],
      [{ maxAge: Infinity }, 'cache-control', 'public, max-age=31536000'],
      [{ maxAge: -5 }, 'cache-control', 'public, max-age=0'],
      [{ maxAge: 'soon' }, 'cache-control', 'public, max-age=0'],
      [{ maxAge: '1h', immutable: true }, 'cache-control', 'public, max-age=3600, immutable'],
      [{ maxAge: '1h', cacheControl: false }, 'cache-control', undefined],
      [{ etag: false }, 'etag', undefined],
      [{ lastModified: false }, 'last-modified', undefined],
      [{ acceptRanges: false }, 'accept-ranges', undefined],
    ] as const) {
      const { headers } = await (await site(t, options)).get('/todo.txt')
      assert.equal(headers[field], value, JSON.stringify(options))
    }
  })

  it('lets setHeaders set fields of a file, and nothing else', async (t) => {
    const seen: string[] = []
    const client = await site(t, {
      setHeaders(res, path, stat) {
        seen.push(`${path.endsWith('todo.txt')} ${stat.size}`)
        res.setHeader('Cache-Control', 'private')
        res.setHeader('Content-Type', 'text/x')
        res.setHeader('ETag', '"mine"')
      },
    })
    const { headers } = await client.get('/todo.txt')
    assert.equal(headers['cache-control'], 'private')
    assert.equal(headers['content-type'], 'text/x')
    assert.equal((await client.get('/todo.txt', { headers: { 'if-none-match': '"mine"' } })).status, 304)
    await client.get('/none')
    await client.get('/users')
    assert.deepEqual(seen, ['true 11', 'true 11'])
  })

  it('hands what setHeaders throws to the error handlers', async (t) => {
    const client = await site(t, {
      setHeaders() {
        throw new Error('no headers today')
      },
    })
    const answer = await client.get('/todo.txt')
    assert.deepEqual([answer.status, answer.body], [500, 'Error  no headers today'])
  })

  it('serves a root that is a file, at the mount point only', async (t) => {
    const root = makeTree(t, FILES)
    const app = nozomi()
    app.use('/list', nozomi.static(join(root, 'todo.txt')))
    const client = await serve(t, app)
    assert.equal((await client.get('/list')).body, '- groceries')
    assert.equal((await client.get('/list/')).status, 404)
  })

  it('serves no pipe, and does not wait for one', {
    skip: process.platform === 'win32' && 'no pipes',
  }, async (t) => {
    const root = makeTree(t, FILES)
    execFileSync('mkfifo', [join(root, 'pipe')])
    const client = await serveFiles(t, root)
    assert.equal((await client.get('/pipe')).status, 404)
  })

  it('serves no socket, to GET and to HEAD', {
    skip: process.platform === 'win32' && 'no sockets',
  }, async (t) => {
    const root = makeTree(t, FILES)
    const server = createServer().listen(join(root, 'socket'))
    await once(server, 'listening')
    t.after(() => server.close())
    const client = await serveFiles(t, root)
    assert.equal((await client.get('/socket')).status, 404)
    assert.equal((await client.get('/socket', { method: 'HEAD' })).status, 404)
  })

  it('fails with 500 for a file that can not be opened', async (t) => {
    const root = makeTree(t, FILES)
    symlinkSync(join(root, 'loop'), join(root, 'loop'))
    const client = await serveFiles(t, root)
    const answer = await client.get('/loop')
    assert.equal(answer.status, 500)
    assert.match(answer.body, /ELOOP/)
    assert.equal(answer.headers['cache-control'], undefined)
  })
})

describe('the redirect to a folder', () => {
  it('adds the slash before the query', async (t) => {
    const client = await site(t)
    const { status, headers, body } = await client.get('/users?name=<john>&b=%22')
    assert.equal(status, 301)
    assert.equal(headers.location, '/users/?name=%3Cjohn%3E&b=%22')
    assert.equal(headers['content-type'], 'text/html; charset=UTF-8')
    assert.equal(headers['content-security-policy'], "default-src 'none'")
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.match(body, /<pre>Redirecting to \/users\/\?name=%3Cjohn%3E&amp;b=%22<\/pre>/)
  })

  it('goes to the mount point as the client knows it', async (t) => {
    const app = nozomi()
    app.use('/files', nozomi.static(makeTree(t, FILES)))
    const client = await serve(t, app)
    assert.equal((await client.get('/files')).headers.location, '/files/')
    assert.equal((await client.get('/files/users?a')).headers.location, '/files/users/?a')
  })

  it('can be turned off', async (t) => {
    const client = await site(t, { redirect: false })
    assert.equal((await client.get('/users')).status, 404)
  })

  it('never leads to another host', async (t) => {
    const files = { 'evil.example/a': 'a', 'a/b/c': 'c', '\\evil.example/a': 'a', '/\\x/y': 'y' }
    for (const options of [{}, { canonical: false }]) {
      const client = await site(t, options, files)
      for (const path of [
        '//evil.example',
        '///evil.example',
        '/\\evil.example',
        '/%5cevil.example',
        '/\\/evil.example',
        '//evil.example/%2e%2e/a/b',
        '//evil.example/..',
        '/evil.example/..//a',
        '/evil.example?\\\\x',
        '/a/b?//evil.example\\',
      ]) {
        const { location } = (await client.get(path)).headers
        if (location === undefined) continue
        assert.doesNotMatch(location, /^\/\/|\\/, path)
        assert.equal(new URL(location, 'http://here.example').host, 'here.example', path)
      }
    }
  })

  it('names no host, even when the target did', async (t) => {
    const client = await site(t)
    const answer = await client.raw(
      'GET http://evil.example/users HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    )
    assert.match(answer, /^Location: \/users\/\r$/m)
  })
})

describe('conditions and ranges', () => {
  it('answers 304 without what describes a body', async (t) => {
    const client = await site(t)
    const { headers } = await client.get('/todo.txt')
    const conditions: Record<string, string>[] = [
      { 'if-none-match': headers.etag as string },
      { 'if-none-match': `"x", ${(headers.etag as string).slice(2)}` },
      { 'if-none-match': '*' },
      { 'if-modified-since': headers['last-modified'] as string },
    ]
    for (const condition of conditions) {
      const answer = await client.get('/todo.txt', { headers: condition })
      assert.equal(answer.status, 304, JSON.stringify(condition))
      assert.equal(answer.headers['content-length'], undefined)
      assert.equal(answer.headers['content-type'], undefined)
      assert.equal(answer.headers.etag, headers.etag)
    }
  })

  it('answers 412 when the client wants another version', async (t) => {
    const client = await site(t)
    const conditions: Record<string, string>[] = [
      { 'if-match': '"x"' },
      { 'if-unmodified-since': 'Sun, 06 Nov 1994 08:49:37 GMT' },
    ]
    for (const condition of conditions) {
      const answer = await client.get('/todo.txt', { headers: condition })
      assert.deepEqual(
        [answer.status, answer.body],
        [412, 'PreconditionFailedError NOZOMI_FILE_PRECONDITION Precondition Failed'],
      )
    }
  })

  for (const [range, status, contentRange, body] of [
    ['bytes=0-4', 206, 'bytes 0-4/9', '12345'],
    ['bytes=0-0', 206, 'bytes 0-0/9', '1'],
    ['bytes=2-50', 206, 'bytes 2-8/9', '3456789'],
    ['bytes=-3', 206, 'bytes 6-8/9', '789'],
    ['bytes=-300', 416, 'bytes */9', ''],
    ['bytes=3-', 206, 'bytes 3-8/9', '456789'],
    ['bytes=0-1,2-3', 206, 'bytes 0-3/9', '1234'],
    ['bytes=0-1,5-6', 200, undefined, '123456789'],
    ['bytes=9-', 416, 'bytes */9', ''],
    ['bytes=-0', 416, 'bytes */9', ''],
    ['bytes=0-99999999999999999999', 206, 'bytes 0-8/9', '123456789'],
    ['bytes=99999999999999999999-', 416, 'bytes */9', ''],
    ['bytes=5-2', 416, 'bytes */9', ''],
    ['bytes=a-b', 200, undefined, '123456789'],
    ['bytes=', 200, undefined, '123456789'],
    ['lines=0-1', 200, undefined, '123456789'],
    ['asdf', 200, undefined, '123456789'],
  ] as const) {
    it(`answers ${status} to ${range}`, async (t) => {
      const client = await site(t)
      const answer = await client.get('/nums.txt', { headers: { range } })
      assert.equal(answer.status, status)
      assert.equal(answer.headers['content-range'], contentRange)
      if (status !== 416) assert.equal(answer.body, body)
    })
  }

  it('gives the length of the file in the error of a range behind its end', async (t) => {
    const app = nozomi()
    app.use(nozomi.static(makeTree(t, FILES)))
    app.use((error: HttpError, _req: unknown, res: ServerResponse, _next: unknown) => {
      res.statusCode = error.status
      res.end(JSON.stringify({ headers: error.headers, expose: error.expose }))
    })
    const client = await serve(t, app)
    const answer = await client.get('/nums.txt', { headers: { range: 'bytes=9-' } })
    assert.equal(answer.status, 416)
    assert.deepEqual(JSON.parse(answer.body), { headers: { 'Content-Range': 'bytes */9' }, expose: true })
  })

  it('treats a request of thousands of ranges as one of none', async (t) => {
    const client = await site(t)
    for (const range of [
      `bytes=${'0-0,'.repeat(3000)}0-0`,
      `bytes=${'8-,-1,'.repeat(2000)}`,
      `bytes=${','.repeat(12_000)}`,
    ]) {
      const answer = await client.get('/nums.txt', { headers: { range } })
      assert.deepEqual([answer.status, answer.body], [200, '123456789'])
    }
  })

  it('sends the whole file where If-Range names another version', async (t) => {
    const client = await site(t)
    const { headers } = await client.get('/nums.txt')
    for (const [ifRange, status] of [
      [headers.etag as string, 206],
      [headers['last-modified'] as string, 206],
      ['"x"', 200],
      ['Sun, 06 Nov 1994 08:49:37 GMT', 200],
      ['never', 200],
    ] as const) {
      const answer = await client.get('/nums.txt', { headers: { range: 'bytes=0-4', 'if-range': ifRange } })
      assert.equal(answer.status, status, ifRange)
    }
  })

  it('keeps a status that was set before', async (t) => {
    const files = nozomi.static(makeTree(t, FILES))
    const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
      res.statusCode = 503
      files(req, res as never, () => res.end())
    })
    const answer = await client.get('/todo.txt', { headers: { 'if-none-match': '*' } })
    assert.deepEqual([answer.status, answer.body], [503, '- groceries'])
  })
})
