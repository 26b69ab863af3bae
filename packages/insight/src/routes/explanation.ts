import type { AnyHandler } from '../types/stack.js'
import type { LayerKind } from '../types/layer-tree.js'
import type { Place } from '../types/place.js'

/**
 * What becomes of a layer for one request: it runs, if each one before it gives the request on; it would run, but one before it
 * answers as far as can be told; or it does not.
 */
export type Verdict = 'runs' | 'unreached' | 'skipped'

/** Why a layer is skipped; `none` when it is not. */
export type SkipReason =
  | 'none'
  | 'path'
  | 'method'
  | 'part-of-a-segment'
  | 'no-error'
  | 'pending-error'
  | 'parameters'
  | 'undecodable'
  | 'no-layer'
  | 'answered'
  | 'endless'

/** One layer, as one request meets it. */
export interface ExplainedLayer {
  readonly kind: LayerKind | 'param'
  readonly name: string
  /** As registered; of a callback of `param()` the parameter: `:id`. */
  readonly path: string
  /** The same with the paths of its mounts. */
  readonly pattern: string
  /** In upper case; empty for every method. */
  readonly methods: readonly string[]
  readonly place: Place | null
  /** How many routes, routers and applications are around it. */
  readonly depth: number
  readonly verdict: Verdict
  readonly reason: SkipReason
  /** The reason as a sentence; for one that runs, what is to be known of it. */
  readonly why: string
  /** `req.url` and `req.baseUrl` as the layer sees them. */
  readonly url: string
  readonly baseUrl: string
  /** `req.params` as it sees them, decoded. */
  readonly params: Readonly<Record<string, unknown>>
  readonly handler: AnyHandler | null
}

/** How a request ends, as far as can be told without running it. */
export interface Ending {
  /**
   * `handler`: the last handler of a route, or one that takes no `next`. `options`: the router answers with the methods.
   * `not-found` and `error`: nobody does, and the application answers 404, or with the error's status. `endless`: a router is
   * mounted in itself.
   */
  readonly by: 'handler' | 'options' | 'not-found' | 'error' | 'endless'
  /** What the framework answers; null when a handler decides. */
  readonly status: number | null
  readonly layer: ExplainedLayer | null
  /** One sentence. */
  readonly text: string
}

/** How a route that is near differs from the request. */
export type Difference = 'method' | 'trailing-slash' | 'case' | 'typo' | 'segment' | 'mount-prefix'

/** A route that would have answered a request that is a little different. */
export interface NearRoute {
  readonly method: string
  /** With the paths of its mounts. */
  readonly pattern: string
  readonly place: Place | null
  readonly differs: readonly Difference[]
  /** One sentence: what differs. */
  readonly text: string
  /** A path that comes to it, asked of the layers; null for a route that only text says to be near. */
  readonly instead: string | null
}

export interface Explanation {
  readonly method: string
  /** Path and query as a server gets them. */
  readonly url: string
  /** Every layer that the request meets, in order. */
  readonly layers: readonly ExplainedLayer[]
  readonly end: Ending
  /** The parameters of the route that it comes to; empty when there is none. */
  readonly params: Readonly<Record<string, unknown>>
  /** When no route takes the request: those that nearly do, the nearest first. */
  readonly nearest: readonly NearRoute[]
}
