import { METHODS } from 'node:http'
import { UNKNOWN_PATH } from '../layers/paths.js'
import type { LayerNode } from '../types/layer-tree.js'
import type { StackRouter } from '../types/stack.js'
import { parsePattern, type PathPattern, UNKNOWN_PATTERN } from './paths/path-pattern.js'

/** A layer at its place in the way of a request. */
export interface Step {
  readonly node: LayerNode
  /** The applications and routers it stands in, outermost first; empty for the layers of the application itself. */
  readonly owners: readonly LayerNode[]
  /** Its paths with those of all mounts in front. A route must match to the end, all else matches what begins so. */
  readonly patterns: readonly PathPattern[]
}

/** The layers of a tree in the order in which a request comes to them; handlers of a route stay inside of their route. */
export function stepsOf(nodes: readonly LayerNode[], owners: readonly LayerNode[] = []): Step[] {
  return nodes.flatMap((node) => {
    const isWhole = node.kind === 'route'
    const options = {
      isWhole,
      isStrict: routerOf(node).strict === true,
      caseMatters: caseMatters([...owners, node]),
    }
    const patterns = hasUnknownPath([...owners, node])
      ? [UNKNOWN_PATTERN]
      : node.fullPaths.map((path) => parsePattern(path, options))
    const step = { node, owners, patterns }
    return hasLayers(node) ? [step, ...stepsOf(node.children, [...owners, node])] : [step]
  })
}

/** Whether it stands in a stack that the other one stands in as well, or in one around that. */
export function standsAround(step: Step, inner: Step): boolean {
  return step.owners.every((owner, depth) => inner.owners[depth] === owner)
}

export function isRoute({ node }: Step): boolean {
  return node.kind === 'route'
}

/** A function that runs, with the methods it runs for. */
export interface RunningHandler {
  readonly node: LayerNode
  /** Empty for every method. */
  readonly methods: readonly string[]
}

/** What runs: the handlers of a route, each once, or the layer itself. */
export function handlersOf({ node }: Step): readonly RunningHandler[] {
  if (node.kind !== 'route') return [{ node, methods: node.methods }]
  const merged = new Map<unknown, { node: LayerNode; methods: string[]; isForAll: boolean }>()
  for (const child of node.children) {
    const known = merged.get(child.handler) ?? { node: child, methods: [], isForAll: false }
    known.methods.push(...child.methods)
    known.isForAll ||= child.methods.length === 0
    merged.set(child.handler, known)
  }
  return [...merged.values()].map(({ node: child, methods, isForAll }) => ({
    node: child,
    // `app.all()` registers a handler once for each method that node knows.
    methods: isForAll || methods.length >= METHODS.length ? [] : methods,
  }))
}

/** Whether it runs for what passes by: neither a route nor a router, nor for errors. */
export function isMiddleware({ node }: Step): boolean {
  return node.kind === 'middleware'
}

/** Whether it is not known what one of them was mounted on. Of a route it always is, also when it is that text. */
function hasUnknownPath(nodes: readonly LayerNode[]): boolean {
  return nodes.some(({ kind, paths }) => kind !== 'route' && paths.includes(UNKNOWN_PATH))
}

/** Of the routers that each of these layers stands in. */
function caseMatters(nodes: readonly LayerNode[]): 'always' | 'partly' | 'never' {
  const answers = new Set(nodes.map((node) => routerOf(node).caseSensitive === true))
  if (!answers.has(true)) return 'never'
  return answers.has(false) ? 'partly' : 'always'
}

function routerOf({ owner }: LayerNode): StackRouter {
  return ('router' in owner ? owner.router : (owner as StackRouter)) ?? {}
}

function hasLayers(node: LayerNode): boolean {
  return (node.kind === 'router' || node.kind === 'application') && !node.isCyclic
}
