import type { LayerNode } from '../types/layer-tree.js'
import type { Place } from '../types/place.js'
import type { AnyHandler } from '../types/stack.js'
import { placeOfFunction } from '../places/function-place.js'
import type { Params } from './ask-layer.js'
import type { ExplainedLayer, SkipReason, Verdict } from './explanation.js'
import { placeOf } from './routes.js'

/** The request, as a layer sees it. */
export interface Position {
  readonly url: string
  readonly baseUrl: string
  readonly params: Params
  readonly depth: number
}

export interface Outcome {
  readonly verdict: Verdict
  readonly reason: SkipReason
  readonly why: string
}

/** What an explanation says of a layer. Its place is looked up when it is asked for: there may be thousands of layers. */
export function explainLayer(node: LayerNode, position: Position, outcome: Outcome): ExplainedLayer {
  const { kind, name, methods, handler } = node
  return {
    kind,
    name,
    path: node.paths.map(String).join(', '),
    pattern: node.fullPaths.join(', '),
    methods,
    ...position,
    ...outcome,
    handler,
    get place(): Place | null {
      return placeOf(node)
    },
  }
}

/** The same for a callback of `param()`. */
export function explainParam(
  name: string,
  callback: AnyHandler,
  position: Position,
  outcome: Outcome,
): ExplainedLayer {
  return {
    kind: 'param',
    name: callback.name || '<anonymous>',
    path: `:${name}`,
    pattern: `:${name}`,
    methods: [],
    ...position,
    ...outcome,
    handler: callback,
    get place(): Place | null {
      return placeOfFunction(callback)
    },
  }
}

/**
 * Parity: hides from middleware the part of the path that it is mounted on. Null when that does not end where a segment does: a
 * pattern such as `/^\/a/` matches a part of `/ab`, and the router then goes on.
 */
export function cutPrefix(position: Position, prefix: string, path: string): Position | null {
  if (prefix === '') return position
  const following = path[prefix.length]
  if (!path.startsWith(prefix) || (following !== undefined && following !== '/')) return null
  const rest = position.url.slice(prefix.length)
  const base = prefix.endsWith('/') ? prefix.slice(0, -1) : prefix
  return {
    ...position,
    url: rest.startsWith('/') ? rest : `/${rest}`,
    baseUrl: position.baseUrl + base,
  }
}

/** Parity: with `mergeParams` a router adds its parameters to those of its parent; numbered ones go behind the parent's. */
export function mergeParams(own: Params, parent: Params): Params {
  if (!(0 in own) || !(0 in parent)) return { ...parent, ...own }
  const shift = countNumbered(parent)
  const numbered = countNumbered(own)
  const shifted = Object.entries(own).map(([key, value]) => {
    const isNumbered = String(Number(key)) === key && Number(key) < numbered
    return [isNumbered ? Number(key) + shift : key, value] as const
  })
  return { ...parent, ...Object.fromEntries(shifted) }
}

function countNumbered(params: Params): number {
  let count = 0
  while (count in params) count++
  return count
}
