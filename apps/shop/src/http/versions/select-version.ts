import type { Request, RequestHandler } from '../framework.js'
import { type ApiVersion, DEFAULT_VERSION } from './api-version.js'
import { agreedVersion, versionOfField, versionsOfAccept } from './asked-version.js'

const chosen = new WeakMap<object, ApiVersion>()

/** The version of the API in which a request is answered. */
export function versionOf(req: Request): ApiVersion {
  return chosen.get(req) ?? DEFAULT_VERSION
}

/** For `/api/v2/...`: the path chooses; what else the request says must agree. */
export function versionOfPath(version: ApiVersion): RequestHandler {
  return function versionInPath(req, res, next) {
    agreedVersion({ path: version, field: versionOfField(req), accept: versionsOfAccept(req) })
    chosen.set(req, version)
    res.set('API-Version', version.slice(1))
    next()
  }
}

/** For `/api/...`: the fields choose, so caches must look at them. */
export function versionOfFields(versions: Readonly<Record<ApiVersion, RequestHandler>>): RequestHandler {
  return function versionInFields(req, res, next) {
    res.vary('API-Version').vary('Accept')
    const asked = agreedVersion({ path: null, field: versionOfField(req), accept: versionsOfAccept(req) })
    const version = asked ?? DEFAULT_VERSION
    chosen.set(req, version)
    res.set('API-Version', version.slice(1))
    return versions[version](req, res, next)
  }
}
