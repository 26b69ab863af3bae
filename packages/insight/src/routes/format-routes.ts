import { formatPlace } from './format-place.js'
import { formatTable, printable } from './format-table.js'
import type { RouteEntry } from './routes.js'

/**
 * The route list as a table for a terminal: method, pattern, what runs in order, place. Middleware that runs for some of the
 * paths only has a `?` behind its name.
 */
export function formatRoutes(routes: readonly RouteEntry[]): string {
  if (routes.length === 0) return 'no routes'
  const rows = routes.map(({ method, pattern, middleware, handlers, place }) => {
    const before = middleware.map(({ name, runs }) => (runs === 'always' ? name : `${name}?`))
    const chain = [...before, ...handlers.map(({ name }) => name)].join(' > ')
    return [method, pattern, chain, formatPlace(place)].map(printable)
  })
  return formatTable(rows)
}
