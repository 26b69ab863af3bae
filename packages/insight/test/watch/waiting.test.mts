import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { Agent, createServer, get, ServerResponse } from 'node:http'
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from 'node:net'
import { text } from 'node:stream/consumers'
import test, { type TestContext } from 'node:test'
import { expectLong } from '#dist/watch/expect-long.js'
import { until, WATCHED, watched, type Watched } from '../support/watched.mjs'

type Request = import('node:http').IncomingMessage
type Response = import('node:http').ServerResponse

const AFTER_MS = 60
const HUNG = { hung: { afterMs: AFTER_MS } }
const shared = new EventEmitter()

/** So long that none of them ends before the test does. */
const LONG_MS = 60_000

/**
 * Begins requests that wait, then one that hangs: when that one has been reported, the others have been looked at for
 * longer, and none of them may have been.
 */
async function assertNoneHangs(app: Watched, begin: () => unknown): Promise<void> {
  await begin()
  for (let i = 0; i < 3; i++) {
    const path = `/hangs-${i}`
    app.begin(path)
    await until(() => app.watch.records().find(({ url, incidents }) => url === path && incidents.length > 0))
  }
  assert.deepEqual(
    app.reported.map(({ route }) => route),
    ['/{*hangs}'],
    app.reported.map(({ message }) => message).join('\n'),
  )
}

function addSentinel(app: { get(path: string, handler: () => void): unknown }): void {
  app.get('/{*hangs}', function sentinel() {})
}

async function listenLocally(t: TestContext, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => sockets.add(socket))
  t.after(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** Ways to take long on purpose that need nothing but the handler. */
const WAITS: Record<string, (req: Request, res: Response, t: TestContext) => unknown> = {
  'long polling with a timer': (_req, res, t) => {
    const timer = setTimeout(() => res.end('nothing new'), LONG_MS)
    t.after(() => clearTimeout(timer))
    shared.once('message', (message: string) => res.end(message))
  },
  'long polling until AbortSignal.timeout()': async (_req, res) => {
    const [message] = (await once(shared, 'message', { signal: AbortSignal.timeout(LONG_MS) })) as [string]
    res.end(message)
  },
  'long polling by asking again and again': (_req, _res, t) => {
    const timer = setInterval(() => {}, AFTER_MS / 4)
    t.after(() => clearInterval(timer))
  },
  'a timer that is started after an await': async (_req, res, t) => {
    await Promise.resolve()
    await new Promise((resolve) => setImmediate(resolve))
    const timer = setTimeout(() => res.end(), LONG_MS)
    t.after(() => clearTimeout(timer))
  },
  'long polling that says so': (req, res) => {
    expectLong(req)
    shared.once('message', (message: string) => res.end(message))
  },
  'server-sent events with a heartbeat': (_req, res, t) => {
    res.writeHead(200, { 'Content-Type': 'text/event-stream' })
    const timer = setInterval(() => res.write(': \n\n'), AFTER_MS / 4)
    t.after(() => clearInterval(timer))
  },
  'server-sent events without one': (_req, res) => {
    res.setHeader('Content-Type', 'text/event-stream; charset=utf-8')
    res.flushHeaders()
  },
  'server-sent events whose head is a list': (_req, res) => {
    res.writeHead(200, ['Content-Type', 'text/event-stream'])
    res.write(': \n\n')
  },
  'a process that takes its time': (_req, res, t) => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { stdio: 'ignore' })
    child.on('exit', () => res.end())
    t.after(() => child.kill())
  },
  'work in steps': (_req, _res, t) => {
    const state = { isOver: false }
    const step = (): void => void (state.isOver || setImmediate(step))
    step()
    t.after(() => {
      state.isOver = true
    })
  },
}

