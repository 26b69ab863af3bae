import type { Request, RequestHandler } from './framework.js'

interface Mount {
  readonly pattern: string
  /** The route that had matched before; when it is still the same, none below has. */
  readonly routeBefore: unknown
}

const mounts = new WeakMap<object, Mount>()

/** Notes where a request has come to: what stands behind it in the same `use` belongs to this pattern. */
export function noteMount(pattern: string): RequestHandler {
  return function mountNoted(req, _res, next) {
    mounts.set(req, { pattern, routeBefore: req.route })
    next()
  }
}

/**
 * The pattern of the route that has answered: `/api/v1/products/:id`. Null when none has. Never a part of what the
 * client sent: there are as many patterns as routes.
 */
export function routePatternOf(req: Request): string | null {
  const mount = mounts.get(req)
  const route = req.route as { readonly path: unknown } | undefined
  if (mount === undefined) return typeof route?.path === 'string' ? route.path : null
  if (route === undefined || route === mount.routeBefore) return null
  const path = typeof route.path === 'string' ? route.path : String(route.path)
  return path === '/' ? mount.pattern : `${mount.pattern}${path}`
}
