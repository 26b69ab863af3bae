import assert from 'node:assert/strict'
import { once } from 'node:events'
import fs, {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, it, type TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import nozomi from 'nozomi'
import { type Client, serve } from '../support/serve.mjs'
import { makeTree } from './tree.mjs'

/*
 * What static() keeps in memory, and that nobody can tell: the disk is the truth at each request.
 *
 * A file is kept when its last change is some seconds ago, so these tests wait, all at the same time.
 */

const SETTLED_MS = 2600

type Options = Parameters<typeof nozomi.static>[1]

/** How often each root has been opened in. The tests run at the same time: one look at `fs.open` is for all of them. */
const opens = new Map<string, number>()
const { open } = fs
before(() => {
  fs.open = ((path: string, ...rest: never[]) => {
    for (const [root, count] of opens) if (path.startsWith(root)) opens.set(root, count + 1)
    ;(open as (...args: unknown[]) => void)(path, ...rest)
  }) as never
})
after(() => {
  fs.open = open
})

interface Site {
  root: string
  client: Client
  /** How often a path in the root has been opened since the last question. */
  opened(): number
}

/** A site whose files have been at rest for long enough. */
async function site(
  t: TestContext,
  files: Record<string, string | Buffer>,
  options?: Options,
): Promise<Site> {
  const root = makeTree(t, files)
  const client = await serveFiles(t, root, options)
  opens.set(root, 0)
  t.after(() => opens.delete(root))
  function opened() {
    const count = opens.get(root)
    opens.set(root, 0)
    return count as number
  }
  await sleep(SETTLED_MS)
  return { root, client, opened }
}

async function serveFiles(t: TestContext, root: string, options?: Options): Promise<Client> {
  const files = nozomi.static(root, options)
  return serve(t, (req: IncomingMessage, res: ServerResponse) => {
    files(req, res as never, (error?: Error & { status?: number }) => {
      res.statusCode = error ? (error.status ?? 500) : 404
      res.end(error ? `failed ${error.message}` : 'next')
    })
  })
}

describe('a small file that static() has read', { concurrency: true }, () => {
  it('is not opened again', async (t) => {
    const { client, opened } = await site(t, { 'a.txt': 'content', 'users/index.html': 'users' })
    for (const [path, body] of [
      ['/a.txt', 'content'],
      ['/users/', 'users'],
    ] as const) {
      const first = await client.get(path)
      assert.equal(opened(), 1)
      for (const name of [path, `${path}?v=2`]) {
        const again = await client.get(name)
        assert.deepEqual([again.status, again.body], [200, body])
        assert.deepEqual({ ...again.headers, date: '' }, { ...first.headers, date: '' })
        assert.deepEqual(names(again.rawHeaders), names(first.rawHeaders))
      }
      assert.equal(opened(), 0)
    }
  })

  it('answers HEAD, conditions and ranges as the disk would', async (t) => {
    const { root, client, opened } = await site(t, { 'a.txt': '123456789' })
    const plain = await serveFiles(t, root, { memory: false })
    const { headers } = await client.get('/a.txt')
    const asked: Record<string, string>[] = [
      {},
      { 'if-none-match': headers.etag as string },
      { 'if-modified-since': headers['last-modified'] as string },
      { 'if-match': '"x"' },
      { 'if-none-match': '"x"' },
      { range: 'bytes=2-4' },
      { range: 'bytes=-3' },
      { range: 'bytes=9-' },
      { range: 'bytes=0-0', 'if-range': headers.etag as string },
      { range: 'bytes=0-0', 'if-range': '"x"' },
    ]
    for (const fields of asked) {
      for (const method of ['GET', 'HEAD']) {
        const expected = await plain.get('/a.txt', { method, headers: fields })
        opened()
        const answer = await client.get('/a.txt', { method, headers: fields })
        assert.equal(opened(), 0, JSON.stringify(fields))
        assert.deepEqual(
          [answer.status, answer.body, { ...answer.headers, date: '' }],
          [expected.status, expected.body, { ...expected.headers, date: '' }],
        )
      }
    }
  })

  it('hands its own state to setHeaders each time', async (t) => {
    const stats = new Set<object>()
    const { client, opened } = await site(
      t,
      { 'a.txt': 'content' },
      {
        setHeaders: (res, path, stat) =>
          void res.setHeader('X-Seen', `${path.slice(-5)} ${stats.add(stat).size}`),
      },
    )
    for (const seen of ['a.txt 1', 'a.txt 2', 'a.txt 3']) {
      assert.equal((await client.get('/a.txt')).headers['x-seen'], seen)
    }
    assert.equal(opened(), 1)
  })

  it('is not opened again where an extension or a second index led to it', async (t) => {
    const files = { 'page.html': 'page', 'users/default.html': 'users' }
    const { root, client } = await site(t, files, {
      extensions: ['html'],
      index: ['index.html', 'default.html'],
    })
    for (const [path, file] of [
      ['/page', 'page.html'],
      ['/users/', 'users/default.html'],
    ] as const) {
      await client.get(path)
      opens.set(join(root, file), 0)
      t.after(() => opens.delete(join(root, file)))
      assert.equal((await client.get(path)).status, 200)
      assert.equal(opens.get(join(root, file)), 0)
    }
  })

  it('is answered after the handlers before it went on, as from the disk', async (t) => {
    const { root } = await site(t, { 'a.txt': 'content', 'a.txt.gz': 'encoded' })
    const app = nozomi()
    app.use(async (_req, res, next) => {
      next()
      await Promise.resolve()
      res.setHeader('X-After', 'next')
    })
    app.use('/encoded', nozomi.static(root, { precompressed: true }))
    app.use(nozomi.static(root))
    const client = await serve(t, app)
    for (const path of ['/a.txt', '/a.txt', '/encoded/a.txt', '/encoded/a.txt']) {
      for (const coding of ['identity', 'gzip']) {
        const { headers } = await client.get(path, { headers: { 'accept-encoding': coding } })
        assert.equal(headers['x-after'], 'next')
      }
    }
  })

  it('is not spoiled by middleware that changes bytes where they stand', async (t) => {
    const { root } = await site(t, { 'a.txt': 'content' })
    const app = nozomi()
    app.use((req, res, next) => {
      const { end } = res
      if (req.query['spoil']) res.end = ((chunk: Buffer) => end.call(res, chunk.fill('x'), 'utf8')) as never
      next()
    })
    app.use(nozomi.static(root))
    const client = await serve(t, app)
    for (let i = 0; i < 3; i++) {
      assert.equal((await client.get('/a.txt?spoil=1')).body, 'xxxxxxx')
      assert.equal((await client.get('/a.txt')).body, 'content')
    }
  })

  it('is whole when the first two asked at the same time, and one went away', async (t) => {
    const { client, opened } = await site(t, { 'a.txt': 'x'.repeat(60_000) })
    const leaving = connect(client.port, '127.0.0.1')
    leaving.on('error', () => {})
    leaving.write('GET /a.txt HTTP/1.1\r\nHost: a\r\n\r\n', () => leaving.resetAndDestroy())
    const answers = await Promise.all([client.get('/a.txt'), client.get('/a.txt'), once(leaving, 'close')])
    for (const { body } of [answers[0], answers[1], await client.get('/a.txt')])
      assert.equal(body.length, 60_000)
    opened()
    await client.get('/a.txt')
    assert.equal(opened(), 0)
  })
})

describe('a file that was kept, and has changed', { concurrency: true }, () => {
  const changes: [string, (path: string, outside: string) => void][] = [
    [
      'its content, keeping size and time',
      (path) => {
        const { atime, mtime } = statSync(path)
        writeFileSync(path, 'CONTENT')
        utimesSync(path, atime, mtime)
      },
    ],
    ['its length', (path) => writeFileSync(path, 'longer content')],
    ['to nothing', (path) => writeFileSync(path, '')],
    ['its time', (path) => utimesSync(path, 1e9, 1e9)],
    [
      'to another file that was given its name and time',
      (path) => {
        const { atime, mtime } = statSync(path)
        writeFileSync(`${path}.new`, 'CONTENT')
        utimesSync(`${path}.new`, atime, mtime)
        renameSync(`${path}.new`, path)
      },
    ],
    ['by being deleted', (path) => rmSync(path)],
    [
      'to a folder',
      (path) => {
        rmSync(path)
        mkdirSync(path)
      },
    ],
    [
      'to a symbolic link out of the root',
      (path, outside) => {
        rmSync(path)
        symlinkSync(outside, path)
      },
    ],
    [
      'to a link that leads nowhere',
      (path) => {
        rmSync(path)
        symlinkSync(`${path}.none`, path)
      },
    ],
    [
      'by a file in place of its folder',
      (path) => {
        rmSync(join(path, '..'), { recursive: true })
        writeFileSync(join(path, '..'), 'a file')
      },
    ],
    [
      'by another folder in place of its own',
      (path) => {
        renameSync(join(path, '..'), join(path, '../../old'))
        mkdirSync(join(path, '..'))
        writeFileSync(path, 'CONTENT')
      },
    ],
  ]
  for (const [how, change] of changes) {
    it(`${how}, is answered as it is now`, async (t) => {
      const outside = join(makeTree(t, { secret: 'outside' }), 'secret')
      const { root, client, opened } = await site(t, { 'sub/a.txt': 'content' })
      await client.get('/sub/a.txt')
      opened()
      assert.equal((await client.get('/sub/a.txt')).body, 'content')
      assert.equal(opened(), 0)
      change(join(root, 'sub/a.txt'), outside)
      const plain = await serveFiles(t, root, { memory: false })
      for (const init of [{}, { method: 'HEAD' }, { headers: { range: 'bytes=0-2' } }, {}]) {
        const expected = await plain.get('/sub/a.txt', init)
        const answer = await client.get('/sub/a.txt', init)
        assert.deepEqual(
          [answer.status, answer.body, { ...answer.headers, date: '' }],
          [expected.status, expected.body, { ...expected.headers, date: '' }],
        )
        assert.notDeepEqual([answer.body, answer.headers.etag], ['content', undefined])
      }
    })
  }
})

describe('a file that was kept, and may not be read any more', () => {
  it('is not sent', {
    skip: process.platform === 'win32' && 'no such rights',
  }, async (t) => {
    const { root, client } = await site(t, { 'a.txt': 'content', 'sub/a.txt': 'content' })
    for (const [path, closed, mode] of [
      ['/a.txt', 'a.txt', 0o200],
      ['/sub/a.txt', 'sub', 0o600],
    ] as const) {
      await client.get(path)
      assert.equal((await client.get(path)).body, 'content')
      chmodSync(root, 0o755)
      chmodSync(join(root, closed), mode)
      const answer = await asNobody(() => client.get(path))
      assert.deepEqual([answer.status, answer.body.includes('EACCES')], [500, true])
      chmodSync(join(root, closed), 0o755)
      assert.equal((await client.get(path)).body, 'content')
    }
  })
})

describe('what is not kept', { concurrency: true }, () => {
  it('is a file that changed just now: its next change might not be seen', async (t) => {
    const { root, client, opened } = await site(t, { 'a.txt': 'one' })
    for (let i = 0; i < 20; i++) {
      writeFileSync(join(root, 'a.txt'), String(100 + i))
      assert.equal((await client.get('/a.txt')).body, String(100 + i))
    }
    assert.equal(opened(), 20)
  })

  it('is what a file held before it changed while it was read', async (t) => {
    let change = true
    const { client } = await site(
      t,
      { 'a.txt': 'old' },
      {
        setHeaders(_res, path) {
          if (change) writeFileSync(path, 'new')
          change = false
        },
      },
    )
    const first = await client.get('/a.txt')
    const second = await client.get('/a.txt')
    assert.deepEqual([first.body, second.body], ['new', 'new'])
    assert.notEqual(second.headers['last-modified'], first.headers['last-modified'])
  })

  it('is a file of more than 64 KB, and any with `memory: false`', async (t) => {
    const big = Buffer.alloc(64 * 1024 + 1)
    const { root, client, opened } = await site(t, { big, 'a.txt': 'content' })
    for (let i = 0; i < 3; i++) await client.get('/big')
    assert.equal(opened(), 3)
    const plain = await serveFiles(t, root, { memory: false })
    for (let i = 0; i < 3; i++) await plain.get('/a.txt')
    assert.equal(opened(), 3)
  })
})

describe('a folder that changes all the time', () => {
  it('is answered from memory as from the disk', async (t) => {
    const seed = Date.now() % 1_000_000
    t.diagnostic(`seed ${seed}`)
    const draw = drawing(seed)
    const root = makeTree(t, { 'a/x.txt': '000000', 'a/y.txt': '000000', 'b/x.txt': '000000' })
    const kept = await serveFiles(t, root, { extensions: ['txt'] })
    const plain = await serveFiles(t, root, { extensions: ['txt'], memory: false })
    const paths = ['a', 'b', 'a/x.txt', 'a/y.txt', 'b/x.txt', 'a/index.html']
    const pick = () => join(root, paths[draw(paths.length)] as string)
    const past = new Date(1e12)
    let count = 100_000
    const changes: (() => void)[] = [
      () => writeFileSync(pick(), String(count++)),
      () => writeFileSync(pick(), 'x'.repeat(draw(20))),
      () => rmSync(pick(), { recursive: true, force: true }),
      () => renameSync(pick(), pick()),
      () => mkdirSync(pick()),
      () => symlinkSync(pick(), pick()),
      () => utimesSync(pick(), past, past),
    ]
    // Every file counts as being at rest; that two changes come in different ticks is seen to by waiting.
    const now = Date.now
    t.mock.method(Date, 'now', () => now() + SETTLED_MS)
    opens.set(root, 0)
    t.after(() => opens.delete(root))
    let spared = 0
    for (let round = 0; round < 150; round++) {
      try {
        changes[draw(changes.length)]?.()
      } catch {
        // Not every change is possible: nothing to rename, a folder in the way.
      }
      await sleep(12)
      for (const path of ['/a/x.txt', '/a/y', '/b/x.txt', '/a/', '/b']) {
        const expected = await plain.get(path)
        opens.set(root, 0)
        const answer = await kept.get(path)
        if (answer.status === 200 && opens.get(root) === 0) spared++
        const difference = `${path} in round ${round}, seed ${seed}`
        assert.deepEqual([answer.status, answer.body], [expected.status, expected.body], difference)
        assert.equal(answer.headers.etag, expected.headers.etag, difference)
      }
    }
    assert.ok(spared > 20, `${spared} answers came from memory`)
  })
})

describe('names that lead nowhere', () => {
  it('leave nothing in memory', async (t) => {
    const root = makeTree(t, { 'a.txt': 'content' })
    const files = nozomi.static(root)
    const ask = (url: string) =>
      new Promise((resolve) => files({ method: 'GET', url, headers: {} } as never, {} as never, resolve))
    async function askMany(from: number) {
      for (let i = from; i < from + 50_000; i += 100) {
        await Promise.all(Array.from({ length: 100 }, (_, j) => ask(`/${'n'.repeat(100)}-${i + j}`)))
      }
      return usedBytes('heapUsed')
    }
    const before = await askMany(0)
    const after = await askMany(50_000)
    assert.ok(after - before < 2e6, `${after - before} bytes more after 50,000 names`)
  })
})

describe('the memory of static()', { concurrency: true }, () => {
  it('has a bound', async (t) => {
    const names = Array.from({ length: 3000 }, (_, index) => `f${index}`)
    const { root, client } = await site(
      t,
      Object.fromEntries(names.map((name) => [name, Buffer.alloc(10_000, name)])),
      {
        memory: '2mb',
      },
    )
    const before = usedBytes('arrayBuffers')
    for (let i = 0; i < names.length; i += 20) {
      await Promise.all(names.slice(i, i + 20).map((name) => client.get(`/${name}`)))
    }
    const grown = usedBytes('arrayBuffers') - before
    assert.ok(grown < 4e6, `${grown} bytes more for ${names.length} files in ${root}`)
  })

  it('counts the names and small files as well', async (t) => {
    const names = Array.from({ length: 200 }, (_, index) => `f${index}`)
    const { client, opened } = await site(t, Object.fromEntries(names.map((name) => [name, 'x'])), {
      memory: '64kb',
    })
    for (let round = 0; round < 2; round++) for (const name of names) await client.get(`/${name}`)
    assert.ok(opened() > 300, 'all of them were kept')
  })

  it('keeps what is asked for again and again', async (t) => {
    const names = Array.from({ length: 300 }, (_, index) => `f${index}`)
    const files = Object.fromEntries(names.map((name) => [name, Buffer.alloc(5000)]))
    const { client, opened } = await site(
      t,
      { ...files, 'logo.svg': Buffer.alloc(5000) },
      { memory: '100kb' },
    )
    await client.get('/logo.svg')
    for (const name of names) {
      await client.get(`/${name}`)
      await client.get('/logo.svg')
    }
    assert.equal(opened(), 301)
  })

  it('is told in bytes, and refuses what is no size', () => {
    for (const memory of [-1, NaN, 'much', {}, null]) {
      assert.throws(
        () => nozomi.static('x', { memory: memory as never }),
        new TypeError('option memory must be a size, in bytes or such as "16mb", or false'),
      )
    }
    for (const memory of [0, 1, '1kb', true, false, undefined]) nozomi.static('x', { memory })
  })
})

describe('the state of a kept file', () => {
  it('is asked for without blocking where the disk may be another machine', async (t) => {
    const NFS = 0x6969
    const statfs = t.mock.method(fs, 'statfs', (_path: string, done: (error: null, stats: object) => void) =>
      done(null, { type: NFS }),
    )
    const { root, client, opened } = await site(t, { 'a.txt': 'content' })
    const blocking = t.mock.method(fs, 'statSync')
    for (let i = 0; i < 3; i++) assert.equal((await client.get('/a.txt')).body, 'content')
    assert.equal(opened(), 1)
    assert.equal(blocking.mock.calls.filter((call) => String(call.arguments[0]).startsWith(root)).length, 0)
    assert.ok(process.platform !== 'linux' || statfs.mock.callCount() > 0)
    rmSync(join(root, 'a.txt'))
    assert.equal((await client.get('/a.txt')).body, 'next')
  })

  it('is asked for at once where the disk is known to be local', {
    skip: process.platform !== 'linux' && 'only Linux tells',
  }, async (t) => {
    t.mock.method(fs, 'statfs', (_path: string, done: (error: null, stats: object) => void) =>
      done(null, { type: 0xef53 }),
    )
    const { root, client, opened } = await site(t, { 'a.txt': 'content' })
    await client.get('/a.txt')
    const asking = t.mock.method(fs, 'stat')
    const blocking = t.mock.method(fs, 'statSync')
    assert.equal((await client.get('/a.txt')).body, 'content')
    assert.equal(opened(), 1)
    assert.equal(asking.mock.calls.filter((call) => String(call.arguments[0]).startsWith(root)).length, 0)
    assert.equal(blocking.mock.calls.filter((call) => String(call.arguments[0]).startsWith(root)).length, 1)
  })
})

function names(rawHeaders: string[]): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 0)
}

/** What is still in use after a collection. */
function usedBytes(kind: 'heapUsed' | 'arrayBuffers'): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  collect()
  return process.memoryUsage()[kind]
}

/** The administrator may read everything, so the test becomes somebody else for a while. */
async function asNobody<T>(run: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return run()
  process.seteuid?.(65534)
  try {
    return await run()
  } finally {
    process.seteuid?.(0)
  }
}

/** Numbers below a bound, the same for the same seed. */
function drawing(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}
