import assert from 'node:assert/strict'
import test from 'node:test'
import { watchRegistrations } from '#dist/hosts/registrations.js'
import { readLayers } from '#dist/layers/read-layers.js'
import { placesOfStack } from '#dist/places/stack-places.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'

/** The line on which this is called. */
const line = () => Number(placesOfStack(new Error('here'))[1]?.line)

/** What ends the watches of the tests before. */
const ends: (() => void)[] = []

for (const { name: framework, framework: express } of FRAMEWORKS) {
  const makeApp = () => {
    const app = express() as ReturnType<typeof express> & Record<string, any>
    ends.push(watchRegistrations(app))
    return app
  }
  const linesOf = (app: ReturnType<typeof makeApp>) => readLayers(app).map((node) => node.registeredAt?.line)

  test(`${framework}: each way to add a layer leads to the line of the application`, () => {
    const app = makeApp()
    const start = line()
    app.use(express.json())
    app.use('/x', express.static('.'))
    app.get('/y', () => {})
    app.all('/z', () => {})
    app.route('/w').post(() => {})
    app.router.use(() => {})
    app.router.patch('/v', () => {})
    assert.deepEqual(
      linesOf(app),
      [1, 2, 3, 4, 5, 6, 7].map((n) => start + n),
    )
    assert.equal(readLayers(app)[0]?.registeredAt?.file, placesOfStack(new Error('here'))[0]?.file)
  })

  test(`${framework}: each handler of a route has its own line`, () => {
    const app = makeApp()
    const start = line()
    const route = app.route('/w')
    route.get(
      () => {},
      () => {},
    ) // prettier-ignore
    route.post(() => {})
    const [node] = readLayers(app)
    assert.equal(node?.registeredAt?.line, start + 1)
    const lines = node?.children.map((child) => child.registeredAt?.line)
    assert.equal(lines?.at(-1), line() - 4)
    assert.equal(lines?.[0], lines?.[1])
  })

  test(`${framework}: the place of a registration inside a package is that of who called the package`, () => {
    const app = makeApp()
    const source = `(app, handler) => app.use(handler)\n//# sourceURL=/app/node_modules/kit/index.js`
    const kit = new Function(`return ${source}`)() as (app: unknown, handler: unknown) => void
    kit(app, () => {})
    assert.deepEqual(linesOf(app), [line() - 1])
  })

  test(`${framework}: a mounted application is known, with its layers and theirs`, () => {
    const app = makeApp()
    const child = express()
    const grandchild = express()
    app.use('/child', (_req, _res, next) => next(), child)
    child.use('/grandchild', grandchild)
    grandchild.get('/end', () => {})
    const [, mounted] = readLayers(app)
    assert.equal(mounted?.kind, 'application')
    assert.equal(mounted?.registeredAt?.line, line() - 5)
    assert.deepEqual(mounted?.children[0]?.children[0]?.fullPaths, ['/child/grandchild/end'])
  })

  test(`${framework}: the path is known where layers do not keep it, as in Express before 5.3`, () => {
    const app = makeApp()
    app.use('/secret', () => {})
    app.use(['/a', /^\/b/], () => {})
    for (const layer of app.router.stack) delete (layer as { rawPath?: unknown }).rawPath
    assert.deepEqual(
      readLayers(app).map(({ paths }) => paths),
      [['/secret'], ['/a', /^\/b/]],
    ) // prettier-ignore
  })

  test(`${framework}: to watch changes nothing that the application sees`, () => {
    const app = makeApp()
    assert.equal(app.use.name, 'use')
    assert.equal(express.Router.prototype.use.length, express.Router().use.length)
    assert.equal(
      app.use(() => {}),
      app,
    )
    assert.throws(() => app.use('/nothing'), TypeError)
    assert.throws(() => app.get('/x', 'text' as never), TypeError)
    app.enable('strict routing')
    const later = makeApp()
    later.enable('strict routing')
    later.get('/x', () => {})
    assert.equal((later.router as { strict?: boolean }).strict, true)
    assert.deepEqual(later.listenerCount('mount'), express().listenerCount('mount'))
  })

  test(`${framework}: it is watched once, however often that is asked`, () => {
    const app = makeApp()
    const { use } = app
    const inherited = express.Router.prototype.use
    for (let i = 0; i < 3; i++) ends.push(watchRegistrations(app))
    assert.equal(app.use, use)
    assert.equal(express.Router.prototype.use, inherited)
  })

  test(`${framework}: a method that is replaced afterwards is called, and the layer is noted still`, (t) => {
    const app = makeApp()
    const seen: unknown[] = []
    const { use } = express.Router.prototype
    const source = `(use, seen) => function (...args) { seen.push(args.length); return use.apply(this, args) }
      //# sourceURL=/app/node_modules/agent/index.js`
    express.Router.prototype.use = (new Function(`return ${source}`)() as Function)(use, seen)
    t.after(() => {
      express.Router.prototype.use = use
    })
    app.use(() => {})
    assert.deepEqual(seen, [2])
    assert.deepEqual(linesOf(app), [line() - 2])
  })

  test(`${framework}: a router whose stack can't be read is used as before`, () => {
    const app = makeApp()
    const { router } = app
    const own = router.stack
    let reads = 0
    // What the watch reads fails, what the router itself reads does not.
    Object.defineProperty(router, 'stack', {
      configurable: true,
      get: () => (++reads % 3 === 2 ? own : assert.fail('not to be read')),
    })
    app.use(() => {})
    Object.defineProperty(router, 'stack', { value: own, configurable: true, writable: true })
    assert.equal(own.length, 1)
  })

  test(`${framework}: when the last watch has ended, all methods are what they were`, () => {
    const { Router, Route } = express as unknown as Record<
      'Router' | 'Route',
      { prototype: Record<string, unknown> }
    >
    const app = express() as any
    const methodsOf = () => [
      app.use,
      Router.prototype['use'],
      Router.prototype['route'],
      Route.prototype['get'],
    ]
    for (const end of ends.splice(0)) end()
    const before = methodsOf()
    const child = express() as any
    const { use } = child
    const [one, other] = [watchRegistrations(app), watchRegistrations(app)]
    app.use('/child', child)
    one()
    one()
    assert.notEqual(app.use, before[0])
    other()
    assert.deepEqual(methodsOf(), before)
    assert.equal(child.use, use)
    assert.equal(readLayers(app)[0]?.registeredAt?.line, line() - 7)
    app.use(() => {})
    assert.equal(readLayers(app)[1]?.registeredAt, null)
  })

  test(`${framework}: the limit of stacks is what it was`, () => {
    const limit = Error.stackTraceLimit
    makeApp().use(() => {})
    assert.equal(Error.stackTraceLimit, limit)
  })
}

test('what is no application is not watched, and that is no error', () => {
  for (const none of [() => {}, Object.assign(() => {}, { handle: 1, set: 1 })]) {
    assert.doesNotThrow(() => watchRegistrations(none as never))
  }
})
