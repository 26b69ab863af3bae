import { originOf, pathnameOf } from '../http/target.js'
import { answerOptions } from './automatic-options.js'
import { findMatch, type Layer, matchesAll, patternFor, type RouteOfLayer } from './layer.js'
import { mergeParams } from './merge-params.js'
import type { Next, ParamHandle, Params, Path, RoutableRequest, RoutableResponse } from './messages.js'
import { ParamDispatch, type ParamCalls } from './param-dispatch.js'
import type { PatternMatch } from './pattern/matcher.js'
import { StackCursor } from './stack-cursor.js'
import { MAX_SYNC_STEPS } from './sync-steps.js'
import { isTraced, matchedPattern, rememberError } from './tracing.js'
import { type WatchedStack, watchedStack } from './watched-stack.js'

/** What the walk reads of the router it goes through. */
export interface DispatchedRouter {
  stack: Layer[]
  [watchedStack]?: WatchedStack
  params: Record<string, ParamHandle[]>
  mergeParams: boolean | undefined
}

/**
 * One request on its way through the stack of one router.
 *
 * The dispatch finds the next layer that matches, cuts its prefix off `req.url`, and runs it; the layer gives the
 * request back through `next`, which puts the url right again and goes on. On the way out, `baseUrl`, `next` and
 * `params` are what they were on the way in.
 *
 * Runs for each request and each mounted router: no closure but `next`, and no lookup of a setting by name.
 */
export class RouterDispatch {
  readonly next: Next
  readonly #router: DispatchedRouter
  readonly #layers: StackCursor
  readonly #req: RoutableRequest
  readonly #res: RoutableResponse
  readonly #done: Next
  readonly #origin: string
  readonly #parentBaseUrl: string | undefined
  readonly #parentNext: Next | undefined
  readonly #parentParams: Params | undefined
  /** The methods of routes whose path matched an OPTIONS request; null for every other method. */
  readonly #allowed: string[] | null
  #url: string | undefined
  /** The path of `#url`. */
  #path: string | null | undefined
  #paramCalls: ParamCalls | null
  #syncSteps: number
  /** The prefix that was cut off `req.url` for the layer that runs. */
  #removed: string
  #slashAdded: boolean

  constructor(router: DispatchedRouter, req: RoutableRequest, res: RoutableResponse, done: Next) {
    this.#router = router
    this.#layers = new StackCursor(router)
    this.#req = req
    this.#res = res
    this.#done = done
    this.#origin = originOf(req.url) ?? ''
    this.#parentBaseUrl = req.baseUrl
    this.#parentNext = req.next
    this.#parentParams = req.params
    this.#allowed = req.method === 'OPTIONS' ? [] : null
    this.#url = undefined
    this.#path = undefined
    this.#paramCalls = null
    this.#syncSteps = 0
    this.#removed = ''
    this.#slashAdded = false
    // Perf: by way of a variable. V8 takes a function that is assigned to a property where it stands for a method of a
    // prototype, and allocates it among the old objects: each would keep its request alive until the next full
    // collection (measured on Node 24: 10 times the memory survives young collections, +25 % CPU a request).
    const next: Next = (error) => this.#advance(error)
    this.next = next
    req.next = next
    req.baseUrl = this.#parentBaseUrl || ''
    req.originalUrl = req.originalUrl || req.url!
  }

