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
import type { Matcher, PatternMatch, PatternOptions } from './pattern/matcher.js'
import type { StaticHead } from './pattern/static-head.js'
import { forwardRejection, isThenable, thrown } from './settle.js'
import { isTraced, runTraced } from './tracing.js'

/** What the walk through a stack asks of the Route behind a layer. */
export interface RouteOfLayer {
  _handlesMethod(method: string | undefined): boolean
  _methods(): string[]
}

/** What `layer.match()` gives: also which of the paths it was. */
export interface LayerMatch extends PatternMatch {
  pattern: Path
}

const NO_KEYS: readonly string[] = Object.freeze([])

/** @internal How a layer matches. Symbols, and no private fields: tools copy layers, derive from them and wrap them. */
const ownSlash = Symbol('nozomi.slash')
const ownMatchers = Symbol('nozomi.matchers')
const ownHeads = Symbol('nozomi.heads')
const ownHandle = Symbol('nozomi.handle')
const ownArity = Symbol('nozomi.arity')

/** The matchers of a layer. Their heads stand on the array itself: a copy of a layer has the same array. */
interface Matchers extends Array<Matcher> {
  [ownHeads]?: readonly StaticHead[] | null
}

/** What `Layer.prototype.match` is, and how often a layer's way of matching was replaced after it was made. */
const matching = { method: matchLayer as MatchMethod, replacements: 0 }

/**
 * One entry of a stack: a path, and the handler that runs where it matches. Route listers, APM agents and NestJS
 * walk, wrap and splice these, so the fields are public and are read again for each request.
 *
 * The fields are declared, not defined: an accessor that somebody puts on the prototype gets what is assigned to it.
 */
export class Layer {
  /** The handler. Agents replace it by a wrapper with the same number of parameters. */
  declare handle: Handle
  declare name: string
  /** The path or paths as they were given. */
  declare rawPath: Path
  /** The Route behind a verb; undefined for middleware. */
  declare route: RouteOfLayer | undefined
  /** The verb, of a layer inside a Route; undefined for `all()`. */
  declare method: string | undefined
  /**
   * What the last call of `match()` found, for tools that ask a layer and then read it, as with the layers of Express 4.
   * Invariant: requests never write here, so that two of them can't see each other's values.
   */
  declare params: Record<string, unknown> | undefined
  declare path: string | undefined
  declare keys: readonly string[]

  declare [ownSlash]: boolean
  declare [ownMatchers]: Matchers
  declare [ownHandle]: Handle
  declare [ownArity]: number

  constructor(path: Path, options: PatternOptions, handle: Handle) {
    this.handle = handle
    this.name = handle.name || '<anonymous>'
    this.rawPath = Array.isArray(path) ? flattenPaths(path) : path
    this.route = undefined
    this.method = undefined
    this.params = undefined
    this.path = undefined
    this.keys = NO_KEYS
    const compiled = pathsOf(this.rawPath).map((one) => compilePath(one, options))
    this[ownSlash] = path === '/' && options.end === false
    this[ownMatchers] = compiled.map(({ matcher }) => matcher)
    this[ownMatchers][ownHeads] = compiled.map(({ head }) => head)
    this[ownHandle] = handle
    this[ownArity] = handle.length
  }

  /** Matches every path without taking anything of it: `use()` without a path. */
  get slash(): boolean {
    return this[ownSlash]
  }

  set slash(value: boolean) {
    this[ownSlash] = value
    matching.replacements++
  }

  /** One for each path. */
  get matchers(): Matcher[] {
    return new Proxy(this[ownMatchers], {
      set: (matchers, name, value) => {
        matchers[ownHeads] = null
        matching.replacements++
        return Reflect.set(matchers, name, value)
      },
    })
  }

  set matchers(value: Matcher[]) {
    this[ownMatchers] = value
    matching.replacements++
  }

  /**
   * Asks whether the layer matches a path; the answer also stands in `params`, `path` and `keys`. It can be replaced,
   * on the prototype or on one layer, and is then asked for each request.
   */
  get match(): MatchMethod {
    return matching.method
  }

  set match(method: MatchMethod) {
    if (this === Layer.prototype) {
      matching.method = method
      return
    }
    Object.defineProperty(this, 'match', {
      value: method,
      configurable: true,
      enumerable: true,
      writable: true,
    })
    matching.replacements++
  }

