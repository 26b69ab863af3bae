import type { LayerEvent, ObservedRequest, ObservedResponse } from '../types/events.js'
import type { StackLayer, StackRoute } from '../types/stack.js'
import { areLayersObserved } from './channels.js'
import { matchingFailures, type Next, runPublished } from './run-published.js'
import { likeFunction, replaceMethod, SharedPatch } from './shared-patch.js'

/*
 * Makes the layers of stock Express publish what runs. The methods that Express calls on each layer are wrapped, and go on to
 * Express's own with a stand-in for the layer, whose handler is wrapped: so whatever Express makes of what a handler returns,
 * throws or gives to `next` stays as it is, and the stack as everybody sees it is never changed.
 */

type Handler = (...args: unknown[]) => unknown
type Request = ObservedRequest & { route?: StackRoute | undefined }
type HandleRequest = (this: StackLayer, req: Request, res: ObservedResponse, next: Next) => unknown
type HandleError = (
  this: StackLayer,
  error: unknown,
  req: Request,
  res: ObservedResponse,
  next: Next,
) => unknown

export const layerPatches = new SharedPatch<object>((layerPrototype) => {
  const undoRequest = replaceMethod<HandleRequest>(layerPrototype, 'handleRequest', (original, state) => {
    return function handleRequest(req, res, next) {
      const handler = this.handle as Handler | undefined
      const isRun = typeof handler === 'function' && handler.length <= 3 && !this.route
      if (!state.isOn || !isRun || !areLayersObserved()) return original.call(this, req, res, next)
      const run: LayerEvent = { req, res, layer: this, handler, route: patternOf(req, this) }
      const published: Handler = (givenReq, givenRes, goOn) =>
        runPublished(run, goOn as Next, (calledNext) => handler(givenReq, givenRes, calledNext))
      return original.call(standIn(this, published, handler), req, res, next)
    }
  })
  const undoError = replaceMethod<HandleError>(layerPrototype, 'handleError', (original, state) => {
    return function handleError(incomingError, req, res, next) {
      const handler = this.handle as Handler | undefined
      const isRun = typeof handler === 'function' && handler.length === 4
      if (!state.isOn || !isRun || !areLayersObserved())
        return original.call(this, incomingError, req, res, next)
      const route = patternOf(req, this)
      const run: LayerEvent = { req, res, layer: this, handler, route, errorHandler: true, incomingError }
      const published: Handler = (error, givenReq, givenRes, goOn) =>
        runPublished(run, goOn as Next, (calledNext) => handler(error, givenReq, givenRes, calledNext))
      return original.call(standIn(this, published, handler), incomingError, req, res, next)
    }
  })
  const undoMatch = replaceMethod(layerPrototype, 'match', noteMatches)
  return () => {
    undoRequest()
    undoError()
    undoMatch()
  }
})

/** A layer that is this one but for its handler. */
function standIn(layer: StackLayer, published: Handler, handler: Handler): StackLayer {
  const handle = { value: likeFunction(published, handler), configurable: true, writable: true }
  return Object.create(layer, { handle }) as StackLayer
}

/** The layer that has matched last: callbacks of `param()` are told of everything but it. */
export const lastMatch: { layer: StackLayer | undefined } = { layer: undefined }

function noteMatches(original: (this: StackLayer, ...args: unknown[]) => unknown) {
  return function match(this: StackLayer, ...args: unknown[]): unknown {
    try {
      const found = original.apply(this, args)
      if (found) lastMatch.layer = this
      return found
    } catch (error) {
      if (typeof error === 'object' && error !== null) matchingFailures.add(error)
      throw error
    }
  }
}

/**
 * The pattern that matched. Express keeps it on the request since 5.3, under a symbol of its own; before, that of the
 * route is known, which may be a list, and of middleware that it has no path.
 */
export function patternOf(req: Request, layer: StackLayer | undefined): unknown {
  const symbol = Object.getOwnPropertySymbols(req).find(isMatchedRoute)
  if (symbol !== undefined) return (req as unknown as Record<symbol, unknown>)[symbol]
  if (layer?.slash) return '/'
  const { route } = req
  const isOfRoute = layer !== undefined && (layer.route === route || route?.stack?.includes(layer))
  return isOfRoute ? route?.path : undefined
}

function isMatchedRoute({ description }: symbol): boolean {
  return description === 'router.tracing.matchedRoute'
}
