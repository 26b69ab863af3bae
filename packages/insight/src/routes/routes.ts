import type { LayerKind, LayerNode } from '../types/layer-tree.js'
import type { Place } from '../types/place.js'
import type { AnyApplication, StackRouter } from '../types/stack.js'
import { type RouteWay, routeWays, type StepBefore } from './ways.js'

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
  return routeWays(app).map(entryOf)
}

function entryOf({ method, pattern, route, handlers, before }: RouteWay): RouteEntry {
  const shown = handlers.map(handlerOf)
  const place = route.registeredAt ?? shown[0]?.place ?? null
  return { method, pattern, handlers: shown, middleware: before.map(middlewareOf), place }
}

function middlewareOf({ node, path, runs }: StepBefore): RouteMiddleware {
  return { ...handlerOf(node), path, runs }
}

function handlerOf(node: LayerNode): RouteHandler {
  return { name: node.name, kind: node.kind, place: placeOf(node) }
}

/** The line of the application that put a layer there says more than where its function was written. */
export function placeOf(node: LayerNode): Place | null {
  const { registeredAt, kind, children } = node
  return registeredAt ?? (kind === 'route' ? (children[0]?.definedAt ?? null) : node.definedAt)
}
