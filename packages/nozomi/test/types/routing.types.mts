// Routers, routes and use(). Compiled only: what is wrong here fails `tsc -b`.

import { expectTypeOf } from 'expect-type'
import nozomi, {
  type Application,
  type ErrorRequestHandler,
  type ILayer,
  type IRoute,
  type IRouter,
  type NozomiRouter,
  type RequestHandler,
  Route,
  type RouteListing,
  Router,
  type RouterOptions,
} from 'nozomi'

declare const handler: RequestHandler
declare const onError: ErrorRequestHandler
const app = nozomi()
const other = nozomi()

// A router is made with `new` or without, from the module or by name; `Router` is also its type.
const router: Router = nozomi.Router()
expectTypeOf(Router()).toEqualTypeOf<NozomiRouter>()
expectTypeOf(new Router()).toEqualTypeOf<NozomiRouter>()
expectTypeOf(new nozomi.Router({ mergeParams: true })).toEqualTypeOf<NozomiRouter>()
Router({ caseSensitive: true, mergeParams: false, strict: undefined } satisfies RouterOptions)
// @ts-expect-error there is no such option
Router({ mergeParam: true })
expectTypeOf<NozomiRouter>().toExtend<Router>()
expectTypeOf<Router>().toExtend<IRouter>()
expectTypeOf<Router>().toExtend<RequestHandler>()

// use() takes handlers, error handlers, routers, applications and lists of them, with a path or paths or without.
app.use(handler)
app.use(handler, onError)
app.use([handler, handler])
app.use([handler, onError], handler, onError)
app.use(router)
app.use(other)
app.use('/api', handler, onError, [handler, onError])
app.use('/api', router)
app.use('/api', other)
app.use(['/a', '/b'], router)
app.use(['/a', /^\/b/], handler, other)
app.use(/^\/api/, router)
router.use(handler, [handler], onError)
router.use('/:id', router, other)
app.use((req, res) => res.send(req.originalUrl))
app.use([(req, res, next) => (req.xhr ? next() : res.end())], (req, res) => res.send(req.ip))
// @ts-expect-error a number is no handler
app.use(1)
// @ts-expect-error a number is no path
app.use(1, handler)
// @ts-expect-error a string is no handler
app.use('/api', 'handler')
// @ts-expect-error neither is what calling a handler gives
app.get('/', handler())

// What registers gives back what it was called on.
expectTypeOf(app.use(handler)).toEqualTypeOf(app)
expectTypeOf(app.use('/api', router)).toEqualTypeOf(app)
expectTypeOf(app.get('/', handler)).toEqualTypeOf(app)
expectTypeOf(router.get('/', handler)).toEqualTypeOf(router)
expectTypeOf(
  router
    .use(handler)
    .all('/', handler)
    .param('id', (_req, _res, next) => next()),
).toEqualTypeOf(router)

// Every method of node has its verb.
router.checkout('/', handler).lock('/', handler).mkcol('/', handler).propfind('/', handler)
router['m-search']('/', handler).purge('/', handler).link('/', handler).unsubscribe('/', handler)
router.query?.('/', handler)
// @ts-expect-error which may not know QUERY
router.query('/', handler)
// @ts-expect-error and which has no such method
router.fetch('/', handler)

// A route takes handlers without a path, and gives itself back.
const route = app.route('/users/:id')
expectTypeOf(route).toEqualTypeOf<Route<'/users/:id'>>()
expectTypeOf(route).toExtend<IRoute<'/users/:id'>>()
expectTypeOf(route.get(handler).post([handler, handler]).delete(handler, onError)).toEqualTypeOf(route)
route.connect(handler).propfind(handler).proppatch(handler).link(handler).unlink(handler).query?.(handler)
expectTypeOf(route.methods['get']).toEqualTypeOf<boolean | undefined>()
expectTypeOf(new Route('/users/:id')).toEqualTypeOf<Route<'/users/:id'>>()
// @ts-expect-error a route has its path already
route.get('/users/:id', handler)
// @ts-expect-error a route is no function
Route('/users/:id')

// The stack can be walked, and the routes listed.
const layer: ILayer | undefined = app.router.stack[0]
expectTypeOf(layer?.route?.stack).toEqualTypeOf<ILayer[] | undefined>()
expectTypeOf(layer?.name).toEqualTypeOf<string | undefined>()
const listed: RouteListing[] = app.router.listRoutes()
for (const { path, methods, router: mounted } of listed) {
  expectTypeOf(path).toEqualTypeOf<string | RegExp>()
  expectTypeOf(methods).toEqualTypeOf<string[] | undefined>()
  expectTypeOf(mounted?.listRoutes()).toEqualTypeOf<RouteListing[] | undefined>()
}

// Prototypes can be patched.
nozomi.Router.prototype.handle = (_req, _res, done) => done()
nozomi.Route.prototype.path = '/'
expectTypeOf(nozomi.application).toEqualTypeOf<Application>()
