import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  appendFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import { createGunzip, createGzip, type Gzip } from 'node:zlib'
import nozomi from 'nozomi'
import { serve } from '../support/serve.mjs'
import { makeTree } from './tree.mjs'
import { until } from './until.mjs'

const MB = 1024 * 1024

const noProc = process.platform !== 'linux' && 'only Linux lists the open files of a process'

/** Bytes that tell where in the file they stand. */
function numbered(size: number): Buffer {
  const bytes = Buffer.alloc(size)
  for (let i = 0; i + 4 <= size; i += 4) bytes.writeUInt32BE(i, i)
  return bytes
}

/** A site of one file, which changes just when its length has been promised. */
async function changingFile(t: TestContext, size: number, change: (path: string) => void) {
  const root = makeTree(t, { file: numbered(size) })
  const errors: (Error & { code?: string })[] = []
  const files = nozomi.static(root, { setHeaders: (_res, path) => change(path) })
  const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
    files(req, res as never, (error?: Error) => {
      if (error) errors.push(error)
      if (!res.headersSent) res.writeHead(500).end('failed')
    })
  })
  return { client, errors }
}

describe('a file that changes while it is sent', () => {
  it('is sent as long as it was when it grows', async (t) => {
    for (const size of [1000, 3 * MB]) {
      const { client } = await changingFile(t, size, (path) => appendFileSync(path, 'more'))
      const { headers, body } = await download(client.port, '/file')
      assert.equal(headers['content-length'], String(size))
      assert.equal(body.length, size)
    }
  })

  it('gives an error page, without the fields of the file, when it shrinks before anything was sent', async (t) => {
    for (const range of [undefined, 'bytes=0-499']) {
      const { client, errors } = await changingFile(t, 1000, (path) => truncateSync(path, 300))
      const answer = await client.get('/file', range ? { headers: { range } } : {})
      assert.deepEqual([answer.status, answer.body], [500, 'failed'])
      for (const field of ['etag', 'last-modified', 'cache-control', 'content-range', 'accept-ranges']) {
        assert.equal(answer.headers[field], undefined, field)
      }
      assert.equal(errors[0]?.code, 'NOZOMI_FILE_SHRUNK')
    }
  })

  it('cuts the connection when it shrinks later', async (t) => {
    const { client, errors } = await changingFile(t, 3 * MB, (path) => truncateSync(path, MB))
    await assert.rejects(download(client.port, '/file'), { code: 'ECONNRESET' })
    assert.deepEqual(
      errors.map(({ code }) => code),
      ['NOZOMI_FILE_SHRUNK'],
    )
  })
})

describe('a file that is replaced between the look at it and its opening', () => {
  it('is sent as it is now, with its own length and validators', async (t) => {
    const root = makeTree(t, { file: 'old' })
    let calls = 0
    const files = nozomi.static(root, {
      setHeaders(_res, path) {
        if (calls++ > 0) return
        writeFileSync(`${path}.new`, 'a longer new one')
        renameSync(`${path}.new`, path)
      },
    })
    const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
      files(req, res as never, () => res.end())
    })
    const stale = await client.get('/file', { headers: { 'if-none-match': '"x"', range: 'bytes=1-1' } })
    assert.deepEqual([stale.status, stale.body, stale.headers['content-range']], [206, ' ', 'bytes 1-1/16'])
    assert.equal(stale.headers.etag, (await client.get('/file')).headers.etag)
    assert.equal(calls, 3)
  })

  it('is missing when it is gone', async (t) => {
    const root = makeTree(t, { file: 'old' })
    const files = nozomi.static(root, { setHeaders: (_res, path) => rmSync(path) })
    const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
      files(req, res as never, (error?: Error & { status?: number }) =>
        res.writeHead(error?.status ?? 500).end(),
      )
    })
    const answer = await client.get('/file', { headers: { 'if-none-match': '"x"' } })
    assert.deepEqual([answer.status, answer.headers.etag], [404, undefined])
  })
})

