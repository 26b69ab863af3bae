import type { Request, RequestHandler } from '../framework.js'
import type { ApiVersion } from './api-version.js'

/** That routes will go, since a later version has them in another shape. */
export interface Deprecation {
  readonly since: Date
  /** When they stop to answer. */
  readonly sunset: Date
  readonly successor: ApiVersion
}

const VERSION_IN_PATH = /^\/api(?:\/v\d+)?(?=\/)/

/** As `deprecation()` takes it: each address has the same one in the version that comes after. */
export function lifecycleOf({ since, sunset, successor: version }: Deprecation) {
  const successor = ({ originalUrl }: Pick<Request, 'originalUrl'>): string => {
    const { pathname, search } = new URL(originalUrl, 'http://localhost')
    return `${pathname.replace(VERSION_IN_PATH, `/api/${version}`)}${search}`
  }
  return { deprecated: since, sunset, link: { successor } }
}

/** For what comes past routes that go, and is answered by others below the same path. */
export const retractDeprecation: RequestHandler = (_req, res, next) => {
  for (const name of ['Deprecation', 'Sunset', 'Link']) res.removeHeader(name)
  next()
}
