import type { Place } from './place.js'
import type { AnyApplication, AnyHandler, StackLayer, StackRouter } from './stack.js'

/** What a layer of a stack is. */
export type LayerKind = 'application' | 'router' | 'route' | 'handler' | 'middleware' | 'error-handler'

/**
 * One layer of an application, with those inside it: what `readLayers(app)` gives, and what the route list, `explain`, the
 * audit and the inspector are made from. A snapshot: layers added later are not in it.
 */
export interface LayerNode {
  readonly kind: LayerKind
  /** The name of the function, of an application or router the name of its variable where it is known; `<anonymous>`. */
  readonly name: string
  /** The paths as registered; `/` for middleware without a path. A regular expression is one. */
  readonly paths: readonly (string | RegExp)[]
  /** The paths with those of all mounts in front, as text: `/api/users/:id`. */
  readonly fullPaths: readonly string[]
  /** Of a route or a handler, in upper case; empty for every method, and for all that is no route. */
  readonly methods: readonly string[]
  /** The function; of a route null. */
  readonly handler: AnyHandler | null
  readonly layer: StackLayer
  /** The application or router whose stack it stands in. */
  readonly owner: AnyApplication | StackRouter
  /** Where the function stands. */
  readonly definedAt: Place | null
  /** Where `use`, `get` and the like was called; null for what was registered before anybody watched. */
  readonly registeredAt: Place | null
  /** Of a route its handlers; of a router or application its layers. */
  readonly children: readonly LayerNode[]
  /** The router or application is one of its own ancestors: its layers are not repeated. */
  readonly isCyclic: boolean
}