describe('a transfer', () => {
  it('sends every byte in its place, whatever the size and the range', async (t) => {
    const CHUNK = 64 * 1024
    const sizes = [1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7]
    const content = numbered(4 * CHUNK)
    const root = makeTree(
      t,
      Object.fromEntries(sizes.map((size) => [String(size), content.subarray(0, size)])),
    )
    const files = nozomi.static(root)
    const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
      files(req, res as never, () => res.end())
    })
    for (const size of sizes) {
      const { body } = await download(client.port, `/${size}`)
      assert.ok(body.equals(content.subarray(0, size)), `all of ${size}`)
      const part = await download(client.port, `/${size}`, { range: `bytes=${size >> 1}-` })
      assert.ok(part.body.equals(content.subarray(size >> 1, size)), `half of ${size}`)
    }
  })

  it('of many files that one connection asked for watches it once, and node warns of no leak', async (t) => {
    const files = nozomi.static(makeTree(t, { file: numbered(3 * MB) }))
    const warnings: string[] = []
    const warn = ({ message }: Error) => void warnings.push(message)
    process.on('warning', warn)
    t.after(() => process.removeListener('warning', warn))
    let come = 0
    let closed = 0
    const { port } = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
      come++
      req.on('close', () => closed++)
      files(req, res as never, () => res.end())
    })
    const socket = connect(port, '127.0.0.1')
    socket.write('GET /file HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(15))
    await once(socket, 'data')
    await until(() => come === 15)
    socket.destroy()
    await until(() => closed === 15)
    assert.deepEqual(warnings, [])
  })

  it('waits for a slow client', async (t) => {
    const content = numbered(20 * MB)
    const root = makeTree(t, { file: content })
    const files = nozomi.static(root)
    let buffered = 0
    const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
      const watch = setInterval(() => {
        buffered = Math.max(buffered, res.writableLength)
      }, 1)
      res.on('close', () => clearInterval(watch))
      files(req, res as never, () => res.end())
    })
    const { body } = await download(client.port, '/file', {}, 50)
    assert.ok(body.equals(content))
    assert.ok(buffered < MB, `${buffered} bytes stood in memory`)
  })

  it('goes through a response whose write waits for another stream', async (t) => {
    const content = numbered(5 * MB)
    const root = makeTree(t, { file: content })
    const files = nozomi.static(root)
    let listeners = Infinity
    const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
      const gzip = compressed(res)
      res.on('finish', () => {
        listeners = gzip.listenerCount('drain')
      })
      files(req, res as never, () => res.end())
    })
    const { body } = await download(client.port, '/file')
    const gunzip = createGunzip()
    gunzip.end(body)
    assert.ok(Buffer.concat(await gunzip.toArray()).equals(content))
    assert.ok(listeners <= 1, `${listeners} listeners were left on that stream`)
  })

  it('stops when the application ends the response itself', { skip: noProc }, async (t) => {
    const root = makeTree(t, { file: numbered(20 * MB) })
    const files = nozomi.static(root)
    let wasEnded = false
    const client = await serve(t, (req: IncomingMessage, res: ServerResponse) => {
      res.once('drain', () => {
        wasEnded = true
        res.end()
      })
      files(req, res as never, () => res.end())
    })
    const socket = connect(client.port, '127.0.0.1')
    socket.write('GET /file HTTP/1.1\r\nHost: a\r\n\r\n')
    await once(socket, 'data')
    socket.resume()
    await allClosed(root)
    assert.ok(wasEnded)
    socket.destroy()
  })
})

