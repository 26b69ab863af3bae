import type { RequestHandler } from '../framework.js'
import type { ApiVersion } from './api-version.js'

/** That routes will go, since a later version has them in another shape. */
export interface Deprecation {
  readonly since: Date
  /** When they stop to answer. */
  readonly sunset: Date
  readonly successor: ApiVersion
}

const VERSION_IN_PATH = /^\/api(?:\/v\d+)?(?=\/)/

/** Says on every answer that it is one of a version that goes: RFC 9745 since when, RFC 8594 until when. */
export function announceDeprecation({ since, sunset, successor }: Deprecation): RequestHandler {
  const fields = {
    Deprecation: `@${Math.floor(since.getTime() / 1000)}`,
    Sunset: sunset.toUTCString(),
  }
  return function deprecated(req, res, next) {
    // Through URL, so that nothing that a client sends can end the link or begin another one.
    const { pathname, search } = new URL(req.originalUrl, 'http://localhost')
    const address = `${pathname.replace(VERSION_IN_PATH, `/api/${successor}`)}${search}`
    res.set({ ...fields, Link: `<${address}>; rel="successor-version"` })
    next()
  }
}

/** For what comes past routes that go, and is answered by others below the same path. */
export const retractDeprecation: RequestHandler = (_req, res, next) => {
  for (const name of ['Deprecation', 'Sunset', 'Link']) res.removeHeader(name)
  next()
}
