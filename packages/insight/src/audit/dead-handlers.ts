import type { LayerNode } from '../types/layer-tree.js'
import { resumes } from './dead-ends.js'
import { neverPassesOn } from './sources/passing-on.js'
import { handlersOf, type RunningHandler, type Step } from './steps.js'

/** A handler of a route that no request gets to, and the one in front of it that ends them all. */
export interface DeadHandler {
  readonly dead: LayerNode
  readonly end: LayerNode
}

/** The first dead handler of a route; null when there is none. */
export function deadHandlerOf(route: Step): DeadHandler | null {
  const handlers = handlersOf(route)
  // What fails may go on from there.
  if (handlers.some(({ node }) => resumes(node))) return null
  for (const [index, dead] of handlers.entries()) {
    const end = handlers.slice(0, index).find((earlier) => endsAll(earlier, dead))
    if (end !== undefined) return { dead: dead.node, end: end.node }
  }
  return null
}

/** Whether the first ends all that the second would get. */
function endsAll(earlier: RunningHandler, later: RunningHandler): boolean {
  if (earlier.node.kind === 'error-handler' || later.node.kind === 'error-handler') return false
  const takesAll =
    earlier.methods.length === 0 ||
    (later.methods.length > 0 && later.methods.every((method) => earlier.methods.includes(method)))
  return takesAll && neverPassesOn(earlier.node.handler)
}