  /** Runs the handler, or goes past it when it is an error handler. */
  handleRequest(req: RoutableRequest, res: RoutableResponse, next: Next): void {
    const handle = this.handle as RequestHandle
    if (arityOf(this, handle) > 3) {
      next()
      return
    }
    // Not the layer of a Route, whose own layers are traced one by one.
    if (this.route === undefined && isTraced()) {
      traceRequest(this, handle, req, res, next)
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
    if (arityOf(this, handle) !== 4) {
      next(error)
      return
    }
    if (isTraced()) {
      traceError(this, handle, error, req, res, next)
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

/*
 * Perf: the two that follow are apart from the methods they serve. A function that has a closure makes room for what
 * the closure uses whenever it runs, also on the ways that don't come to it.
 */

function traceRequest(
  layer: Layer,
  handle: RequestHandle,
  req: RoutableRequest,
  res: RoutableResponse,
  next: Next,
): void {
  const trace = { req, res, layer, handler: handle, route: patternOfAll(layer) }
  runTraced(trace, next, (reportingNext) => handle(req, res, reportingNext))
}

function traceError(
  layer: Layer,
  handle: ErrorHandle,
  error: unknown,
  req: RoutableRequest,
  res: RoutableResponse,
  next: Next,
): void {
  const fields = { layer, handler: handle, route: patternOfAll(layer), errorHandler: true as const }
  runTraced({ req, res, ...fields, incomingError: error }, next, (reportingNext) =>
    handle(error, req, res, reportingNext),
  )
}

/**
 * How many parameters a handler has. Perf: to read the length of a function is a call into the engine, 8 ns each time; it
 * is kept of the handler that the layer was made with, and read of one that stands in its place.
 */
function arityOf(layer: Layer, handle: Handle): number {
  return handle === layer[ownHandle] ? layer[ownArity] : handle.length
}

/** What middleware without a path matched. Perf: the dispatch does not leave it on the request, as it does others. */
function patternOfAll(layer: Layer): Path | undefined {
  return layer[ownSlash] ? layer.rawPath : undefined
}

type MatchMethod = (this: Layer, path: string | null | undefined) => unknown

/** `layer.match()`. */
function matchLayer(this: Layer, path: string | null | undefined): LayerMatch | false {
  const found = path == null ? false : matchPatterns(this, path)
  this.params = found === false ? undefined : found.params
  this.path = found === false ? undefined : found.path
  this.keys = found === false ? NO_KEYS : found.keys
  return found && { ...found, pattern: patternFor(this, path as string) }
}

/** Whether nobody stands between requests and the patterns of layers: `Layer.prototype.match` is our own. */
export function isMatchUnpatched(): boolean {
  return Layer.prototype.match === matchLayer
}

/** Counts the layers whose way of matching was replaced: what was derived from layers before is no longer true. */
export function layerReplacements(): number {
  return matching.replacements
}

/** The static heads of a layer's paths (pattern/static-head.ts); null when it has to be asked about every path. */
export function headsOf(layer: Layer | undefined): readonly StaticHead[] | null {
  if (layer?.match !== matchLayer || layer[ownSlash]) return null
  return layer[ownMatchers]?.[ownHeads] ?? null
}

/** Middleware without a path, which is asked in no other way: it matches whatever the path is. */
export function matchesAll(layer: Layer | undefined): boolean {
  return layer?.[ownSlash] === true && layer.match === matchLayer && layer.route === undefined
}

/**
 * Asks a layer, and leaves nothing on it: what requests use. One whose `match` was replaced (by an agent, or because it
 * comes from elsewhere) is asked the public way.
 */
export function findMatch(layer: Layer, path: string): PatternMatch | false {
  const isOwn = layer.match === matchLayer && layer[ownMatchers] !== undefined
  return isOwn ? matchPatterns(layer, path) : askLayer(layer, path)
}

function matchPatterns(layer: Layer, path: string): PatternMatch | false {
  if (layer[ownSlash]) return { path: '', params: {}, keys: NO_KEYS }
  const matchers = layer[ownMatchers]
  for (let i = 0; i < matchers.length; i++) {
    const found = (matchers[i] as Matcher)(path)
    if (found !== false) return withKeys(found)
  }
  return false
}

/** Which of its paths it was that matched; for a trace. */
export function patternFor(layer: Layer, path: string): Path {
  if (!Array.isArray(layer.rawPath)) return layer.rawPath
  const index = layer[ownMatchers]?.findIndex((matches) => matches(path) !== false) ?? 0
  return layer.rawPath[index] as Path
}

function askLayer(layer: Layer, path: string): PatternMatch | false {
  const found = layer.match(path) as PatternMatch | boolean
  if (typeof found === 'object') return withKeys(found)
  return found ? withKeys({ path: layer.path ?? '', params: layer.params ?? {} } as PatternMatch) : false
}

/** A matcher that somebody else made says less. */
function withKeys(found: PatternMatch): PatternMatch {
  return found.keys === undefined ? { ...found, keys: Object.keys(found.params ?? {}) } : found
}

function flattenPaths(paths: readonly unknown[]): Path[] {
  return paths.flat(Number.POSITIVE_INFINITY) as Path[]
}

function pathsOf(path: Path): readonly Path[] {
  return Array.isArray(path) ? path : [path]
}
