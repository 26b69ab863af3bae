import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import nozomi from 'nozomi'
import { sendFile } from '#dist/files/send-file.js'
import { listen, serve } from '../support/serve.mjs'
import { makeTree } from './tree.mjs'
import { until } from './until.mjs'

const FILES = {
  'name.txt': 'tobi',
  'nums.txt': '123456789',
  '100% of dogs.txt': '20%',
  '.hidden': 'h',
  'blog/index.html': 'blog',
  'big.bin': Buffer.alloc(1_000_000, 'x'),
}

interface FileError extends Error {
  status?: number
  code?: string
  expose?: boolean
  syscall?: string
  headers?: Record<string, string>
}

/** Asks for one file, and gives the answer and what the callback got; `undefined` for no error. */
async function send(
  t: TestContext,
  path: string,
  {
    options = {},
    method = 'GET',
    headers = {},
  }: { options?: object; method?: string; headers?: Record<string, string> } = {},
) {
  const app = nozomi()
  const calls: (FileError | undefined)[] = []
  app.get('/', (_req, res) => {
    res.sendFile(path, options, (error) => {
      calls.push(error as FileError | undefined)
      if (error && !res.headersSent) res.status(299).end('not sent')
    })
  })
  const client = await listen(t, app)
  const answer = await client.get('/', { method, headers })
  await until(() => calls.length > 0)
  assert.equal(calls.length, 1)
  return { ...answer, error: calls[0] }
}

