import assert from 'node:assert/strict'
import test from 'node:test'
import { watchRegistrations } from '#dist/hosts/registrations.js'
import { placesOfStack } from '#dist/places/stack-places.js'
import { formatRoutes } from '#dist/routes/format-routes.js'
import { routes } from '#dist/routes/routes.js'
import { FRAMEWORKS } from '../support/frameworks.mjs'

const pass = (_req: unknown, _res: unknown, next: () => void) => next()
const named = (name: string) =>
  Object.defineProperty((...args: Parameters<typeof pass>) => pass(...args), 'name', { value: name })

/** Each route as a line: method, pattern, what runs. */
const outline = (app: unknown) =>
  routes(app as never).map(({ method, pattern, middleware, handlers }) => {
    const before = middleware.map(({ name, runs }) => (runs === 'always' ? name : `${name}?`))
    return `${method} ${pattern} ${[...before, ...handlers.map(({ name }) => name)].join(' ')}`
  })

for (const { name: framework, framework: express } of FRAMEWORKS) {
  const makeApp = () => express() as any

  test(`${framework}: each method of each path is a route, with what runs before it, in order`, () => {
    const app = makeApp()
    const api = express.Router()
    const admin = makeApp()
    app.use(named('first'))
    app.get('/before', named('before'))
    app.use('/api', named('auth'), api)
    app.use(['/v1', '/v2'], api)
    api.use(named('inside'))
    api.get('/users/:id', named('check'), named('show'))
    api.route('/users').get(named('list')).post(named('create'))
    app.use('/admin', admin)
    admin.use('/x', named('elsewhere'))
    admin.delete('/y', named('erase'))
    app.use(function failed(_error: unknown, _req: unknown, _res: unknown, _next: unknown) {})
    app.use(named('late'))
    assert.deepEqual(outline(app), [
      'GET /before first before',
      'GET /api/users/:id first auth inside check show',
      'GET /api/users first auth inside list',
      'POST /api/users first auth inside create',
      'GET /v1/users/:id first inside check show',
      'GET /v2/users/:id first inside check show',
      'GET /v1/users first inside list',
      'POST /v1/users first inside create',
      'GET /v2/users first inside list',
      'POST /v2/users first inside create',
      'DELETE /admin/y first erase',
    ])
  })

  test(`${framework}: middleware that runs for some paths of a route only is marked`, () => {
    const app = makeApp()
    app.use('/users/me', named('me'))
    app.use('/users/:id', named('any'))
    app.use(/^\/us/, named('regexp'))
    app.use('/orders', named('orders'))
    app.use('/u{sers}', named('optional'))
    app.get('/users/:id', named('show'))
    app.get('/users/me', named('own'))
    app.get('/*path', named('rest'))
    assert.deepEqual(outline(app), [
      'GET /users/:id me? any regexp? optional show',
      'GET /users/me me any regexp? optional own',
      'GET /*path me? any? regexp? orders? optional? rest',
    ])
  })

  test(`${framework}: a route for every method is one entry, and a guard for the routes behind it`, () => {
    const app = makeApp()
    app.all('/admin/*path', named('guard'), named('audit'))
    app.all('/ping', (_req: unknown, res: any) => res.end())
    app.route('/all').all(named('all'))
    app
      .route('/some')
      .all(named('check'))
      .get(named('show'))
      .all((_req: unknown, res: any) => res.end())
    app.get('/admin/users', named('list'))
    app.get('/ping', named('never'))
    assert.deepEqual(outline(app), [
      'ALL /admin/*path guard audit',
      'ALL /ping <anonymous>',
      'ALL /all all',
      'GET /some check show <anonymous>',
      'ALL /some check <anonymous>',
      'GET /admin/users guard audit list',
      'GET /ping never',
    ])
  })

  test(`${framework}: a place is the line that added the route, when registrations are watched`, () => {
    const app = makeApp()
    watchRegistrations(app)
    app.use(named('first'))
    app.get('/x', named('x'))
    const line = Number(placesOfStack(new Error('here'))[0]?.line)
    const [route] = routes(app)
    assert.equal(route?.place?.line, line - 1)
    assert.equal(route?.middleware[0]?.place?.line, line - 2)
    assert.match(String(route?.handlers[0]?.place?.file), /routes\.test\.m[jt]s$/)
  })

  test(`${framework}: no routes, and routers in themselves, are no error`, () => {
    const app = makeApp()
    assert.deepEqual(routes(app), [])
    assert.equal(formatRoutes(routes(app)), 'no routes')
    const router = express.Router()
    app.use('/a', router)
    router.use('/b', router)
    router.get('/c', named('c'))
    assert.deepEqual(outline(app), ['GET /a/c c'])
  })

  test(`${framework}: a route without handlers is none`, () => {
    const app = makeApp()
    app.route('/empty')
    assert.deepEqual(routes(app), [])
  })
}

test('minified code is shown with nameless handlers, and their column', () => {
  const app = FRAMEWORKS[0]?.framework() as any
  const padding = ';'.repeat(300)
  const source = `${padding}a.get('/x',(r,s,n)=>{n()},function(){});a.use((e,r,s,n)=>{n(e)})\n//# sourceURL=/app/bundle.js`
  new Function('a', source)(app)
  // A function that is made from text has two lines before its own.
  const [route] = routes(app)
  assert.deepEqual(
    route?.handlers.map(({ name }) => name),
    ['<anonymous>', '<anonymous>'],
  )
  assert.match(
    formatRoutes(routes(app)),
    /^GET {2}\/x {2}<anonymous> > <anonymous> {2}\/app\/bundle\.js:3:3\d\d$/,
  )
})

test('the table has a column for each of method, pattern, chain and place', () => {
  const place = { file: `${process.cwd()}/src/users.js`, line: 7, column: 1 }
  const far = { file: '/elsewhere/far.js', line: 9, column: 1 }
  const handlers = [{ name: 'show', kind: 'handler', place } as const]
  const middleware = [
    { name: 'cors', kind: 'middleware', place, path: '/', runs: 'always' },
    { name: 'me', kind: 'middleware', place, path: '/users/me', runs: 'sometimes' },
  ] as const
  const table = formatRoutes([
    { method: 'GET', pattern: '/users/:id', handlers, middleware, place },
    { method: 'DELETE', pattern: '/x\u001B[2J', handlers, middleware: [], place: far },
  ])
  assert.deepEqual(table.split('\n'), [
    'GET     /users/:id  cors > me? > show  src/users.js:7',
    'DELETE  /x\\x1b[2J   show               /elsewhere/far.js:9',
  ])
})
