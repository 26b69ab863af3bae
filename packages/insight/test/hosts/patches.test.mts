import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import express, { type Express } from 'express'
import nozomi from 'nozomi'
import { frameworkOf } from '#dist/hosts/framework-of.js'
import { publishFor } from '#dist/hosts/publish-for.js'
import type { AnyApplication, StackLayer } from '#dist/types/stack.js'

/*
 * How an application of stock Express is made to publish: patched once, only as long as somebody asks for it, and without
 * any change to what it answers and to what others see of it.
 */

type Method = (...args: unknown[]) => unknown
type LayerPrototype = Record<'handleRequest' | 'handleError' | 'match', Method>

const any = (app: unknown) => app as AnyApplication
const layerPrototype = frameworkOf(any(express()))?.layerPrototype as LayerPrototype

/** The names of the handlers that are published as they start, until the test ends. */
function record(t: TestContext, channel = 'nozomi.layer'): string[] {
  const names: string[] = []
  const note = (message: unknown) => {
    const { handler, layer } = message as { handler: Method; layer: StackLayer }
    names.push(`${handler.name}/${handler.length} ${layer.name}`)
  }
  subscribe(`tracing:${channel}:start`, note)
  t.after(() => unsubscribe(`tracing:${channel}:start`, note))
  return names
}

async function ask(t: TestContext, app: Express, path = '/'): Promise<string> {
  const server = createServer(app as unknown as RequestListener).listen(0, '127.0.0.1')
  t.after(() => server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } })
  return `${answer.status} ${await answer.text()}`
}

function hello(): Express {
  const app = express()
  app.set('env', 'test')
  app.get('/', function says(_req, res) {
    res.send('hello')
  })
  return app
}

