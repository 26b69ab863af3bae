import { Layer } from './layer.js'
import type { Next, ParamHandle, Path, RoutableRequest, RoutableResponse } from './messages.js'
import { methods } from './methods.js'
import { flattenHandlers, Route } from './route.js'
import { RouterDispatch } from './router-dispatch.js'
import { WatchedStack, watchedStack } from './watched-stack.js'

export interface RouterOptions {
  /** `/Foo` and `/foo` are different paths. Default false. */
  caseSensitive?: boolean | undefined
  /** Parameters of the parent router are kept in `req.params`; the router's own win. Default false. */
  mergeParams?: boolean | undefined
  /** `/foo` and `/foo/` are different paths, for routes. Default false. */
  strict?: boolean | undefined
}

/** An entry of `router.listRoutes()`. */
export interface RouteListing {
  path: Path
  /** In upper case, `*` for all; undefined for a mounted router. */
  methods: string[] | undefined
  router: Router | undefined
}

/** A verb of a router: a path, then handlers and arrays of handlers. */
type Verb = (path: Path, ...handlers: unknown[]) => Router

/** A router is itself a middleware function, with a stack of layers. */
export interface Router {
  (req: RoutableRequest, res: RoutableResponse, next: Next): void
  caseSensitive: boolean | undefined
  mergeParams: boolean | undefined
  strict: boolean | undefined
  params: Record<string, ParamHandle[]>
  stack: Layer[]
  /** @internal */
  [watchedStack]: WatchedStack
  handle(req: RoutableRequest, res: RoutableResponse, done: Next): void
  use(...args: unknown[]): this
  route(path: Path): Route
  param(name: string, handle: ParamHandle): this
  listRoutes(): RouteListing[]
  all: Verb
  get: Verb
}

interface RouterConstructor {
  (options?: RouterOptions): Router
  new (options?: RouterOptions): Router
  prototype: Router
  Route: typeof Route
}

/**
 * Makes a router, with `new` or without.
 *
 * Parity: a router is a function whose prototype chain leads over `Router.prototype` to `Function.prototype`, so
 * that a method patched on `Router.prototype` is seen at once by every router there is.
 */
// oxlint-disable-next-line eslint/no-shadow -- the type and the function share a name, as those of a class do
export const Router = function Router(this: unknown, options?: RouterOptions): Router {
  if (!(this instanceof (Router as RouterConstructor))) return new (Router as RouterConstructor)(options)
  const router = function router(req: RoutableRequest, res: RoutableResponse, next: Next): void {
    ;(router as Router).handle(req, res, next)
  } as Router
  Object.setPrototypeOf(router, this)
  router.caseSensitive = options?.caseSensitive
  router.mergeParams = options?.mergeParams
  router.params = {}
  router.strict = options?.strict
  const watched = new WatchedStack()
  Object.defineProperty(router, watchedStack, { value: watched })
  router.stack = watched.view
  return router
} as RouterConstructor

Router.Route = Route
Router.prototype = Object.assign(function () {}, {
  /** Adds a callback for a parameter name; it runs once for each value, before the handlers that get the value. */
  param(this: Router, name: string, handle: ParamHandle): Router {
    if (!name) throw new TypeError('argument name is required')
    if (typeof name !== 'string') throw new TypeError('argument name must be a string')
    if (!handle) throw new TypeError('argument fn is required')
    if (typeof handle !== 'function') throw new TypeError('argument fn must be a function')
    this.params[name] ??= []
    this.params[name].push(handle)
    return this
  },

  /** Sends a request through the stack; `done` gets it back when nothing answered. */
  handle(this: Router, req: RoutableRequest, res: RoutableResponse, done: Next): void {
    if (!done) throw new TypeError('argument callback is required')
    new RouterDispatch(this, req, res, done).next()
  },

  /** Adds middleware, for all methods and for every path that starts with the given one (default: all). */
  use(this: Router, ...args: unknown[]): Router {
    const path = startsWithHandler(args) ? '/' : (args.shift() as Path)
    for (const handle of flattenHandlers(args)) {
      const options = { sensitive: this.caseSensitive, strict: false, end: false }
      this.stack.push(new Layer(path, options, handle))
    }
    return this
  },

  /** Adds an empty Route for a path: `router.route('/book').get(show).post(create)`. */
  route(this: Router, path: Path): Route {
    const route = new Route(path)
    const options = { sensitive: this.caseSensitive, strict: this.strict, end: true }
    const layer = new Layer(
      path,
      options,
      function handle(req: RoutableRequest, res: RoutableResponse, next: Next) {
        route.dispatch(req, res, next)
      },
    )
    layer.route = route
    this.stack.push(layer)
    return route
  },

  /** The routes and mounted routers of the stack, in order; one entry for each path. */
  listRoutes(this: Router): RouteListing[] {
    return this.stack.flatMap(listingOf)
  },
}) as unknown as Router

for (const method of [...methods, 'all']) {
  const verb = function addRoute(this: Router, path: Path, ...handlers: unknown[]): Router {
    const route = this.route(path) as unknown as Record<string, (...all: unknown[]) => Route>
    route[method]?.(...handlers)
    return this
  }
  Object.assign(Router.prototype, { [method]: verb })
}

/** Whether `use()` was called without a path: its first argument is a handler, or an array that starts with one. */
export function startsWithHandler(args: readonly unknown[]): boolean {
  let first = args[0]
  while (Array.isArray(first) && first.length !== 0) first = first[0]
  return typeof first === 'function'
}

function listingOf(layer: Layer): RouteListing[] {
  const route = layer.route as Route | undefined
  const handle = layer.handle as unknown as Router
  const router = !route && Array.isArray(handle.stack) ? handle : undefined
  if (!route && !router) return []
  const paths = Array.isArray(layer.rawPath) ? (layer.rawPath as Path[]) : [layer.rawPath]
  return paths.map((path) => ({ path, methods: route?._methods(true), router }))
}
