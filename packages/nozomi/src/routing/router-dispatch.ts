import { originOf, pathnameOf } from '../http/target.js'
import { answerOptions } from './automatic-options.js'
import { Layer, type LayerMatch, type RouteOfLayer } from './layer.js'
import { mergeParams } from './merge-params.js'
import type { Next, ParamHandle, Params, Path, RoutableRequest, RoutableResponse } from './messages.js'
import { ParamDispatch, type ParamCalls } from './param-dispatch.js'
import { MAX_SYNC_STEPS } from './sync-steps.js'
import { handlerChannel, matchedPattern, rememberError } from './tracing.js'

/** What the walk reads of the router it goes through. */
export interface DispatchedRouter {
  stack: Layer[]
  params: Record<string, ParamHandle[]>
  mergeParams: boolean | undefined
}

/**
 * One request on its way through the stack of one router: the linear walk.
 *
 * The walk finds the next layer that matches, cuts its prefix off `req.url`, and runs it; the layer gives the
 * request back through `next`, which puts the url right again and goes on. On the way out, `baseUrl`, `next` and
 * `params` are what they were on the way in.
 *
 * Runs for each request and each mounted router: no closure but `next`, and no lookup of a setting by name.
 */
export class RouterDispatch {
  readonly next: Next
  readonly #router: DispatchedRouter
  readonly #stack: readonly Layer[]
  readonly #req: RoutableRequest
  readonly #res: RoutableResponse
  readonly #done: Next
  readonly #origin: string
  readonly #parentBaseUrl: string | undefined
  readonly #parentNext: Next | undefined
  readonly #parentParams: Params | undefined
  /** The methods of routes whose path matched an OPTIONS request; null for every other method. */
  readonly #allowed: string[] | null
  #paramCalls: ParamCalls | null
  #index: number
  #syncSteps: number
  /** The prefix that was cut off `req.url` for the layer that runs. */
  #removed: string
  #slashAdded: boolean

  constructor(router: DispatchedRouter, req: RoutableRequest, res: RoutableResponse, done: Next) {
    this.#router = router
    this.#stack = router.stack
    this.#req = req
    this.#res = res
    this.#done = done
    this.#origin = originOf(req.url) ?? ''
    this.#parentBaseUrl = req.baseUrl
    this.#parentNext = req.next
    this.#parentParams = req.params
    this.#allowed = req.method === 'OPTIONS' ? [] : null
    this.#paramCalls = null
    this.#index = 0
    this.#syncSteps = 0
    this.#removed = ''
    this.#slashAdded = false
    this.next = (error) => this.#advance(error)
    req.next = this.next
    req.baseUrl = this.#parentBaseUrl || ''
    req.originalUrl = req.originalUrl || req.url!
  }

  #advance(error: unknown): void {
    let pending = error === 'route' ? null : error
    // An error has left the handler that it comes from: a router around this one must not report it as its own.
    if (error && handlerChannel.hasSubscribers) rememberError(this.#req, error)
    this.#restoreUrl()
    if (pending === 'router') {
      this.#leave(null)
      return
    }
    if (this.#index >= this.#stack.length) {
      this.#leave(pending)
      return
    }
    if (++this.#syncSteps > MAX_SYNC_STEPS) {
      setImmediate(this.next, error)
      return
    }
    const path = pathnameOf(this.#req.url)
    if (path == null) {
      this.#leave(pending)
      return
    }
    while (this.#index < this.#stack.length) {
      const layer = this.#stack[this.#index++] as Layer
      let match: LayerMatch | false
      try {
        match = findMatch(layer, path)
      } catch (malformed) {
        // Parity: a parameter that can't be decoded becomes the error of the request, unless there is one already.
        if (handlerChannel.hasSubscribers) rememberError(this.#req, malformed)
        pending = pending || malformed
        continue
      }
      if (match === false || !this.#answers(layer.route, pending)) continue
      this.#run(layer, match, path, pending)
      return
    }
    this.#leave(pending)
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

  #run(layer: Layer, match: LayerMatch, path: string, pending: unknown): void {
    const req = this.#req
    if (layer.route !== undefined) req.route = layer.route
    req.params = this.#router.mergeParams ? mergeParams(match.params, this.#parentParams) : match.params
    if (handlerChannel.hasSubscribers) (req as { [matchedPattern]?: Path })[matchedPattern] = match.pattern
    if (match.keys.length === 0) {
      this.#enter(layer, match, path, pending)
      return
    }
    this.#paramCalls ??= Object.create(null) as ParamCalls
    const params = new ParamDispatch(this.#router.params, layer, match.keys, this.#paramCalls, req, this.#res)
    if (!params.hasCallbacks()) {
      this.#enter(layer, match, path, pending)
      return
    }
    params.run((error) => {
      if (error) {
        this.next(pending || error)
        this.#syncSteps = 0
      } else {
        this.#enter(layer, match, path, pending)
      }
    })
  }

  #enter(layer: Layer, match: LayerMatch, path: string, pending: unknown): void {
    if (layer.route !== undefined) layer.handleRequest(this.#req, this.#res, this.next)
    else if (!this.#cutPrefix(match.path, path)) this.next(pending)
    else if (pending) layer.handleError(pending, this.#req, this.#res, this.next)
    else layer.handleRequest(this.#req, this.#res, this.next)
    this.#syncSteps = 0
  }

  /** Hides from a middleware the part of the path it is mounted on. False when that is no whole segment. */
  #cutPrefix(prefix: string, path: string): boolean {
    if (prefix.length === 0) return true
    const req = this.#req
    if (prefix !== path.slice(0, prefix.length)) return false
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
    const req = this.#req
    req.baseUrl = this.#parentBaseUrl as string
    req.next = this.#parentNext as Next
    req.params = this.#parentParams as Params
    if (error || this.#allowed === null || this.#allowed.length === 0) this.#done(error)
    else answerOptions(this.#res, this.#allowed, this.#done)
  }
}

const ownMatch = Layer.prototype.match

/** Asks a layer; one whose `match` was replaced (by an agent, or because it comes from elsewhere) the public way. */
function findMatch(layer: Layer, path: string): LayerMatch | false {
  if (layer.match === ownMatch) return layer.find(path)
  const found = layer.match(path) as LayerMatch | boolean
  if (typeof found === 'object') return found
  if (!found) return false
  const params = layer.params ?? {}
  return { path: layer.path ?? '', params, keys: Object.keys(params), pattern: layer.rawPath }
}