  #advance(error: unknown): void {
    if (error === undefined && this.#runNextForAll()) return
    let pending = error === 'route' ? null : error
    // An error has left the handler that it comes from: a router around this one must not report it as its own.
    if (error && isTraced()) rememberError(this.#req, error)
    this.#restoreUrl()
    // Parity: in a later turn, so that the handler which called `next` returns before the parent goes on, and so that
    // many routers behind one another don't fill the stack.
    if (pending === 'router' || this.#layers.isAtEnd()) {
      setImmediate(leaveLater, this, pending === 'router' ? null : pending)
      return
    }
    if (++this.#syncSteps > MAX_SYNC_STEPS) {
      setImmediate(this.next, error)
      return
    }
    const path = this.#pathname()
    if (path == null) {
      this.#leave(pending)
      return
    }
    this.#layers.lookUp(path)
    while (this.#layers.advance()) {
      const layer = this.#layers.layer as Layer
      if (matchesAll(layer)) {
        this.#runForAll(layer, path, pending)
        return
      }
      let match: PatternMatch | false
      try {
        match = findMatch(layer, path)
      } catch (malformed) {
        // Parity: a parameter that can't be decoded becomes the error of the request, unless there is one already. So
        // does what is no layer, such as the hole that `delete stack[i]` leaves: a guard may have stood there.
        if (isTraced()) rememberError(this.#req, malformed)
        pending = pending || malformed
        continue
      }
      if (match === false || !this.#answers(layer.route, pending)) continue
      this.#run(layer, match, path, pending)
      return
    }
    this.#leave(pending)
  }

  /**
   * What `next()` does most often, from one middleware without a path to the next one; false, and nothing has happened,
   * when there is more to it. Perf: one small function, which V8 compiles into one piece with the layer's. Without it, it
   * depends on what else was compiled before (82 ns a middleware, and 60 with it); bench/run.mjs middleware-90.
   */
  #runNextForAll(): boolean {
    const req = this.#req
    if (this.#removed.length !== 0 || this.#path == null || req.url !== this.#url) return false
    if (this.#syncSteps >= MAX_SYNC_STEPS) return false
    const layer = this.#layers.takeForAll()
    if (layer === null) return false
    this.#syncSteps++
    const params = new NoParams() as Params
    req.params = this.#router.mergeParams ? mergeParams(params, this.#parentParams) : params
    layer.handleRequest(req, this.#res, this.next)
    this.#syncSteps = 0
    return true
  }

  /** @internal */
  static leave(dispatch: RouterDispatch, error: unknown): void {
    dispatch.#leave(error)
  }

  /** The path of `req.url` as it now is. Perf: most handlers leave it as it was, and it is cut out once. */
  #pathname(): string | null | undefined {
    const { url } = this.#req
    if (url !== this.#url) {
      this.#url = url
      this.#path = pathnameOf(url)
    }
    return this.#path
  }

  /** Whether a layer whose path matched is meant: a route only without a pending error, and only for its methods. */
  #answers(route: RouteOfLayer | undefined, pending: unknown): boolean {
    if (route === undefined) return true
    if (pending) return false
    const { method } = this.#req
    if (route._handlesMethod(method)) return true
    if (this.#allowed !== null) this.#allowed.push(...route._methods())
    // Parity: a HEAD request enters a route that has no GET either; the route then finds nothing to run.
    return method === 'HEAD'
  }

  /** As `#run`, for middleware without a path: it takes nothing of the path, and has no parameters. */
  #runForAll(layer: Layer, path: string, pending: unknown): void {
    const params = new NoParams() as Params
    const req = this.#req
    req.params = this.#router.mergeParams ? mergeParams(params, this.#parentParams) : params
    this.#enter(layer, '', path, pending)
  }

  #run(layer: Layer, match: PatternMatch, path: string, pending: unknown): void {
    const req = this.#req
    if (layer.route !== undefined) req.route = layer.route
    req.params = this.#router.mergeParams ? mergeParams(match.params, this.#parentParams) : match.params
    if (isTraced()) {
      ;(req as { [matchedPattern]?: Path })[matchedPattern] = patternFor(layer, path)
    }
    if (match.keys.length === 0 || !hasCallbacks(this.#router.params, match.keys)) {
      this.#enter(layer, match.path, path, pending)
    } else {
      this.#runCallbacks(layer, match, path, pending)
    }
  }

  /** Apart from `#run`, which would make room for what the closure below uses whenever it runs. */
  #runCallbacks(layer: Layer, match: PatternMatch, path: string, pending: unknown): void {
    this.#paramCalls ??= Object.create(null) as ParamCalls
    const { params: callbacks } = this.#router
    const params = new ParamDispatch(callbacks, layer, match.keys, this.#paramCalls, this.#req, this.#res)
    params.run((error) => {
      if (error) {
        this.next(pending || error)
        this.#syncSteps = 0
      } else {
        this.#enter(layer, match.path, path, pending)
      }
    })
  }

  #enter(layer: Layer, prefix: string, path: string, pending: unknown): void {
    if (layer.route !== undefined) layer.handleRequest(this.#req, this.#res, this.next)
    else if (!this.#cutPrefix(prefix, path)) this.next(pending)
    else if (pending) layer.handleError(pending, this.#req, this.#res, this.next)
    else layer.handleRequest(this.#req, this.#res, this.next)
    this.#syncSteps = 0
  }

  /** Hides from a middleware the part of the path it is mounted on. False when that is no whole segment. */
  #cutPrefix(prefix: string, path: string): boolean {
    if (prefix.length === 0) return true
    const req = this.#req
    if (!path.startsWith(prefix)) return false
    const following = path[prefix.length]
    if (following && following !== '/') return false
    this.#removed = prefix
    const url = req.url as string
    req.url = this.#origin + url.slice(this.#origin.length + prefix.length)
    if (!this.#origin && req.url[0] !== '/') {
      req.url = `/${req.url}`
      this.#slashAdded = true
    }
    const base = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix
    req.baseUrl = (this.#parentBaseUrl || '') + base
    return true
  }

  #restoreUrl(): void {
    const req = this.#req
    const removed = this.#removed
    if (this.#slashAdded) {
      const url = req.url as string
      const isRoot = url === '/' || url.startsWith('/?')
      // Unless the middleware rewrote the path, under a prefix that has no slash at its end.
      if (isRoot || (removed.endsWith('/') && url[0] === '/')) req.url = url.slice(1)
      this.#slashAdded = false
    }
    if (removed.length !== 0) {
      req.baseUrl = this.#parentBaseUrl || ''
      req.url = this.#origin + removed + (req.url as string).slice(this.#origin.length)
      this.#removed = ''
    }
  }

  #leave(error: unknown): void {
    if (error || this.#allowed === null || this.#allowed.length === 0) this.#giveBack(error)
    else answerOptions(this.#res, this.#allowed, (failure) => this.#giveBack(failure))
  }

  /** To the parent, as it was on the way in. */
  #giveBack(error: unknown): void {
    const req = this.#req
    req.baseUrl = this.#parentBaseUrl as string
    req.next = this.#parentNext as Next
    req.params = this.#parentParams as Params
    this.#done(error)
  }
}

const leaveLater = RouterDispatch.leave

/**
 * What `{}` makes, without the room that a literal has for fields to come. Perf: one for each middleware that runs.
 */
const NoParams = function Object() {} as unknown as new () => object
NoParams.prototype = Object.prototype

function hasCallbacks(callbacks: Record<string, ParamHandle[]>, keys: readonly string[]): boolean {
  for (let i = 0; i < keys.length; i++) if (callbacks[keys[i] as string] !== undefined) return true
  return false
}
