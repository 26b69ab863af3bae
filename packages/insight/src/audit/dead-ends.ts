import type { AnyHandler, StackRouter } from '../types/stack.js'
import type { LayerNode } from '../types/layer-tree.js'
import { mayLeave, mayResume, neverPassesOn } from './sources/passing-on.js'
import { handlersOf, isMiddleware, isRoute, type RunningHandler, type Step } from './steps.js'

/** A layer that no request comes through, for the paths and methods that it has. */
export interface DeadEnd {
  readonly step: Step
  readonly position: number
  /** The function that ends it. */
  readonly handler: AnyHandler | null
}

/** The layers that end every request they get, for certain. */
export function deadEndsOf(steps: readonly Step[]): DeadEnd[] {
  const leaving = new Set<LayerNode>()
  return steps.flatMap((step, position) => {
    const isLeftBefore = step.owners.some((owner) => leaving.has(owner))
    const router = step.owners.at(-1)
    if (router !== undefined && mayLeaveRouter(step)) leaving.add(router)
    const handler = isLeftBefore ? undefined : endOf(step)
    return handler === undefined ? [] : [{ step, position, handler }]
  })
}

/** The handler that ends a layer; undefined when some request may come through. */
function endOf(step: Step): AnyHandler | null | undefined {
  const { node } = step
  if ((!isMiddleware(step) && !isRoute(step)) || hasLeavingParameters(step)) return undefined
  if (isMiddleware(step)) return neverPassesOn(node.handler) ? node.handler : undefined
  const handlers = handlersOf(step)
  if (handlers.some((running) => resumes(running.node))) return undefined
  const end = handlers.findIndex(
    (running) =>
      running.node.kind === 'handler' &&
      endsAll(running, node.methods) &&
      neverPassesOn(running.node.handler),
  )
  const before = handlers.slice(0, Math.max(0, end))
  if (end < 0 || before.some((running) => mayLeave(running.node.handler, 'route'))) return undefined
  return handlers[end]?.node.handler ?? null
}

/** Whether it is an error handler that may let requests go on. */
export function resumes({ kind, handler }: LayerNode): boolean {
  return kind === 'error-handler' && mayResume(handler)
}

/** Whether it runs for all these methods; none are every method. */
function endsAll(running: RunningHandler, methods: readonly string[]): boolean {
  if (running.methods.length === 0) return true
  return methods.length > 0 && methods.every((method) => running.methods.includes(method))
}

/** Whether it may send requests past all that comes after it in its router: `next('router')`. */
function mayLeaveRouter(step: Step): boolean {
  if (!isMiddleware(step) && !isRoute(step)) return false
  return handlersOf(step).some(({ node }) => mayLeave(node.handler, 'router'))
}

/** Whether a callback of `param()` may send requests past it. */
function hasLeavingParameters({ node, owners }: Step): boolean {
  const routers = [node.owner, ...owners.map(({ owner }) => owner)]
  return routers.some((owner) => {
    const { params } = (('router' in owner ? owner.router : owner) ?? {}) as StackRouter & {
      params?: unknown
    }
    if (typeof params !== 'object' || params === null) return false
    return Object.values(params)
      .flat()
      .some(
        (callback) =>
          typeof callback !== 'function' ||
          mayLeave(callback as AnyHandler, 'route') ||
          mayLeave(callback as AnyHandler, 'router'),
      )
  })
}

/** Whether the second takes no method that the first leaves. */
export function takesMethodsOf(outer: Step, inner: Step): boolean {
  const methods = outer.node.methods
  if (methods.length === 0) return true
  const others = inner.node.methods
  return others.length > 0 && others.every((method) => methods.includes(method) || isHeadOf(method, methods))
}

function isHeadOf(method: string, methods: readonly string[]): boolean {
  return method === 'HEAD' && methods.includes('GET')
}
