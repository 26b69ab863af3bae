import type { Request } from 'express-serve-static-core'
import { firstSegmentOf } from './version-path.js'

/** The version that a request is answered in, and where it is. */
export interface ChosenVersion {
  readonly name: string
  /** The path that the versions are mounted on: `/api`. */
  readonly root: string
  /** What stands before the routes of the version: `/api/v1`, or the same as `root` where the path does not say which it is. */
  readonly base: string
}

export const chosenVersions = new WeakMap<object, ChosenVersion>()

/** The version in which a request is answered; undefined outside of all. */
export function versionOf(req: object): string | undefined {
  return chosenVersions.get(req)?.name
}

/** The address of a request in another version: `/api/v2/users?x` for `/api/v1/users?x`; null outside of all. */
export function addressInVersion(name: string, req: Request): string | null {
  const chosen = chosenVersions.get(req)
  if (chosen === undefined) return null
  const { originalUrl } = req
  const asked = originalUrl.slice(firstSegmentOf(originalUrl).origin.length)
  // Whoever rewrites addresses in front of the versions has a path that nobody asked for.
  const whole = asked.startsWith(chosen.base) ? asked : req.baseUrl + req.url
  // Security: two slashes would begin the name of a host.
  return `${chosen.root}/${name}${whole.slice(chosen.base.length)}`.replace(/^\/{2,}/, '/')
}
