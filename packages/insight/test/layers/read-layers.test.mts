import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import test from 'node:test'
import { readLayers } from '#dist/layers/read-layers.js'
import { placesOfStack } from '#dist/places/stack-places.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'

type Nodes = readonly ReturnType<typeof readLayers>[number][]

const lineOf = (error: Error) => Number(placesOfStack(error)[0]?.line)

/** The tree as text, one layer a line. */
function outline(nodes: Nodes, indent = ''): string[] {
  return nodes.flatMap(({ kind, name, fullPaths, methods, isCyclic, children }) => [
    [`${indent}${kind}`, name, fullPaths.join('|'), methods.join('+'), isCyclic ? 'cyclic' : '']
      .filter(Boolean)
      .join(' '),
    ...outline(children, `${indent}  `),
  ])
}

for (const { name: framework, framework: express } of FRAMEWORKS) {
  const makeApp = () => express() as ReturnType<typeof express> & Record<string, any>

  test(`${framework}: the tree shows each layer with its kind, name, path and methods`, () => {
    const app = makeApp()
    const router = express.Router()
    const admin = makeApp()
    app.use(function logger(_req, _res, next) {
      next()
    }) // prettier-ignore
    app.get(
      '/hello/:name',
      function check(_req, _res, next) {
        next()
      },
      () => {},
    )
    app.use(['/api', '/v2'], router)
    router
      .route('/users')
      .post(function create() {})
      .all(() => {})
    router.use(/^\/x/, function only() {})
    app.use('/admin', admin)
    admin.delete('/all', function erase() {})
    app.all('/every', function every() {})
    app.use(function failed(_error: unknown, _req: unknown, _res: unknown, _next: unknown) {})
    const lines = outline(readLayers(app)).filter(
      (line) => !line.includes('every') || line.startsWith('route'),
    )
    assert.deepEqual(lines, [
      'middleware logger /',
      'route /hello/:name /hello/:name GET',
      '  handler check /hello/:name GET',
      '  handler <anonymous> /hello/:name GET',
      'router router /api|/v2',
      '  route /users /api/users|/v2/users',
      '    handler create /api/users|/v2/users POST',
      '    handler <anonymous> /api/users|/v2/users',
      '  middleware only /api /^\\/x/|/v2 /^\\/x/',
      'application app /admin',
      '  route /all /admin/all DELETE',
      '    handler erase /admin/all DELETE',
      'route /every /every',
      'error-handler failed /',
    ])
  })

  test(`${framework}: a handler has the place where it stands, and without a watch none where it was added`, () => {
    const app = makeApp()
    app.use(() => {})
    const line = lineOf(new Error('here')) - 1
    const [node] = readLayers(app)
    assert.equal(node?.definedAt?.line, line)
    assert.equal(node?.registeredAt, null)
  })

  test(`${framework}: routers and applications that stand in themselves are not repeated`, () => {
    const app = makeApp()
    const router = express.Router()
    const inner = express.Router()
    app.use('/a', router)
    router.use('/b', inner)
    inner.use('/c', router)
    inner.use('/d', app)
    inner.get('/e', () => {})
    assert.deepEqual(outline(readLayers(app)), [
      'router router /a',
      '  router router /a/b',
      '    router router /a/b/c cyclic',
      '    application app /a/b/d cyclic',
      '    route /e /a/b/e GET',
      '      handler <anonymous> /a/b/e GET',
    ])
  })

  test(`${framework}: a router that is mounted twice at each of many levels ends somewhere`, () => {
    const app = makeApp()
    let router = express.Router()
    app.use(router)
    for (let i = 0; i < 30; i++) {
      const next = express.Router()
      router.use('/a', next)
      router.use('/b', next)
      router = next
    }
    const count = (nodes: Nodes): number => nodes.reduce((sum, { children }) => sum + 1 + count(children), 0)
    assert.ok(count(readLayers(app)) <= 100_000)
  })

  test(`${framework}: an application without routes has no layers, and its settings can still be set`, async () => {
    const app = makeApp()
    assert.deepEqual(readLayers(app), [])
    assert.deepEqual(readLayers(express.Router()), [])
    app.enable('case sensitive routing')
    app.get('/Hello', () => {})
    assert.equal((app.router as { caseSensitive?: boolean }).caseSensitive, true)
    assert.equal(readLayers(app).length, 1)
  })

  test(`${framework}: what others put into a stack is passed over or shown as it is, and nothing is changed`, () => {
    const app = makeApp()
    app.get('/frozen', () => {})
    const stack = app.router.stack as any[]
    Object.freeze(stack[0])
    app.use((_req: unknown, _res: unknown, next: () => void) => next())
    delete stack[1].rawPath
    delete stack[1].name
    stack[1].handle = new Proxy(express.Router(), {})
    const hostile = {
      get handle() {
        return assert.fail('not to be read')
      },
    } // prettier-ignore
    const revoked = Proxy.revocable({}, {})
    revoked.revoke()
    const junk = [
      null,
      undefined,
      1,
      'text',
      {},
      [],
      { route: 1 },
      { handle: 'text' },
      hostile,
      revoked.proxy,
    ]
    stack.push(...junk, { handle: function pushed() {}, path: '/' })
    stack[1].handle.get('/inside', () => {})
    const before = stack.slice(0, 2).map((layer: unknown) => Object.assign({}, layer))
    assert.deepEqual(outline(readLayers(app)), [
      'route /frozen /frozen GET',
      '  handler <anonymous> /frozen GET',
      'router router /',
      '  route /inside /inside GET',
      '    handler <anonymous> /inside GET',
      'middleware pushed *',
    ])
    assert.deepEqual(
      stack.slice(0, 2).map((layer: unknown) => Object.assign({}, layer)),
      before,
    )
  })

  test(`${framework}: a path that the layer does not keep is said to be unknown`, () => {
    const app = makeApp()
    app.use('/secret', () => {})
    app.use(() => {})
    for (const layer of app.router.stack as any[]) delete layer.rawPath
    assert.deepEqual(
      readLayers(app).map(({ paths }) => paths),
      [['*'], ['/']],
    )
  })

  test(`${framework}: a mounted application that an agent wrapped is no error`, () => {
    const app = makeApp()
    app.use('/sub', makeApp())
    const [layer] = app.router.stack as any[]
    const { handle } = layer
    layer.handle = (...args: unknown[]) => handle(...args)
    assert.deepEqual(outline(readLayers(app)), ['middleware <anonymous> /sub'])
  })
}

test('an application of Express 4 is refused by its name, and passed over when it is mounted', () => {
  const express4 = Object.assign(() => {}, { handle() {}, set() {}, emit() {}, lazyrouter() {} })
  const refuse = () => assert.fail('is deprecated')
  Object.defineProperty(express4, 'router', { get: refuse })
  assert.throws(() => readLayers(express4 as never), { name: 'TypeError', message: /Express 4/ })
  const app = FRAMEWORKS[0]?.framework() as any
  app.use('/old', express4)
  assert.deepEqual(outline(readLayers(app)), ['application <anonymous> /old'])
})

test('what is no application is refused, and it is said what would be right', () => {
  const read = readLayers as (app: unknown) => unknown
  const express = FRAMEWORKS[0]?.framework
  for (const [value, said] of [
    [undefined, /not undefined/],
    [null, /not null/],
    ['./app.js', /not the string ".\/app.js"/],
    [{}, /not an object/],
    [new Map(), /not an instance of Map/],
    [express, /not the function \w+: give what nozomi\(\)/],
    [createServer(), /not a Server \(of that, give the application/],
  ] as const) {
    assert.throws(() => read(value), { name: 'TypeError', message: said })
  }
})
