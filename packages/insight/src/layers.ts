/**
 * `@nozomi/insight/layers`: an application as its stacks show it, for tools that are built on it.
 */
export { watchRegistrations } from './hosts/registrations.js'
export { ownerInside, routerOf } from './layers/mounted-application.js'
export { readLayers } from './layers/read-layers.js'
export { type ClosureScope, closureScopes } from './places/closure-scopes.js'
export { placeOf } from './routes/routes.js'
export { takesNoNext } from './routes/takes-no-next.js'
export { type RouteWay, routeWays, type StepBefore } from './routes/ways.js'
export type { PathPart } from './routes/route-tree.js'
export type { LayerKind, LayerNode } from './types/layer-tree.js'
export type { Place } from './types/place.js'
export type { AnyApplication, AnyHandler, StackLayer, StackRoute, StackRouter } from './types/stack.js'
