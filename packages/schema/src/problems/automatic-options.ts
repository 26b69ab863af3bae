/* Runs for OPTIONS requests that nothing has answered, which are few. */
import type { NextFunction, Request, Response } from 'express-serve-static-core'

type Handler = (req: Request, res: Response, next: NextFunction) => void

/** What is read of the layers of a router, of Nozomi or of Express 5. */
interface Layer {
  readonly handle?: unknown
  readonly slash?: boolean
  readonly route?: RouteOfLayer | undefined
  match?(path: string): unknown
}

interface RouteOfLayer {
  _handlesMethod?(method: string): boolean
  _methods?(): readonly string[]
}

/**
 * Whether the framework answers an OPTIONS request by itself, with the methods of the routes of this path, once the router that `handler` stands
 * in has come to its end without an error.
 *
 * Parity: of other routers it need not be known. Each answers for its own routes, before the one that it is mounted in goes on.
 *
 * @param handler what asks, registered without a path: behind one, the path that the router sees is not known
 */
export function isAnsweredAlone(req: Request, handler: Handler): boolean {
  if (req.method !== 'OPTIONS') return false
  const path = req.url.split('?', 1)[0]!
  try {
    const before = layersBefore(handler, (req.app as { router?: unknown } | undefined)?.router)
    return before.some((layer) => isAnnounced(layer, path))
  } catch {
    // Layers that agents have wrapped need not be whole.
    return false
  }
}

function isAnnounced(layer: Layer, path: string): boolean {
  const { route } = layer
  if (route?._handlesMethod === undefined || route._methods === undefined) return false
  if (route._handlesMethod('OPTIONS') || route._methods().length === 0) return false
  return Boolean(layer.match?.(path))
}

/** The layers before a handler, in the router that it stands in; none where it is not found. */
function layersBefore(handler: Handler, router: unknown, seen = new Set<unknown>()): readonly Layer[] {
  const stack = (router as { stack?: unknown } | null | undefined)?.stack
  if (!Array.isArray(stack) || seen.has(router)) return []
  seen.add(router)
  const at = (stack as Layer[]).findIndex((layer) => layer.handle === handler && layer.slash === true)
  if (at !== -1) return (stack as Layer[]).slice(0, at)
  for (const { handle } of stack as Layer[]) {
    const found = layersBefore(handler, handle, seen)
    if (found.length > 0) return found
  }
  return []
}
