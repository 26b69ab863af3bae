import type {
  ErrorHandle,
  Handle,
  Next,
  Path,
  RequestHandle,
  RoutableRequest,
  RoutableResponse,
} from './messages.js'
import { compilePath } from './pattern/compile.js'
import type { Matcher, PatternOptions } from './pattern/matcher.js'
import { forwardRejection, isThenable, thrown } from './settle.js'
import { handlerChannel, runTraced } from './tracing.js'

/** What a layer that matches says: its part of the path, its parameters, and which of its paths it was. */
export interface LayerMatch {
  path: string
  params: Record<string, unknown>
  keys: readonly string[]
  pattern: Path
}

/** What the walk through a stack asks of the Route behind a layer. */
export interface RouteOfLayer {
  _handlesMethod(method: string | undefined): boolean
  _methods(): string[]
}

const NO_KEYS: readonly string[] = Object.freeze([])

/**
 * One entry of a stack: a path, and the handler that runs where it matches. Route listers, APM agents and NestJS
 * walk, wrap and splice these, so the fields are public and are read again for each request.
 */
export class Layer {
  /** The handler. Agents replace it by a wrapper with the same number of parameters. */
  handle: Handle
  name: string
  /** The path or paths as they were given. */
  rawPath: Path
  /** Matches every path without taking anything of it: `use()` without a path. */
  slash: boolean
  matchers: Matcher[]
  /** The Route behind a verb; undefined for middleware. */
  route: RouteOfLayer | undefined
  /** The verb, of a layer inside a Route; undefined for `all()`. */
  method: string | undefined
  /**
   * What the last call of `match()` found, for tools that ask a layer and then read it, as with the layers of Express 4.
   * Invariant: requests never write here, so that two of them can't see each other's values.
   */
  params: Record<string, unknown> | undefined
  path: string | undefined
  keys: readonly string[]

  constructor(path: Path, options: PatternOptions, handle: Handle) {
    this.handle = handle
    this.name = handle.name || '<anonymous>'
    this.rawPath = Array.isArray(path) ? flattenPaths(path) : path
    this.slash = path === '/' && options.end === false
    this.matchers = pathsOf(this.rawPath).map((one) => compilePath(one, options))
    this.route = undefined
    this.method = undefined
    this.params = undefined
    this.path = undefined
    this.keys = NO_KEYS
  }

  /** Asks whether the layer matches a path; the answer also stands in `params`, `path` and `keys`. */
  match(path: string | null | undefined): LayerMatch | false {
    const found = this.find(path)
    this.params = found === false ? undefined : found.params
    this.path = found === false ? undefined : found.path
    this.keys = found === false ? NO_KEYS : found.keys
    return found
  }

  /** As `match()`, without leaving anything on the layer: what requests use. */
  find(path: string | null | undefined): LayerMatch | false {
    if (path == null) return false
    if (this.slash) return { path: '', params: {}, keys: NO_KEYS, pattern: this.rawPath }
    const { matchers } = this
    for (let i = 0; i < matchers.length; i++) {
      const found = (matchers[i] as Matcher)(path)
      if (found === false) continue
      return {
        path: found.path,
        params: found.params,
        keys: Object.keys(found.params),
        pattern: Array.isArray(this.rawPath) ? (this.rawPath[i] as Path) : this.rawPath,
      }
    }
    return false
  }

  /** Runs the handler, or goes past it when it is an error handler. */
  handleRequest(req: RoutableRequest, res: RoutableResponse, next: Next): void {
    const handle = this.handle as RequestHandle
    if (handle.length > 3) {
      next()
      return
    }
    // Not the layer of a Route, whose own layers are traced one by one.
    if (this.route === undefined && handlerChannel.hasSubscribers) {
      const trace = { req, res, layer: this, handler: handle, route: undefined }
      runTraced(trace, next, (reportingNext) => handle(req, res, reportingNext))
      return
    }
    try {
      const result = handle(req, res, next)
      if (isThenable(result)) forwardRejection(result, req, next)
    } catch (error) {
      next(thrown(error, req))
    }
  }

  /** Runs the error handler, or hands the error on when it is none: that is told by exactly four parameters. */
  handleError(error: unknown, req: RoutableRequest, res: RoutableResponse, next: Next): void {
    const handle = this.handle as ErrorHandle
    if (handle.length !== 4) {
      next(error)
      return
    }
    if (handlerChannel.hasSubscribers) {
      const fields = { layer: this, handler: handle, route: undefined, errorHandler: true as const }
      runTraced({ req, res, ...fields, incomingError: error }, next, (reportingNext) =>
        handle(error, req, res, reportingNext),
      )
      return
    }
    try {
      const result = handle(error, req, res, next)
      if (isThenable(result)) forwardRejection(result, req, next)
    } catch (failure) {
      next(thrown(failure, req))
    }
  }
}

function flattenPaths(paths: readonly unknown[]): Path[] {
  return paths.flat(Number.POSITIVE_INFINITY) as Path[]
}

function pathsOf(path: Path): readonly Path[] {
  return Array.isArray(path) ? path : [path]
}
