import { VersionError, versionOf } from '@nozomi/schema'
import type { Request } from '../framework.js'
import { invalidRequest } from '../problems/invalid-input.js'
import { Problem } from '../problems/problem.js'
import { PROBLEMS } from '../problems/problem-catalogue.js'
import { notAcceptable } from '../representations/not-acceptable.js'
import { API_VERSIONS, type ApiVersion, DEFAULT_VERSION, mediaTypeOf } from './api-version.js'

/** The version of the API in which a request is answered. */
export function answeredVersion(req: Request): ApiVersion {
  const name = versionOf(req)
  return API_VERSIONS.find((known) => known === name) ?? DEFAULT_VERSION
}

/** What a client is told of a version that there is not, or that it names in two ways; null for what is no such error. */
export function problemOfVersion(error: unknown, req: Request): Problem | null {
  if (!(error instanceof VersionError)) return null
  if (error.status === 406)
    return notAcceptable(
      req,
      API_VERSIONS.flatMap((version) => [mediaTypeOf(version, 'json'), mediaTypeOf(version, 'xml')]),
    )
  if (error.status === 400) return invalidRequest(error.issues)
  return new Problem(PROBLEMS['unknown-route'], `There is nothing at ${req.method} ${req.originalUrl}.`)
}
