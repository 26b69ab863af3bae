import assert from 'node:assert/strict'
import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import nozomi from 'nozomi'

const ORIGIN = 'https://example.test:8443'

describe('app.fetch', () => {
  it('answers a Request with a Response', async () => {
    const app = nozomi()
    app.use(nozomi.json())
    app.post('/a/:id', (req, res) => {
      const { params, query, body, protocol, hostname } = req
      res.status(201).json({ params, query, body, protocol, hostname })
    })
    const request = new Request(`${ORIGIN}/a/1?b=2`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"c":3}',
    })
    const response = await app.fetch(request)
    assert(response instanceof Response)
    assert.equal(response.status, 201)
    assert.equal(response.statusText, 'Created')
    assert.equal(response.headers.get('content-type'), 'application/json; charset=utf-8')
    assert.deepEqual(await response.json(), {
      params: { id: '1' },
      query: { b: '2' },
      body: { c: 3 },
      protocol: 'https',
      hostname: 'example.test',
    })
  })

  it('tells handlers who asks, and what the platform gave', async () => {
    const app = nozomi()
    app.get('/', (req, res) => void res.json([req.ip, (req as { env?: unknown }).env]))
    const response = await app.fetch(new Request(ORIGIN), { ip: '2001:db8::1', env: { KEY: 1 } })
    assert.deepEqual(await response.json(), ['2001:db8::1', { KEY: 1 }])
  })

  it('keeps cookies apart', async () => {
    const app = nozomi()
    app.get('/', (_req, res) => void res.cookie('a', '1').cookie('b', '2').end())
    const { headers } = await app.fetch(new Request(ORIGIN))
    assert.deepEqual(headers.getSetCookie(), ['a=1; Path=/', 'b=2; Path=/'])
  })

  it('has no body where there is none', async () => {
    const app = nozomi()
    app.get('/text', (_req, res) => void res.send('hello'))
    app.get('/:status', (req, res) => void res.status(Number(req.params.status)).end())
    for (const status of [204, 205, 304]) {
      const response = await app.fetch(new Request(`${ORIGIN}/${status}`))
      assert.deepEqual([response.status, response.body], [status, null])
    }
    const head = await app.fetch(new Request(`${ORIGIN}/text`, { method: 'HEAD' }))
    assert.deepEqual([head.headers.get('content-length'), await head.text()], ['5', ''])
  })

  it('streams both ways at once', async () => {
    const app = nozomi()
    app.post('/', (req, res) => void req.pipe(res))
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const writer = writable.getWriter()
    const asking = app.fetch(
      new Request(ORIGIN, { method: 'POST', body: readable, duplex: 'half' } as RequestInit),
    )
    const writing = writer.write(Buffer.from('one'))
    const reader = (await asking).body!.getReader()
    await writing
    assert.equal(Buffer.from((await reader.read()).value!).toString(), 'one')
    const again = writer.write(Buffer.from('two'))
    assert.equal(Buffer.from((await reader.read()).value!).toString(), 'two')
    await again
    await writer.close()
    assert.equal((await reader.read()).done, true)
  })

  it('stops a handler that writes faster than it is read, and tells it that the reader has gone', async () => {
    const app = nozomi()
    let written = 0
    let closed: Promise<unknown> | undefined
    app.get('/', async (_req, res) => {
      closed = once(res, 'close')
      const lost = new AbortController()
      void closed.then(() => lost.abort())
      while (!lost.signal.aborted && written < 10_000) {
        written++
        if (!res.write(Buffer.alloc(20_000))) await once(res, 'drain', lost).catch(() => {})
      }
    })
    const reader = (await app.fetch(new Request(ORIGIN))).body!.getReader()
    await reader.read()
    await new Promise((resolve) => setTimeout(resolve, 20))
    const waiting = written
    await new Promise((resolve) => setTimeout(resolve, 20))
    assert.equal(written, waiting, 'the handler waits')
    await reader.cancel()
    await closed
    assert(written < 100, `${written} pieces were written`)
  })

  it('is aborted by the signal of the request, before the answer and in the middle of it', async () => {
    const app = nozomi()
    const closes: Promise<unknown>[] = []
    app.get('/before', (_req, res) => void closes.push(once(res, 'close')))
    app.get('/after', (_req, res) => {
      closes.push(once(res, 'close'))
      res.write('x')
    })
    const before = new AbortController()
    const asking = app.fetch(new Request(`${ORIGIN}/before`, { signal: before.signal }))
    setImmediate(() => before.abort())
    await assert.rejects(asking, { name: 'AbortError' })
    const after = new AbortController()
    const response = await app.fetch(new Request(`${ORIGIN}/after`, { signal: after.signal }))
    after.abort()
    await assert.rejects(response.text(), { name: 'AbortError' })
    await Promise.all(closes)
    assert.equal(closes.length, 2)
  })

  it('fails when the body of the request breaks off, whatever the handler waits for', async () => {
    const cause = new Error('the source broke')
    const handlers: Record<string, (app: nozomi.Application) => void> = {
      'a parser': (app) => void app.post('/', nozomi.json(), (_req, res) => void res.end()),
      'the end': (app) => void app.post('/', (req, res) => void req.on('end', () => res.end()).resume()),
      nothing: (app) => void app.post('/', () => {}),
    }
    for (const [what, handle] of Object.entries(handlers)) {
      const app = nozomi()
      app.set('env', 'test')
      let isClosed = false
      app.use((req, res, next) => {
        req.on('error', () => {})
        res.on('close', () => {
          isClosed = true
        })
        next()
      })
      handle(app)
      const pieces = [Buffer.from('{"a":')]
      const body = new ReadableStream({
        pull(controller) {
          const piece = pieces.shift()
          if (piece) controller.enqueue(piece)
          else controller.error(cause)
        },
      })
      const headers = { 'Content-Type': 'application/json' }
      const request = new Request(ORIGIN, { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
      await assert.rejects(app.fetch(request), cause, what)
      assert.equal(isClosed, true, what)
    }
  })

  it('breaks its answer off when the body of the request does so in the middle of it', async () => {
    const app = nozomi()
    app.post('/', (req, res) => void req.on('error', () => {}).pipe(res))
    const cause = new Error('the source broke')
    let breakOff = (): void => {}
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('part'))
        breakOff = () => controller.error(cause)
      },
    })
    const response = await app.fetch(
      new Request(ORIGIN, { method: 'POST', body, duplex: 'half' } as RequestInit),
    )
    const reader = response.body!.getReader()
    assert.equal(Buffer.from((await reader.read()).value!).toString(), 'part')
    breakOff()
    await assert.rejects(reader.read(), cause)
  })

  it('fails when the handler destroys the response', async () => {
    const app = nozomi()
    const cause = new Error('broken')
    app.get('/before', (_req, res) => void res.destroy(cause))
    app.get('/after', (_req, res) => {
      res.write('x')
      setImmediate(() => res.destroy())
    })
    await assert.rejects(app.fetch(new Request(`${ORIGIN}/before`)), { code: 'NOZOMI_FETCH_ABORTED', cause })
    const response = await app.fetch(new Request(`${ORIGIN}/after`))
    await assert.rejects(response.text(), { code: 'NOZOMI_FETCH_ABORTED' })
  })

  it('leaves the rest of a body that nobody wants', async () => {
    const app = nozomi()
    app.post('/', (_req, res) => void res.sendStatus(413))
    let isCancelled = false
    const body = new ReadableStream({
      pull: (controller) => controller.enqueue(new Uint8Array(1000)),
      cancel: () => {
        isCancelled = true
      },
    })
    const response = await app.fetch(
      new Request(ORIGIN, { method: 'POST', body, duplex: 'half' } as RequestInit),
    )
    assert.equal(response.status, 413)
    await response.text()
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(isCancelled, true)
  })

  it('refuses what is no Request, and one whose body was read', async () => {
    const app = nozomi()
    const read = new Request(ORIGIN, { method: 'POST', body: 'x' })
    await read.text()
    const cases: [unknown, RegExp][] = [
      ['https://x/', /the string "https:\/\/x\/"/],
      [null, /got null/],
      [{}, /a value of the type object/],
      [read, /whose body was read already/],
    ]
    for (const [request, message] of cases) {
      await assert.rejects(app.fetch(request as Request), { code: 'NOZOMI_FETCH_REQUEST', message })
    }
  })

  it('refuses a status that no Response has', async () => {
    const app = nozomi()
    app.get('/', (_req, res) => void res.status(700).end())
    await assert.rejects(app.fetch(new Request(ORIGIN)), { code: 'NOZOMI_FETCH_STATUS', message: /700/ })
  })
})
