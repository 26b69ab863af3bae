import type { LayerNode } from '../types/layer-tree.js'
import { type DeadEnd, deadEndsOf, resumes, takesMethodsOf } from './dead-ends.js'
import { cover, isSamePattern, mayMeet } from './paths/path-pattern.js'
import { saysNotFound } from './sources/passing-on.js'
import { isRoute, type Step } from './steps.js'

/*
 * The layers that no request gets to, because one in front of them ends each that would. They are one thing, told by four
 * rules, so that each finding can say how it is mended.
 */

export interface HiddenLayers {
  readonly end: DeadEnd
  /** At least one; of a router that is hidden as a whole only the router. */
  readonly hidden: readonly Step[]
  readonly kind: 'not-found' | 'route' | 'middleware'
}

/** Four rules ask for the same. */
const found = new WeakMap<readonly Step[], readonly HiddenLayers[]>()

/** Every layer that is behind an end, once: with the first end that hides it. */
export function hiddenLayers(steps: readonly Step[]): readonly HiddenLayers[] {
  const known = found.get(steps) ?? findHidden(steps)
  found.set(steps, known)
  return known
}

function findHidden(steps: readonly Step[]): HiddenLayers[] {
  const told = new Set<LayerNode>()
  return deadEndsOf(steps).flatMap((end) => {
    if (isTold(end.step, told)) return []
    const hidden: Step[] = []
    for (const step of steps.slice(end.position + 1)) {
      // What fails in the one that ends it may go on from here.
      if (resumes(step.node) && mayMeet(step.patterns, end.step.patterns)) break
      if (isTold(step, told) || !isHiddenBy(end.step, step)) continue
      told.add(step.node)
      hidden.push(step)
    }
    return hidden.length > 0 ? [{ end, hidden, kind: kindOf(end, hidden) }] : []
  })
}

/** Whether both are routes that match the same paths. */
export function isDuplicate(one: Step, other: Step): boolean {
  if (!isRoute(one) || !isRoute(other)) return false
  return other.patterns.every((pattern) => one.patterns.some((first) => isSamePattern(first, pattern)))
}

function isTold({ owners, node }: Step, told: ReadonlySet<LayerNode>): boolean {
  return told.has(node) || owners.some((owner) => told.has(owner))
}

function isHiddenBy(end: Step, step: Step): boolean {
  if (step.node.kind === 'error-handler' || step.owners.some((owner) => owner === end.node)) return false
  return takesMethodsOf(end, step) && cover(end.patterns, step.patterns)
}

function kindOf(end: DeadEnd, hidden: readonly Step[]): HiddenLayers['kind'] {
  if (saysNotFound(end.handler) && isCatchAll(end.step) && hidden.some(hasRoutes)) return 'not-found'
  return isRoute(end.step) ? 'route' : 'middleware'
}

/** Takes whatever comes to its router. */
function isCatchAll({ node, patterns }: Step): boolean {
  return node.methods.length === 0 && patterns.some(({ rest }) => rest !== 'none')
}

function hasRoutes({ node }: Step): boolean {
  return node.kind === 'route' || node.kind === 'router' || node.kind === 'application'
}