describe('no file stays open', { skip: noProc }, () => {
  const tree = (t: TestContext) =>
    makeTree(t, { big: Buffer.alloc(8 * MB), small: 'small', 'users/index.html': 'users' })

  it('after 200 downloads that were broken off', async (t) => {
    const root = tree(t)
    const client = await serve(t, nozomi().use(nozomi.static(root)))
    let most = 0
    for (let i = 0; i < 20; i++) {
      await Promise.all(Array.from({ length: 10 }, (_, index) => breakOff(client.port, '/big', index)))
      most = Math.max(most, openFiles(root))
    }
    assert.ok(most > 0, 'no download was under way when it was broken off')
    await allClosed(root)
  })

  it('after downloads that were broken off while others waited behind them on the connection', async (t) => {
    const root = tree(t)
    const client = await serve(t, nozomi().use(nozomi.static(root)))
    for (let i = 0; i < 20; i++) {
      const socket = connect(client.port, '127.0.0.1')
      socket.write('GET /big HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(5))
      await once(socket, 'data')
      socket.destroy()
    }
    await allClosed(root)
  })

  it('after a download that began when the connection, where it had to wait, was lost already', async (t) => {
    const root = tree(t)
    const results: unknown[] = []
    const app = nozomi()
    app.get('/first', () => {})
    app.get('/second', (req, res) => {
      req.socket.once('close', () => {
        res.sendFile('big', { root }, (error) => results.push((error as { code?: string } | undefined)?.code))
      })
    })
    const client = await serve(t, app)
    const socket = connect(client.port, '127.0.0.1')
    const head = 'HTTP/1.1\r\nHost: a\r\n\r\n'
    socket.end(`GET /first ${head}GET /second ${head}`)
    await until(() => results.length > 0)
    assert.deepEqual(results, ['ECONNABORTED'])
    await allClosed(root)
  })

  it('after answers of every kind', async (t) => {
    const root = tree(t)
    const app = nozomi()
    app.get('/send/:name', (req, res) => res.sendFile(req.params.name, { root }, () => res.end()))
    app.use(
      nozomi.static(root, {
        setHeaders(res) {
          if (res.req.headers['x-throw']) throw new Error('thrown')
        },
      }),
    )
    app.use((_error: Error, _req: unknown, res: ServerResponse, _next: unknown) => void res.end('error'))
    const client = await serve(t, app)
    const { etag } = (await client.get('/big')).headers
    const kinds: Record<string, string>[] = [
      {},
      { 'if-none-match': '*' },
      { 'if-none-match': etag as string },
      { 'if-match': '"x"' },
      { range: 'bytes=1-2' },
      { range: 'bytes=99999999-' },
      { 'x-throw': '1' },
    ]
    for (const path of [
      '/small',
      '/big',
      '/users',
      '/users/',
      '/none',
      '/send/small',
      '/send/users',
      '/send/none',
    ]) {
      for (const headers of kinds) {
        await client.get(path, { headers })
        await client.get(path, { headers, method: 'HEAD' })
      }
    }
    await allClosed(root)
  })
})

/** Breaks a download off: at once, when the first bytes come, or some later. */
async function breakOff(port: number, path: string, index: number): Promise<void> {
  const socket: Socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)
  if (index % 3 > 0) await once(socket, 'data')
  if (index % 3 > 1) await once(socket, 'data')
  if (index % 2 > 0) socket.resetAndDestroy()
  else socket.destroy()
}

/** How many files of the folder this process holds open. */
function openFiles(root: string): number {
  return readdirSync('/proc/self/fd').filter((fd) => targetOf(fd).startsWith(root)).length
}

function targetOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`)
  } catch {
    return '' // closed meanwhile
  }
}

async function allClosed(root: string): Promise<void> {
  await until(() => openFiles(root) === 0, 'the closing of all files')
}

/** Reads a whole answer, or fails as a client does whose connection is cut; `pauseMs` lets it start late. */
async function download(port: number, path: string, headers: Record<string, string> = {}, pauseMs = 0) {
  const req = request({ port, host: '127.0.0.1', path, headers, agent: false })
  req.end()
  const [res] = (await once(req, 'response')) as [IncomingMessage]
  if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs))
  return { headers: res.headers, body: Buffer.concat(await res.toArray()) }
}

/** What middleware that compresses does to a response: everything goes through a stream of its own. */
function compressed(res: ServerResponse): Gzip {
  const gzip = createGzip({ level: 1 })
  const passOn = res.write.bind(res) as (chunk: Buffer) => boolean
  const { end, on } = res
  gzip.on('data', (chunk) => {
    if (!passOn(chunk)) gzip.pause()
  })
  on.call(res, 'drain', () => gzip.resume())
  gzip.on('end', () => end.call(res, undefined, 'utf8'))
  res.setHeader('Content-Encoding', 'gzip')
  const { setHeader } = res
  res.setHeader = (name, value) => (name === 'Content-Length' ? res : setHeader.call(res, name, value))
  res.write = ((chunk: Buffer) => gzip.write(chunk)) as typeof res.write
  res.end = ((chunk?: Buffer) => {
    gzip.end(chunk)
    return res
  }) as typeof res.end
  res.on = ((event: string, listener: () => void) => {
    // Once the first byte was written, it goes to the stream, and can't be taken back.
    if (event === 'drain') gzip.on(event, listener)
    else on.call(res, event, listener)
    return res
  }) as typeof res.on
  return gzip
}
