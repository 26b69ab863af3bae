import { Layer, type RouteOfLayer } from './layer.js'
import type { Handle, Next, RoutableRequest, RoutableResponse } from './messages.js'
import { methods } from './methods.js'
import { RouteDispatch } from './route-dispatch.js'

/** The verbs that a Route gets at the bottom of this file, one for each method that node knows. */
type Verbs = { [method in 'get' | 'post' | 'put' | 'patch' | 'delete' | 'head' | 'options']: Verb }
type Verb = (this: Route, ...handlers: unknown[]) => Route

// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- set below, for every method of this node
export interface Route extends Verbs {}

/** One path with its handlers by method: what `app.route(path)` gives. */
export class Route implements RouteOfLayer {
  path: unknown
  stack: Layer[]
  /** Which methods have handlers, in lower case; `_all` when `all()` was called. */
  methods: Record<string, boolean>

  constructor(path: unknown) {
    this.path = path
    this.stack = []
    this.methods = Object.create(null)
  }

  /** Adds handlers for every method. */
  all(...handlers: unknown[]): this {
    for (const handle of flattenHandlers(handlers)) {
      this.methods['_all'] = true
      this.stack.push(new Layer('/', {}, handle))
    }
    return this
  }

  /** Runs the handlers of the request's method, then `done`. */
  dispatch(req: RoutableRequest, res: RoutableResponse, done: Next): void {
    if (this.stack.length === 0) {
      done()
      return
    }
    req.route = this
    new RouteDispatch(this.stack, this.effectiveMethod(req.method), req, res, done).next()
  }

  /** Whether the route answers a method; HEAD is answered by GET. */
  _handlesMethod(method: string | undefined): boolean {
    if (this.methods['_all']) return true
    return Boolean(this.methods[this.effectiveMethod(method) as string])
  }

  /** The methods for an Allow field, in upper case. `_all` is left out, or given as `*`. */
  _methods(includeAll = false): string[] {
    const names: string[] = []
    for (const method of Object.keys(this.methods)) {
      if (method !== '_all') names.push(method.toUpperCase())
      else if (includeAll) names.push('*')
    }
    if (this.methods['get'] && !this.methods['head']) names.push('HEAD')
    return names
  }

  /** @internal */
  effectiveMethod(method: string | undefined): string | undefined {
    const name = typeof method === 'string' ? method.toLowerCase() : method
    return name === 'head' && !this.methods['head'] ? 'get' : name
  }
}

for (const method of methods) {
  Object.defineProperty(Route.prototype, method, {
    configurable: true,
    enumerable: true,
    writable: true,
    value: function addHandlers(this: Route, ...handlers: unknown[]): Route {
      for (const handle of flattenHandlers(handlers)) {
        const layer = new Layer('/', {}, handle)
        layer.method = method
        this.methods[method] = true
        this.stack.push(layer)
      }
      return this
    },
  })
}

/** @throws TypeError when there is no handler, or one is not a function. */
export function flattenHandlers(handlers: readonly unknown[]): Handle[] {
  const flat = handlers.flat(Number.POSITIVE_INFINITY)
  if (flat.length === 0) throw new TypeError('argument handler is required')
  for (const handle of flat) {
    if (typeof handle !== 'function') throw new TypeError('argument handler must be a function')
  }
  return flat as Handle[]
}
