import type { LayerEvent, ObservedRequest, ObservedResponse } from '../types/events.js'
import type { StackLayer, StackRouter } from '../types/stack.js'
import { areLayersObserved } from './channels.js'
import { lastMatch, patternOf } from './publish-layers.js'
import { type Next, runPublished } from './run-published.js'
import { replaceMethod, SharedPatch } from './shared-patch.js'

/*
 * Makes the callbacks of `param()` of stock Express publish that they run. They stand in no layer: a router reads them from
 * its `params` when a request comes. While somebody listens it reads them from a view, in which each is wrapped.
 */

type ParamHandler = (...args: unknown[]) => unknown
type Router = StackRouter & { params?: Record<string, ParamHandler[] | undefined> }
type Request = ObservedRequest & { params?: object }
type Handle = (this: Router, ...args: unknown[]) => unknown

export const paramPatches = new SharedPatch<object>((routerPrototype) =>
  replaceMethod<Handle>(routerPrototype, 'handle', (original, state) => {
    return function handle(...args) {
      const { params } = this
      const hasCallbacks = params !== undefined && Object.keys(params).length > 0
      if (!state.isOn || !hasCallbacks || !areLayersObserved()) return original.apply(this, args)
      const standIn = Object.create(this, { params: { value: publishing(params) } }) as Router
      return original.apply(standIn, args)
    }
  }),
)

function publishing(params: Record<string, ParamHandler[] | undefined>) {
  return new Proxy(params, {
    get(target, name) {
      const callbacks: unknown = Reflect.get(target, name)
      if (!Array.isArray(callbacks)) return callbacks
      return callbacks.map((callback: ParamHandler) => published(callback, String(name)))
    },
  })
}

function published(handler: ParamHandler, param: string): ParamHandler {
  return (...args) => {
    const [req, res, goOn, ...rest] = args as [Request, ObservedResponse, Next, ...unknown[]]
    const layer = layerOf(req)
    const run: LayerEvent = { req, res, layer, handler, route: patternOf(req, layer), param }
    return runPublished(run, goOn, (calledNext) => handler(req, res, calledNext, ...rest))
  }
}

/** By the parameters of a request, which are made anew for each layer that matches. */
const layers = new WeakMap<object, StackLayer>()

/** The layer that a callback runs for. The first callback runs in the turn in which its layer matched; later ones may not. */
function layerOf({ params = {} }: Request): StackLayer {
  const layer = layers.get(params) ?? lastMatch.layer ?? {}
  layers.set(params, layer)
  return layer
}
