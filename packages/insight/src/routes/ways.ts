import { METHODS } from 'node:http'
import { readLayers } from '../layers/read-layers.js'
import type { LayerNode } from '../types/layer-tree.js'
import type { AnyApplication, StackRouter } from '../types/stack.js'
import { coverageOf, type Coverage, type Pattern } from './pattern.js'
import { flatten, type FullPath, type PathPart, type PlacedNode } from './route-tree.js'
import { takesNoNext } from './takes-no-next.js'

/** How a route for every method is shown. */
const ALL = 'ALL'

/** A layer that comes before a route. */
export interface StepBefore {
  /** Middleware, or a handler of a route for every method that gives requests on. */
  readonly node: LayerNode
  /** The paths of the layer it stands for, as text. */
  readonly path: string
  /** `sometimes`: only for some of the paths that the route matches, as `/users/me` for `/users/:id`. */
  readonly runs: 'always' | 'sometimes'
}

/** One method of one path of a route, with what a request meets on its way there. */
export interface RouteWay {
  /** In upper case; `ALL` for every method, or for every other one. */
  readonly method: string
  /** With the paths of its mounts, as text: `/api/users/:id`. */
  readonly pattern: string
  /** The same path by path, the outermost mount first; null for one that the layer did not keep. */
  readonly parts: readonly PathPart[]
  readonly route: LayerNode
  /** Those of this method, in order. */
  readonly handlers: readonly LayerNode[]
  /** What a request passes before it comes to the handlers, in order, if each calls `next`. */
  readonly before: readonly StepBefore[]
  /** It is for every method and gives requests on: it guards what follows, and is itself no end of anything. */
  readonly isGuard: boolean
}

/**
 * Every route of an application in the order in which a request meets them: one entry for each method and each path.
 *
 * @throws TypeError when `app` is neither an application nor a Router.
 */
export function routeWays(app: AnyApplication | StackRouter): RouteWay[] {
  const before: PlacedNode[] = []
  const ways: RouteWay[] = []
  for (const placed of flatten(readLayers(app))) {
    const { node } = placed
    // With more than four parameters a function never runs; with four it is an error handler.
    if (node.kind === 'middleware' && (node.handler?.length ?? 0) <= 3) before.push(placed)
    if (node.kind !== 'route') continue
    const guards = isGuard(node)
    for (const path of placed.paths) {
      const shared = { pattern: path.text, parts: path.parts, route: node, isGuard: guards }
      const steps = stepsBefore(path, before)
      for (const method of methodsOf(node)) {
        ways.push({ ...shared, method, handlers: childrenFor(node, method), before: steps })
      }
    }
    // A guard for many routes: `app.all('/admin/*path', requireAdmin)`.
    if (guards) before.push(placed)
  }
  return ways
}

/** `ALL` beside others when some handlers are for every method, as in `route.get(show).all(notAllowed)`. */
function methodsOf(node: LayerNode): readonly string[] {
  const explicit = [...new Set(node.children.flatMap(({ methods }) => methods))]
  // `app.all()` adds each handler for each method.
  if (METHODS.every((method) => explicit.includes(method))) return [ALL]
  return node.children.some(({ methods }) => methods.length === 0) ? [...explicit, ALL] : explicit
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

function stepsBefore(path: FullPath, before: readonly PlacedNode[]): StepBefore[] {
  return before.flatMap((placed) => {
    const runs = coverageOfPath(placed, path)
    if (runs === 'never') return []
    const { node } = placed
    const nodes = node.kind === 'route' ? childrenFor(node, ALL) : [node]
    return nodes.map((one) => ({ node: one, path: node.fullPaths.join(', '), runs }))
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