describe('publishFor() on stock Express', () => {
  it('patches once, however many ask for it, and undoes it when the last lets go', async (t) => {
    const before = { ...layerPrototype }
    const app = hello()
    const { handle } = app as unknown as { handle: Method }
    const stops = [publishFor(any(app)), publishFor(any(app)), publishFor(any(express()))]
    const patched = { ...layerPrototype }
    assert.notEqual(patched.handleRequest, before.handleRequest)
    const names = record(t)
    assert.equal(await ask(t, app), '200 hello')
    assert.deepEqual(names, ['says/2 says'])
    stops[0]?.()
    stops[0]?.()
    stops[1]?.()
    assert.deepEqual({ ...layerPrototype }, patched)
    stops[2]?.()
    assert.deepEqual({ ...layerPrototype }, before)
    assert.equal((app as unknown as { handle: Method }).handle, handle)
    assert.equal(await ask(t, app), '200 hello')
    assert.equal(names.length, 1)
  })

  it('stands aside where somebody has patched on top of it, and is not called twice when it comes back', async (t) => {
    const { handleRequest: original } = layerPrototype
    t.after(() => (layerPrototype.handleRequest = original))
    const stop = publishFor(any(hello()))
    const { handleRequest: ours } = layerPrototype
    let calls = 0
    layerPrototype.handleRequest = function theirs(this: unknown, ...args: unknown[]) {
      calls++
      return ours.apply(this, args)
    }
    stop()
    const names = record(t)
    const app = hello()
    assert.equal(await ask(t, app), '200 hello')
    assert.deepEqual([calls > 0, names.length], [true, 0])
    t.after(publishFor(any(app)))
    assert.equal(await ask(t, app), '200 hello')
    assert.deepEqual(names, ['says/2 says'])
  })

  it('leaves layers, their handlers, and the callbacks of param() as they were', async (t) => {
    const app = express()
    const lookUp = (_req: unknown, _res: unknown, next: () => void) => next()
    const show: express.RequestHandler = (_req, res) => void res.send('shown')
    app.param('id', lookUp)
    app.get('/:id', show)
    t.after(publishFor(any(app)))
    const router = app.router as unknown as { stack: StackLayer[]; params: Record<string, unknown[]> }
    const [layer] = router.stack
    const inner = layer?.route?.stack?.[0] as StackLayer
    const keys = Reflect.ownKeys(inner)
    Object.freeze(inner)
    const names = record(t)
    assert.equal(await ask(t, app, '/7'), '200 shown')
    assert.deepEqual(names, ['lookUp/3 handle', 'show/2 show'])
    assert.equal(inner.handle, show)
    assert.deepEqual(Reflect.ownKeys(inner), keys)
    assert.deepEqual(router.params['id'], [lookUp])
  })

  it('leaves the channel of Express itself as it is, beside its own', async (t) => {
    const app = hello()
    const alone = record(t, 'express.router.request')
    assert.equal(await ask(t, app), '200 hello')
    t.after(publishFor(any(app)))
    const own = record(t)
    assert.equal(await ask(t, app), '200 hello')
    assert.deepEqual(alone, ['says/2 says', 'says/2 says'])
    assert.deepEqual(own, ['says/2 says'])
  })

  it('asks a promise that runs anew for each `then` only once', async (t) => {
    let runs = 0
    const app = express()
    app.get('/', ((_req: unknown, res: express.Response) => ({
      // oxlint-disable-next-line unicorn/no-thenable -- a query, as mongoose and knex give it
      then(resolve: (value: unknown) => void) {
        runs++
        res.send('queried')
        resolve(undefined)
      },
    })) as unknown as express.RequestHandler)
    t.after(publishFor(any(app)))
    record(t)
    assert.equal(await ask(t, app), '200 queried')
    assert.equal(runs, 1)
  })

  for (const framework of [express, nozomi] as unknown as (typeof express)[]) {
    it(`does not fix the settings of an application that are set after it (${framework === express ? 'express' : 'nozomi'})`, async (t) => {
      const app = framework()
      t.after(publishFor(any(app)))
      app.enable('case sensitive routing')
      app.set('env', 'test')
      app.get('/Page', (_req, res) => void res.send('page'))
      assert.equal(await ask(t, app, '/Page'), '200 page')
      assert.match(await ask(t, app, '/page'), /^404 /)
    })
  }

  it('bears messages that tools make, and that are no emitters of events', (t) => {
    const app = hello()
    t.after(publishFor(any(app)))
    record(t)
    const note = () => {}
    subscribe('nozomi.request.finish', note)
    t.after(() => unsubscribe('nozomi.request.finish', note))
    const sent: unknown[] = []
    const res = { setHeader() {}, getHeader() {}, end: (chunk: unknown) => void sent.push(String(chunk)) }
    ;(app as unknown as Method)({ method: 'GET', url: '/', headers: {} }, res)
    assert.deepEqual(sent, ['hello'])
  })

  it('publishes once what an application of Nozomi does that is mounted in one of Express', async (t) => {
    const child = nozomi().get('/', function says(_req, res) {
      res.send('hello')
    })
    const app = express().use('/child', child as unknown as Express)
    t.after(publishFor(any(app)))
    const names = record(t)
    const apps: unknown[] = []
    const note = (message: unknown) => void apps.push((message as { app: unknown }).app === app)
    subscribe('nozomi.request.start', note)
    t.after(() => unsubscribe('nozomi.request.start', note))
    assert.equal(await ask(t, app, '/child'), '200 hello')
    assert.deepEqual(names, ['mounted_app/3 mounted_app', 'says/2 says'])
    assert.deepEqual(apps, [true])
  })

  it('does nothing on Nozomi, and to what is no application', () => {
    const app = nozomi()
    const { handle } = app as unknown as { handle: Method }
    publishFor(any(app))()
    assert.equal((app as unknown as { handle: Method }).handle, handle)
    for (const other of [() => {}, {}, null, undefined, 'app', createServer(), express.Router()]) {
      assert.equal(frameworkOf(any(other)), null)
      publishFor(any(other))()
    }
  })
})

describe('frameworkOf()', () => {
  for (const [name, framework] of [
    ['express', express],
    ['nozomi', nozomi as unknown as typeof express],
  ] as const) {
    it(`finds what applications of ${name} are made of`, () => {
      const found = frameworkOf(any(framework()))
      const { Router, Route } = framework as unknown as Record<'Router' | 'Route', { prototype: object }>
      assert.equal(found?.publishes, name === 'nozomi')
      assert.equal(found?.routerPrototype, Router.prototype)
      assert.equal(found?.routePrototype, Route.prototype)
      assert.equal(found?.request, framework.request)
      assert.equal(found?.response, framework.response)
      const layer = framework.Router().get('/', () => {}).stack[0] as object
      assert.equal(Object.getPrototypeOf(layer), found?.layerPrototype)
    })
  }

  it('finds it of one that is mounted, and of one whose router has throwing methods', () => {
    const [parent, child] = [express(), express()]
    parent.use(child)
    assert.equal(frameworkOf(any(child))?.request, express.request)
    const broken = express()
    Object.assign(broken, {
      init() {
        throw new Error('not again')
      },
    })
    assert.equal(frameworkOf(any(broken))?.layerPrototype, layerPrototype)
  })
})
