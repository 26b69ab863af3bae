import { METHODS } from 'node:http'
import { readLayers } from '../layers/read-layers.js'
import type { LayerKind, LayerNode } from '../types/layer-tree.js'
import type { Place } from '../types/place.js'
import type { AnyApplication, StackRouter } from '../types/stack.js'
import { coverageOf, type Coverage, type Pattern } from './pattern.js'
import { flatten, type FullPath, type PlacedNode } from './route-tree.js'
import { takesNoNext } from './takes-no-next.js'

/** How a route for every method is shown. */
const ALL = 'ALL'

/** A function that runs for a route. */
export interface RouteHandler {
  readonly name: string
  readonly kind: LayerKind
  /** Where the application added it; where that is not known, where it stands. */
  readonly place: Place | null
}

/** Middleware that comes before a route. */
export interface RouteMiddleware extends RouteHandler {
  /** Its path, with those of its mounts. */
  readonly path: string
  /** `sometimes`: only for some of the paths that the route matches, as `/users/me` for `/users/:id`. */
  readonly runs: 'always' | 'sometimes'
}

/** One method of one route. */
export interface RouteEntry {
  /** In upper case; `ALL` for every method, or for every other one. */
  readonly method: string
  /** With the paths of its mounts: `/api/users/:id`. */
  readonly pattern: string
  /** The handlers of this method, in order. */
  readonly handlers: readonly RouteHandler[]
  /** What a request passes before it comes to the handlers, in order, if each calls `next`. */
  readonly middleware: readonly RouteMiddleware[]
  readonly place: Place | null
}

/**
 * Every route of an application, with those of its routers and mounted applications, in the order in which a request meets
 * them: one entry for each method and each path.
 *
 * Error handlers are no middleware of a route: they run when something failed. Places say where the application added the
 * layer; those need `insight(app)`, without it they say where the function stands.
 *
 * @throws TypeError when `app` is neither an application nor a Router.
 */
export function routes(app: AnyApplication | StackRouter): RouteEntry[] {
  const before: PlacedNode[] = []
  const entries: RouteEntry[] = []
  for (const placed of flatten(readLayers(app))) {
    const { node } = placed
    // With more than four parameters a function never runs; with four it is an error handler.
    if (node.kind === 'middleware' && (node.handler?.length ?? 0) <= 3) before.push(placed)
    if (node.kind !== 'route') continue
    for (const path of placed.paths) {
      const middleware = middlewareOf(path, before)
      for (const method of methodsOf(node)) entries.push(entryOf(node, method, path.text, middleware))
    }
    // A guard for many routes: `app.all('/admin/*path', requireAdmin)`.
    if (isGuard(node)) before.push(placed)
  }
  return entries
}

/** `ALL` beside others when some handlers are for every method, as in `route.get(show).all(notAllowed)`. */
function methodsOf(node: LayerNode): readonly string[] {
  const explicit = [...new Set(node.children.flatMap(({ methods }) => methods))]
  // `app.all()` adds each handler for each method.
  if (METHODS.every((method) => explicit.includes(method))) return [ALL]
  return node.children.some(({ methods }) => methods.length === 0) ? [...explicit, ALL] : explicit
}

function entryOf(
  node: LayerNode,
  method: string,
  pattern: string,
  middleware: readonly RouteMiddleware[],
): RouteEntry {
  const handlers = childrenFor(node, method).map(handlerOf)
  const place = node.registeredAt ?? handlers[0]?.place ?? null
  return { method, pattern, handlers, middleware, place }
}

/** The handlers that run for a method; for all others, those that are for every method. */
function childrenFor(node: LayerNode, method: string): LayerNode[] {
  const isEach = method === ALL && node.children.every(({ methods }) => methods.length > 0)
  const shown = isEach ? node.children[0]?.methods[0] : method
  return node.children.filter(({ methods }) => methods.length === 0 || methods[0] === shown)
}

/** Whether a route has handlers for every method, and gives requests on. */
function isGuard(node: LayerNode): boolean {
  if (node.methods.length > 0) return false
  const handlers = childrenFor(node, ALL).flatMap(({ handler }) => handler ?? [])
  return handlers.length > 0 && !handlers.some(takesNoNext)
}

function handlerOf(node: LayerNode): RouteHandler {
  return { name: node.name, kind: node.kind, place: placeOf(node) }
}

/** The line of the application that put a layer there says more than where its function was written. */
export function placeOf(node: LayerNode): Place | null {
  const { registeredAt, kind, children } = node
  return registeredAt ?? (kind === 'route' ? (children[0]?.definedAt ?? null) : node.definedAt)
}

function middlewareOf(path: FullPath, before: readonly PlacedNode[]): RouteMiddleware[] {
  return before.flatMap((placed) => {
    const runs = coverageOfPath(placed, path)
    if (runs === 'never') return []
    const { node } = placed
    const nodes = node.kind === 'route' ? childrenFor(node, ALL) : [node]
    return nodes.map((one) => ({ ...handlerOf(one), path: node.fullPaths.join(', '), runs }))
  })
}

/** Of several paths of the layer the one that takes most; of the variants of the route all are to be taken. */
function coverageOfPath({ node, paths }: PlacedNode, path: FullPath): Coverage {
  const own = paths.flatMap(({ patterns }) => patterns)
  const all = path.patterns.map((route) => mostOf(own, node.kind !== 'route', route))
  if (all.every((one) => one === 'always')) return 'always'
  return all.every((one) => one === 'never') ? 'never' : 'sometimes'
}

function mostOf(layers: readonly Pattern[], isPrefix: boolean, route: Pattern): Coverage {
  let most: Coverage = 'never'
  for (const layer of layers) {
    const coverage = coverageOf(layer, isPrefix, route)
    if (coverage === 'always') return 'always'
    if (coverage === 'sometimes') most = 'sometimes'
  }
  return most
}
