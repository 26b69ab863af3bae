import type { LayerEvent } from '../types/events.js'
import type { LayerKind } from '../types/layer-tree.js'

/*
 * What an event of a handler says of it: its kind, and by which pattern it was reached.
 */

export function kindOf(event: LayerEvent): LayerKind | 'param' {
  if (event.param !== undefined) return 'param'
  if (event.errorHandler === true) return 'error-handler'
  const { handler, layer, req } = event
  const { route } = req as { route?: { stack?: unknown } }
  if (Array.isArray(route?.stack) && route.stack.includes(layer)) return 'handler'
  if (handler?.name === 'mounted_app') return 'application'
  const shape = handler as { stack?: unknown; set?: unknown; handle?: unknown } | undefined
  if (typeof shape?.set === 'function' && typeof shape.handle === 'function') return 'application'
  return Array.isArray(shape?.stack) ? 'router' : 'middleware'
}

/** The pattern as text; of several the first. */
export function patternText(route: unknown): string | null {
  if (typeof route === 'string') return route
  if (route instanceof RegExp) return String(route)
  return Array.isArray(route) ? patternText(route[0]) : null
}

/** A pattern behind that of the router it stands in. */
export function joinPatterns(mount: string, path: string): string {
  const base = mount.endsWith('/') ? mount.slice(0, -1) : mount
  if (path === '' || path === '/') return base === '' ? '/' : base
  return path.startsWith('/') ? base + path : `${base}/${path}`
}