for (const { name, framework } of WATCHED) {
  for (const [kind, handler] of Object.entries(WAITS)) {
    test(`${name}: does not report ${kind}`, async (t) => {
      const app = await watched(
        t,
        framework,
        (app) => {
          app.get('/wait', (req, res) => handler(req as never, res as never, t) as undefined)
          addSentinel(app as never)
        },
        HUNG,
      )
      await assertNoneHangs(app, () => app.begin('/wait'))
      const waiting = app.watch.records().find(({ url }) => url === '/wait')
      assert.equal(waiting?.outcome, 'running')
    })
  }

  test(`${name}: does not report what hung.ignore names`, async (t) => {
    const app = await watched(
      t,
      framework,
      (app) => {
        for (const path of ['/path/below', '/pattern-7', '/function']) app.get(path, () => {})
        addSentinel(app as never)
      },
      {
        hung: {
          afterMs: AFTER_MS,
          ignore: ['/path', /^\/pattern-\d$/g, (req) => req.url === '/function'],
        },
      },
    )
    await assertNoneHangs(app, () => {
      for (const path of ['/path/below', '/pattern-7?a=1', '/function', '/pattern-7']) app.begin(path)
    })
  })

  test(`${name}: does not report a connection that was upgraded`, async (t) => {
    const upgraded = { count: 0 }
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/socket', (req, res) => {
          upgraded.count++
          // As express-ws does it: the response is a stand-in, and never answered.
          void [req, res]
        })
        addSentinel(app as never)
      },
      HUNG,
    )
    app.server.on('upgrade', (req: Request, socket: Socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
      ;(app.app as unknown as (req: Request, res: Response) => void)(req, new ServerResponse(req))
    })
    await assertNoneHangs(app, async () => {
      const socket = connect(app.port, '127.0.0.1')
      t.after(() => socket.destroy())
      socket.write('GET /socket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n')
      await until(() => upgraded.count === 1)
    })
  })

  for (const reader of ['express.json()', 'for await', "on('data')"]) {
    test(`${name}: does not report a slow upload that ${reader} reads`, async (t) => {
      const app = await watched(
        t,
        framework,
        (app, express) => {
          if (reader === 'express.json()')
            app.post('/upload', express.json(), (req, res) => void res.json(req.body))
          else if (reader === 'for await')
            app.post('/upload', async (req, res) => void res.end(await text(req)))
          else {
            app.post('/upload', (req, res) => {
              const chunks: Buffer[] = []
              req
                .on('data', (chunk: Buffer) => chunks.push(chunk))
                .on('end', () => res.end(Buffer.concat(chunks)))
            })
          }
          addSentinel(app as never)
        },
        HUNG,
      )
      const socket = connect(app.port, '127.0.0.1')
      t.after(() => socket.destroy())
      await assertNoneHangs(app, () =>
        socket.write(
          'POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{"a"',
        ),
      )
      socket.write(':"b"}')
      const [answer] = (await once(socket, 'data')) as [Buffer]
      assert.match(answer.toString(), /^HTTP\/1\.1 200 /)
    })
  }

  test(`${name}: reports a handler that waits for a body which nobody reads`, async (t) => {
    const app = await watched(
      t,
      framework,
      (app) => app.post('/upload', (req, res) => void req.on('end', () => res.end())),
      HUNG,
    )
    const socket = connect(app.port, '127.0.0.1')
    t.after(() => socket.destroy())
    socket.write('POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1234')
    const incident = await app.incident(({ kind }) => kind === 'hung')
    assert.equal(incident.route, '/upload')
  })

  test(`${name}: does not report a slow download`, async (t) => {
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/stream', (_req, res) => {
          const more = (): void => {
            while (res.write(Buffer.alloc(65_536)));
            res.once('drain', more)
          }
          more()
        })
        app.get('/whole', (_req, res) => void res.end(Buffer.alloc(20_000_000)))
        addSentinel(app as never)
      },
      HUNG,
    )
    const sockets = ['/stream', '/whole'].map((path) => {
      const socket = connect(app.port, '127.0.0.1')
      socket.pause()
      socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)
      return socket
    })
    t.after(() => {
      for (const socket of sockets) socket.destroy()
    })
    await until(() => app.watch.records().filter(({ status }) => status === 200).length === 2)
    await assertNoneHangs(app, () => {})
  })

  test(`${name}: does not report who waits for another server, also on a connection that was open`, async (t) => {
    const port = await listenLocally(
      t,
      createServer((req, res) => void (req.url === '/now' && res.end('now'))),
    )
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    t.after(() => agent.destroy())
    const upstream = `http://127.0.0.1:${port}`
    const app = await watched(
      t,
      framework,
      (app) => {
        app.get('/warm', async (_req, res) => {
          await (await fetch(`${upstream}/now`)).text()
          get(`${upstream}/now`, { agent }, (answer) => answer.resume().on('end', () => res.end()))
        })
        app.get('/fetch', async (_req, res) => void res.end(await (await fetch(`${upstream}/slow`)).text()))
        app.get(
          '/get',
          (_req, res) =>
            void get(`${upstream}/slow`, { agent }, (answer) => answer.pipe(res)).on('error', () =>
              res.destroy(),
            ),
        )
        app.get('/tcp', (_req, res) => void connect(port, '127.0.0.1').pipe(res))
        addSentinel(app as never)
      },
      // A connection on which nothing comes waits three times as long.
      { hung: { afterMs: 400 } },
    )
    await app.get('/warm')
    app.begin('/hangs-first')
    for (const path of ['/fetch', '/get', '/tcp']) app.begin(path)
    await until(() => app.watch.records().filter(({ runs }) => runs.length > 0).length === 5)
    await app.incident(({ route }) => route === '/{*hangs}')
    assert.deepEqual(
      app.reported.map(({ route }) => route),
      ['/{*hangs}'],
    )
  })

  test(`${name}: reports who waits for another server that never says anything`, async (t) => {
    const port = await listenLocally(
      t,
      createTcpServer(() => {}),
    )
    const app = await watched(
      t,
      framework,
      (app) => app.get('/tcp', (_req, res) => void connect(port, '127.0.0.1').pipe(res)),
      HUNG,
    )
    app.begin('/tcp')
    const incident = await app.incident(({ kind }) => kind === 'hung')
    assert.equal(incident.route, '/tcp')
  })

  test(`${name}: reports a handler that forgot to answer after another server had`, async (t) => {
    const port = await listenLocally(
      t,
      createServer((_req, res) => void res.end('answered')),
    )
    const app = await watched(
      t,
      framework,
      (app) =>
        app.get('/fetch', async () => {
          await (await fetch(`http://127.0.0.1:${port}/`)).text()
        }),
      HUNG,
    )
    app.begin('/fetch')
    const incident = await app.incident(({ kind }) => kind === 'hung')
    assert.equal(incident.route, '/fetch')
  })
}
