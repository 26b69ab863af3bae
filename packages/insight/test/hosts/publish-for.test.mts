import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe, tracingChannel, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import type { Express, NextFunction, Request, Response } from 'nozomi'
import { publishFor } from '#dist/hosts/publish-for.js'
import type { AnyApplication } from '#dist/types/stack.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'

/*
 * What Nozomi publishes by itself, stock Express publishes once `publishFor` was called: the same names, the same payloads, in
 * the same order. So each expectation stands here once.
 */

interface Run {
  req: Request
  res: Response
  layer: { name: string; handle: unknown }
  handler: { name: string }
  route?: unknown
  param?: string
  errorHandler?: true
  incomingError?: unknown
  error?: unknown
  result?: unknown
}

interface NextEvent {
  run: Run
  error: unknown
  count: number
}

const nameOf = ({ handler, param }: Run) => (param === undefined ? handler.name : `param ${param}`)
const errorOf = (error: unknown) => (error === undefined ? [] : [String(error)])

function listenTo(t: TestContext, channel: string, note: (message: never) => void): void {
  subscribe(channel, note as never)
  t.after(() => unsubscribe(channel, note as never))
}

/** What is published of handlers until the test ends: `event handler pattern`, and `next handler count`. */
function recordLayers(t: TestContext) {
  const seen: string[] = []
  const runs: Run[] = []
  const nexts: NextEvent[] = []
  for (const event of ['start', 'end', 'asyncStart', 'asyncEnd', 'error']) {
    listenTo(t, `tracing:nozomi.layer:${event}`, (run: Run) => {
      if (event === 'start') runs.push(run)
      seen.push([event, nameOf(run), String(run.route), ...errorOf(run.error)].join(' '))
    })
  }
  listenTo(t, 'nozomi.layer.next', (event: NextEvent) => {
    nexts.push(event)
    seen.push(['next', nameOf(event.run), event.count, ...errorOf(event.error)].join(' '))
  })
  return { seen, runs, nexts }
}

/** What is published of requests until the test ends: `event url`. */
function recordRequests(t: TestContext) {
  const seen: string[] = []
  const apps: unknown[] = []
  for (const event of ['start', 'finish', 'abort']) {
    listenTo(t, `nozomi.request.${event}`, ({ app, req }: { app: unknown; req: Request }) => {
      seen.push(`${event} ${req.originalUrl ?? req.url}`)
      apps.push(app)
    })
  }
  return { seen, apps }
}

/** An application that publishes until the test ends, whatever it comes from. */
function publishing(t: TestContext, app: Express): Express {
  t.after(publishFor(app as unknown as AnyApplication))
  app.set('env', 'test')
  return app
}