describe('res.sendFile()', () => {
  it('takes the path for a name, not for a URL', async (t) => {
    const root = makeTree(t, FILES)
    assert.equal((await send(t, join(root, '100% of dogs.txt'))).body, '20%')
    assert.equal((await send(t, join(root, 'name%2etxt'))).error?.status, 404)
  })

  it('calls back without an error when all was sent: 200, 206, 304, HEAD, and a file of many chunks', async (t) => {
    const root = makeTree(t, FILES)
    const path = join(root, 'nums.txt')
    const first = await send(t, path)
    assert.deepEqual([first.status, first.error], [200, undefined])
    const part = await send(t, path, { headers: { range: 'bytes=1-2' } })
    assert.deepEqual([part.status, part.body, part.error], [206, '23', undefined])
    const again = await send(t, path, { headers: { 'if-none-match': first.headers.etag as string } })
    assert.deepEqual([again.status, again.body, again.error], [304, '', undefined])
    const head = await send(t, path, { method: 'HEAD' })
    assert.deepEqual([head.status, head.headers['content-length'], head.error], [200, '9', undefined])
    const big = await send(t, join(root, 'big.bin'))
    assert.deepEqual([big.body.length, big.error], [1_000_000, undefined])
  })

  it('calls back after the response has been handed over', async (t) => {
    const root = makeTree(t, FILES)
    const finished: boolean[] = []
    const app = nozomi()
    app.get('/:name', (req, res) => {
      res.sendFile(req.params.name, { root }, () => finished.push(res.writableFinished))
    })
    const client = await listen(t, app)
    await client.get('/name.txt')
    await client.get('/big.bin')
    await until(() => finished.length === 2)
    assert.deepEqual(finished, [true, true])
  })

  it('calls back in the async context of the handler', async (t) => {
    const root = makeTree(t, FILES)
    const storage = new AsyncLocalStorage<string>()
    const seen: unknown[] = []
    const app = nozomi()
    app.get('/:name', (req, res) => {
      storage.run(req.params.name, () => {
        res.sendFile(req.params.name, { root }, () => {
          seen.push(storage.getStore())
          res.end()
        })
      })
    })
    const client = await listen(t, app)
    for (const name of ['name.txt', 'big.bin', 'none']) await client.get(`/${name}`)
    await until(() => seen.length === 3)
    assert.deepEqual(seen, ['name.txt', 'big.bin', 'none'])
  })

  it('calls back with an error that has a status, before anything was sent', async (t) => {
    const root = makeTree(t, FILES)
    for (const [path, init, status, code] of [
      [join(root, 'none'), {}, 404, 'ENOENT'],
      [join(root, 'name.txt', 'x'), {}, 404, 'ENOTDIR'],
      [join(root, 'x'.repeat(300)), {}, 404, 'ENAMETOOLONG'],
      [join(root, '.hidden'), {}, 404, 'NOZOMI_FILE_NOT_FOUND'],
      [join(root, '.hidden'), { options: { dotfiles: 'deny' } }, 403, 'NOZOMI_FILE_FORBIDDEN'],
      [join(root, 'a\0b'), {}, 400, 'NOZOMI_FILE_NAME'],
      [`${root}/../x`, {}, 403, 'NOZOMI_FILE_FORBIDDEN'],
      ['../name.txt', { options: { root } }, 403, 'NOZOMI_FILE_FORBIDDEN'],
      ['blog/../../name.txt', { options: { root } }, 403, 'NOZOMI_FILE_FORBIDDEN'],
      [join(root, 'name.txt'), { headers: { 'if-match': '"x"' } }, 412, 'NOZOMI_FILE_PRECONDITION'],
      [join(root, 'name.txt'), { headers: { range: 'bytes=9-' } }, 416, 'NOZOMI_FILE_RANGE'],
    ] as [string, object, number, string][]) {
      const { status: answered, error } = await send(t, path, init)
      assert.equal(answered, 299)
      assert.equal(error?.status, status, path)
      assert.equal(error?.code, code)
      const isOfNode = code.startsWith('E')
      assert.equal(error?.expose, !isOfNode)
      if (isOfNode) assert.equal(error?.syscall, 'stat')
      if (status === 416) assert.deepEqual(error?.headers, { 'Content-Range': 'bytes */4' })
    }
  })

  it('calls back with EISDIR for a folder, and sends the index of one with a slash', async (t) => {
    const root = makeTree(t, FILES)
    const { error } = await send(t, join(root, 'blog'))
    assert.deepEqual([error?.code, error?.message, error?.status], ['EISDIR', 'EISDIR, read', undefined])
    assert.equal((await send(t, 'blog/', { options: { root } })).body, 'blog')
    assert.equal((await send(t, 'blog/', { options: { root, index: false } })).error?.code, 'EISDIR')
  })

  it('may go up inside the root', async (t) => {
    const root = makeTree(t, FILES)
    assert.equal((await send(t, 'fake/../name.txt', { options: { root } })).body, 'tobi')
  })

  it('sends the bytes from `start` to `end`, and ranges within them', async (t) => {
    const root = makeTree(t, FILES)
    for (const [options, range, status, body, contentRange] of [
      [{ start: 2, end: 5 }, '', 200, '3456', undefined],
      [{ start: 2 }, '', 200, '3456789', undefined],
      [{ end: 2 }, '', 200, '123', undefined],
      [{ end: 0 }, '', 200, '1', undefined],
      [{ start: 20 }, '', 200, '', undefined],
      [{ start: 5, end: 2 }, '', 200, '', undefined],
      [{ start: -3 }, '', 200, '123456789', undefined],
      [{ start: 2, end: 5 }, 'bytes=1-9', 206, '456', 'bytes 1-3/4'],
      [{ start: 2, end: 5 }, 'bytes=-1', 206, '6', 'bytes 3-3/4'],
      [{ start: 2, end: 5 }, 'bytes=4-', 299, 'not sent', 'bytes */4'],
      [{ acceptRanges: false }, 'bytes=0-0', 200, '123456789', undefined],
    ] as const) {
      const headers: Record<string, string> = range ? { range } : {}
      const answer = await send(t, join(root, 'nums.txt'), { options, headers })
      assert.deepEqual(
        [answer.status, answer.body, answer.headers['content-range']],
        [status, body, contentRange],
        `${JSON.stringify(options)} ${range}`,
      )
    }
  })

  it('sets the fields of `headers` with the file only', async (t) => {
    const root = makeTree(t, FILES)
    const options = { headers: { 'X-Foo': 'bar', 'Content-Type': 'text/x' } }
    const { headers } = await send(t, join(root, 'name.txt'), { options })
    assert.deepEqual([headers['x-foo'], headers['content-type']], ['bar', 'text/x'])
    assert.equal((await send(t, join(root, 'none'), { options })).headers['x-foo'], undefined)
  })

  it('calls back with the error of a field that can not be sent', async (t) => {
    const root = makeTree(t, FILES)
    const { error } = await send(t, join(root, 'name.txt'), { options: { headers: { 'X-Foo': 'a\nb' } } })
    assert.equal(error?.code, 'ERR_INVALID_CHAR')
  })

  it('throws for an impossible option', async (t) => {
    const app = nozomi().set('env', 'test')
    app.get('/', (_req, res) => res.sendFile('/x', { dotfiles: 'bogus' as 'deny' }))
    const client = await listen(t, app)
    const { status, body } = await client.get('/')
    assert.equal(status, 500)
    assert.match(body, /dotfiles option must be/)
  })

  it('says so when something was sent before', async (t) => {
    const root = makeTree(t, FILES)
    const errors: FileError[] = []
    const app = nozomi()
    app.get('/', (_req, res) => {
      res.write('0')
      res.sendFile(join(root, 'name.txt'), (error) => {
        errors.push(error as FileError)
        res.end('1')
      })
    })
    const client = await listen(t, app)
    assert.equal((await client.get('/')).body, '01')
    assert.deepEqual(
      errors.map(({ message, status }) => [message, status]),
      [["Can't set headers after they are sent.", 500]],
    )
  })

  it('calls back with ECONNABORTED when the client goes away in the middle', async (t) => {
    const root = makeTree(t, { big: Buffer.alloc(30_000_000) })
    const calls: (FileError | undefined)[] = []
    const storage = new AsyncLocalStorage<string>()
    const app = nozomi()
    app.get('/', (_req, res) => {
      storage.run('of the handler', () => {
        res.sendFile(join(root, 'big'), (error) => {
          calls.push(error as FileError)
          assert.equal(storage.getStore(), 'of the handler')
        })
      })
    })
    const client = await listen(t, app)
    const socket = connect(client.port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await once(socket, 'data')
    socket.destroy()
    await until(() => calls.length > 0)
    assert.deepEqual([calls[0]?.code, calls[0]?.message], ['ECONNABORTED', 'Request aborted'])
  })

  it('calls back with ECONNABORTED when the client had gone before', async (t) => {
    const root = makeTree(t, FILES)
    const calls: (FileError | undefined)[] = []
    const app = nozomi()
    app.get('/', (_req, res) => {
      res.on('close', () => res.sendFile(join(root, 'name.txt'), (error) => calls.push(error as FileError)))
      socket.destroy()
    })
    const client = await listen(t, app)
    const socket = connect(client.port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await until(() => calls.length > 0)
    assert.equal(calls[0]?.code, 'ECONNABORTED')
  })

  it('sends through write, end and setHeader as they are replaced', async (t) => {
    const root = makeTree(t, FILES)
    const app = nozomi()
    const calls: string[] = []
    app.use((_req, res, next) => {
      const { setHeader, write, end } = res
      res.setHeader = function replaced(name, value) {
        calls.push(`setHeader ${name}`)
        return setHeader.call(this, name, value)
      }
      res.write = function replaced(this: ServerResponse, ...args: unknown[]) {
        calls.push('write')
        return (write as (...all: unknown[]) => boolean).apply(this, args)
      }
      res.end = function replaced(this: ServerResponse, ...args: unknown[]) {
        calls.push('end')
        return (end as (...all: unknown[]) => typeof res).apply(this, args)
      } as typeof res.end
      next()
    })
    app.get('/:name', (req, res) => res.sendFile(req.params.name, { root }))
    const client = await listen(t, app)
    assert.equal((await client.get('/name.txt')).body, 'tobi')
    assert.ok(calls.includes('setHeader Content-Type') && calls.includes('setHeader ETag'))
    assert.ok(calls.includes('end'))
    assert.equal((await client.get('/big.bin')).body.length, 1_000_000)
    assert.ok(calls.includes('write'))
  })
})

describe('sendFile() on plain node:http', () => {
  it('needs nothing of the framework', async (t) => {
    const root = makeTree(t, FILES)
    const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
      sendFile(req, res, req.url as string, { root, maxAge: '1d' }, (error) => {
        if (error) res.end(String((error as FileError).status))
      })
    })
    const answer = await client.get('/name.txt')
    assert.deepEqual([answer.body, answer.headers['cache-control']], ['tobi', 'public, max-age=86400'])
    assert.equal((await client.get('/none')).body, '404')
  })

  it('hides a file in a dot folder anywhere above it, when no root is given', async (t) => {
    const root = makeTree(t, { '.cache/name.txt': 'tobi' })
    const path = join(root, '.cache/name.txt')
    const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
      const options = req.url === '/rooted' ? { root: dirname(path) } : {}
      const name = req.url === '/rooted' ? 'name.txt' : path
      sendFile(req, res, name, options, (error) => {
        if (error) res.end(String((error as FileError).status))
      })
    })
    assert.equal((await client.get('/')).body, '404')
    assert.equal((await client.get('/rooted')).body, 'tobi')
  })
})
