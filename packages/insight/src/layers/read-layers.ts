import { METHODS } from 'node:http'
import { isApplication } from '../hosts/registrations.js'
import type { LayerKind, LayerNode } from '../types/layer-tree.js'
import type { AnyApplication, AnyHandler, StackLayer, StackRouter } from '../types/stack.js'
import { mountedApplication, routerOf } from './mounted-application.js'
import { joinPaths, pathsOf } from './paths.js'
import { type AskedPlaces, type KnownOfLayer, TreeNode } from './tree-node.js'

type Owner = AnyApplication | StackRouter

/** A router mounted twice, with one mounted twice, and so on, has more layers than anybody can read. */
const MOST_LAYERS = 100_000

/**
 * The layers of an application, as they stand in its stack, with those of its routes, routers and mounted applications inside.
 * Of a router it gives the same.
 *
 * Nothing is changed by it, and nothing runs. What stands in a stack and is no layer is left out. The places are looked up when
 * they are asked for.
 *
 * @throws TypeError when it is neither.
 */
export function readLayers(app: AnyApplication | StackRouter): LayerNode[] {
  assertReadable(app)
  const reading: Reading = { handlers: new Set(), asked: 0, count: 0 }
  return readStack(reading, app, { prefixes: [''], ancestors: [app] })
}

/** @throws TypeError that says what would be right. */
export function assertReadable(app: unknown): asserts app is AnyApplication | StackRouter {
  if (isApplication(app) && 'lazyrouter' in app) {
    throw new TypeError('app is an application of Express 4: Insight reads those of Express 5 and Nozomi')
  }
  if (isApplication(app)) return
  if (typeof app === 'function' && Array.isArray((app as StackRouter).stack)) return
  throw new TypeError(
    `app must be an application of Nozomi or Express 5, or a Router, not ${describe(app)}: ` +
      'give what nozomi(), express() or Router() returned',
  )
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value === 'function') return `the function ${value.name || '<anonymous>'}`
  if (typeof value !== 'object') return `the ${typeof value} ${JSON.stringify(value) ?? String(value)}`
  const { constructor } = value as { constructor?: { name?: unknown } }
  const name = typeof constructor?.name === 'string' ? constructor.name : ''
  if (name === 'Server') return 'a Server (of that, give the application it was made with)'
  return name === '' || name === 'Object' ? 'an object' : `an instance of ${name}`
}

/** What one reading has in common. */
interface Reading extends AskedPlaces {
  count: number
}

interface Within {
  readonly prefixes: readonly string[]
  readonly ancestors: readonly object[]
}

function readStack(reading: Reading, owner: Owner, within: Within): LayerNode[] {
  const stack: readonly unknown[] = routerOf(owner)?.stack ?? []
  const nodes: LayerNode[] = []
  for (const layer of stack) {
    if (reading.count >= MOST_LAYERS) break
    const node = readSafely(reading, owner, layer, within)
    if (node !== null) nodes.push(node)
  }
  return nodes
}

/** What can't be read, such as a revoked proxy, is no layer either. */
function readSafely(reading: Reading, owner: Owner, layer: unknown, within: Within): LayerNode | null {
  try {
    return isLayer(layer) ? readLayer(reading, owner, layer, within) : null
  } catch {
    return null
  }
}

function isLayer(layer: unknown): layer is StackLayer {
  if (typeof layer !== 'object' || layer === null) return false
  const { handle, route } = layer as StackLayer
  return typeof handle === 'function' || isRoute(route)
}

function isRoute(route: unknown): boolean {
  return typeof route === 'object' && route !== null && Array.isArray((route as { stack?: unknown }).stack)
}

function readLayer(reading: Reading, owner: Owner, layer: StackLayer, within: Within): LayerNode {
  reading.count++
  if (isRoute(layer.route)) return readRoute(reading, owner, layer, within)
  const mounted = mountedApplication(layer)
  const handler = layer.handle as AnyHandler
  const inside: Owner | null =
    mounted ?? (Array.isArray((handler as StackRouter).stack) ? (handler as StackRouter) : null)
  const paths = pathsOf(layer, mounted)
  const fullPaths = joinPaths(within.prefixes, paths)
  const isCyclic = inside !== null && within.ancestors.includes(inside)
  const children =
    inside === null || isCyclic
      ? []
      : readStack(reading, inside, { prefixes: fullPaths, ancestors: [...within.ancestors, inside] })
  const kind = inside === null ? kindOfMiddleware(handler) : mounted === null ? 'router' : 'application'
  const name = nameOf(mounted ?? handler)
  const what = { kind, name, paths, fullPaths, methods: [], handler, children, isCyclic }
  return nodeOf(reading, owner, layer, what)
}

function readRoute(reading: Reading, owner: Owner, layer: StackLayer, within: Within): LayerNode {
  const { route } = layer
  const paths = pathsOf(layer, null)
  const fullPaths = joinPaths(within.prefixes, paths)
  const handlers = (route?.stack ?? []).filter((one) => isLayer(one) && typeof one.handle === 'function')
  reading.count += handlers.length
  const children = handlers.map((one) => {
    const handler = one.handle as AnyHandler
    const kind = handler.length === 4 ? 'error-handler' : 'handler'
    const methods = typeof one.method === 'string' ? [one.method.toUpperCase()] : []
    const what = { kind, name: nameOf(handler), paths, fullPaths, methods, handler, children: [] } as const
    return nodeOf(reading, owner, one, { ...what, isCyclic: false })
  })
  const methods = methodsOf(route?.methods)
  const name = paths.map(String).join(', ')
  const what = { name, paths, fullPaths, methods, handler: null, children, isCyclic: false }
  return nodeOf(reading, owner, layer, { kind: 'route', ...what })
}

/** In upper case; empty for every method, as `router.all()` notes it, or as `app.all()` does: one by one. */
function methodsOf(methods: unknown): string[] {
  if (typeof methods !== 'object' || methods === null) return []
  const names = Object.keys(methods).filter((name) => (methods as Record<string, unknown>)[name])
  const isEvery = names.includes('_all') || METHODS.every((method) => names.includes(method.toLowerCase()))
  return isEvery ? [] : names.map((name) => name.toUpperCase())
}

/** Parity: what is called with an error has exactly four parameters. */
function kindOfMiddleware(handler: AnyHandler): LayerKind {
  return handler.length === 4 ? 'error-handler' : 'middleware'
}

function nameOf(handler: unknown): string {
  const { name } = handler as { name?: unknown }
  return typeof name === 'string' && name !== '' ? name : '<anonymous>'
}

function nodeOf(reading: Reading, owner: Owner, layer: StackLayer, known: KnownOfLayer): LayerNode {
  const { handler, kind } = known
  // Those of routers and applications were written in the framework.
  const isOwn = handler !== null && kind !== 'router' && kind !== 'application'
  if (isOwn) reading.handlers.add(handler)
  return new TreeNode(reading, owner, layer, known, isOwn)
}