async function serve(t: TestContext, listener: RequestListener): Promise<number> {
  const server: Server = createServer(listener).listen(0, '127.0.0.1')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function textOf(port: number, path: string): Promise<string> {
  return (await fetch(`http://127.0.0.1:${port}${path}`)).text()
}

async function until(condition: () => boolean, seen: unknown): Promise<void> {
  for (let attempt = 0; attempt < 1000 && !condition(); attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  assert.ok(condition(), JSON.stringify(seen))
}

for (const { name, framework } of FRAMEWORKS) {
  const shop = (t: TestContext): Express => {
    const app = publishing(t, framework())
    const router = framework.Router()
    app.use(function every(_req, _res, next) {
      next()
    })
    router.param('id', function lookUp(_req, _res, next) {
      next()
    })
    router.param('id', async function lookAgain(_req, _res, next) {
      await Promise.resolve()
      next()
    })
    router.get(
      ['/users/:id', '/people/:id'],
      function first(_req, _res, next) {
        next()
      },
      async function second(req, res) {
        if (req.params['id'] === '0') throw new Error('no such user')
        await Promise.resolve()
        res.send('found')
        return 'done'
      },
    )
    app.use('/api', router)
    app.get('/thrown', function throws() {
      throw new Error('thrown')
    })
    app.use(function mended(_error: unknown, _req: Request, res: Response, _next: NextFunction) {
      res.status(404).send('mended')
    })
    return app
  }

  describe(`an application of ${name}`, () => {
    it('publishes each handler with its pattern, and each call of next', async (t) => {
      const port = await serve(t, shop(t))
      const { seen, runs } = recordLayers(t)
      assert.equal(await textOf(port, '/api/people/1'), 'found')
      await until(() => seen.includes('asyncEnd second /people/:id'), seen)
      assert.deepEqual(seen, [
        'start every /',
        'next every 1',
        'start router /api',
        'start param id /people/:id',
        'next param id 1',
        'start param id /people/:id',
        'end param id /people/:id',
        'end param id /people/:id',
        'end router /api',
        'end every /',
        'next param id 1',
        'start first /people/:id',
        'next first 1',
        'start second /people/:id',
        'end second /people/:id',
        'end first /people/:id',
        'asyncStart param id /people/:id',
        'asyncEnd param id /people/:id',
        'asyncStart second /people/:id',
        'asyncEnd second /people/:id',
      ])
      const second = runs.at(-1)
      assert.equal(second?.result, 'done')
      assert.equal(second?.layer.handle, second?.handler)
      assert.equal(second?.layer.name, 'second')
      assert.deepEqual(
        runs.filter(({ param }) => param).map(({ handler, layer }) => [handler.name, 'route' in layer]),
        [
          ['lookUp', true],
          ['lookAgain', true],
        ],
      )
    })

    it('publishes an error once, at the handler that it comes from', async (t) => {
      const port = await serve(t, shop(t))
      const { seen, runs } = recordLayers(t)
      assert.equal(await textOf(port, '/api/users/0'), 'mended')
      await until(() => seen.some((event) => event.startsWith('asyncEnd second')), seen)
      const from = seen.indexOf('error second /users/:id Error: no such user')
      const after = seen.slice(from).filter((event) => !event.includes(' param '))
      assert.deepEqual(after, [
        'error second /users/:id Error: no such user',
        'asyncStart second /users/:id Error: no such user',
        'asyncEnd second /users/:id Error: no such user',
        'next router 1 Error: no such user',
        'start mended /',
        'end mended /',
      ])
      assert.equal(seen.filter((event) => event.startsWith('error')).length, 1)
      const mended = runs.at(-1)
      assert.equal(mended?.errorHandler, true)
      assert.equal(String(mended?.incomingError), 'Error: no such user')
    })

    it('publishes what a handler throws before what runs because of it', async (t) => {
      const port = await serve(t, shop(t))
      const { seen, nexts } = recordLayers(t)
      assert.equal(await textOf(port, '/thrown'), 'mended')
      assert.deepEqual(seen, [
        'start every /',
        'next every 1',
        'start throws /thrown',
        'error throws /thrown Error: thrown',
        'start mended /',
        'end mended /',
        'end throws /thrown Error: thrown',
        'end every /',
      ])
      assert.deepEqual(
        nexts.map(({ run }) => run.handler.name),
        ['every'],
      )
    })

    it('publishes no error of a path that can not be decoded, which no handler has made', async (t) => {
      const port = await serve(t, shop(t))
      const { seen } = recordLayers(t)
      assert.equal(await textOf(port, '/api/users/%zz'), 'mended')
      assert.deepEqual(
        seen.filter((event) => event.startsWith('error') || event.startsWith('start')),
        ['start every /', 'start router /api', 'start mended /'],
      )
    })

    it('counts the calls of next of one run, those after the answer too', async (t) => {
      let callAgain: NextFunction = () => {}
      const app = publishing(t, framework())
      app.use(function twice(_req, _res, next) {
        next()
        next('route')
        callAgain = next
      })
      app.get('/', function answers(_req, res) {
        res.end('x')
      })
      app.use(function after(_req, _res, next) {
        next()
      })
      const port = await serve(t, app)
      const { nexts } = recordLayers(t)
      assert.equal(await textOf(port, '/'), 'x')
      callAgain(new Error('late'))
      const calls = nexts.map(({ run, count, error }) => [run.handler.name, count, String(error ?? '')])
      assert.deepEqual(calls, [
        ['twice', 1, ''],
        ['twice', 2, 'route'],
        ['after', 1, ''],
        ['twice', 3, 'Error: late'],
      ])
      assert.equal(nexts[0]?.run, nexts[3]?.run)
    })

    it('carries a store that is bound to its handlers', async (t) => {
      const channel = tracingChannel('nozomi.layer')
      const storage = new AsyncLocalStorage<Run>()
      channel.start.bindStore(storage as never)
      t.after(() => void channel.start.unbindStore(storage as never))
      const app = publishing(t, framework())
      app.get('/:page', async function show(_req, res) {
        await Promise.resolve()
        res.send(`${storage.getStore()?.handler.name} ${storage.getStore()?.route}`)
      })
      assert.equal(await textOf(await serve(t, app), '/x'), 'show /:page')
    })

    it('publishes a request once, by the application that was asked first', async (t) => {
      const app = publishing(t, framework())
      app.use('/shop', shop(t))
      const port = await serve(t, app)
      const { seen, apps } = recordRequests(t)
      assert.equal(await textOf(port, '/shop/api/users/1'), 'found')
      await until(() => seen.length >= 2, seen)
      assert.deepEqual(seen, ['start /shop/api/users/1', 'finish /shop/api/users/1'])
      assert.deepEqual(
        apps.map((one) => one === app),
        [true, true],
      )
    })

    it('publishes that a client has gone, also of requests that wait on its connection', async (t) => {
      const app = publishing(t, framework())
      app.get('/never', (_req, res) => void res.status(200))
      const port = await serve(t, app)
      const { seen } = recordRequests(t)
      const socket = connect(port, '127.0.0.1')
      socket.write('GET /never HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(3))
      await until(() => seen.length === 3, seen)
      socket.destroy()
      await until(() => seen.length === 6, seen)
      assert.deepEqual(seen.slice(3), Array<string>(3).fill('abort /never'))
    })

    it('publishes its servers', async (t) => {
      const app = publishing(t, framework())
      const servers: unknown[] = []
      listenTo(t, 'nozomi.listen', (event: { app: unknown; server: unknown }) => {
        if (event.app === app) servers.push(event.server)
      })
      const server = app.listen(0, '127.0.0.1')
      await once(server, 'listening')
      server.close()
      assert.deepEqual(servers, [server])
    })
  })
}
