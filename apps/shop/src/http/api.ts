import { deprecation as deprecating, version, versions } from '@nozomi/schema'
import type { ApiRoutes } from './api-routes.js'
import { type Application, createRouter, type RequestHandler, type Router } from './framework.js'
import { documentation } from './contracts/documentation.js'
import { noteMount } from './route-pattern.js'
import { unknownRoute } from './problems/problem-handler.js'
import { API_VERSIONS, type ApiVersion, DEFAULT_VERSION } from './versions/api-version.js'

export type { ApiRoutes } from './api-routes.js'
export { API_VERSIONS, type ApiVersion } from './versions/api-version.js'

/** All versions of the API, to be mounted at `/api` of the application. The one place where a version is chosen. */
export function createApi(app: Application, routes: readonly ApiRoutes[]): Router {
  const api = createRouter()
  api.use(revalidate)
  api.use(documentation(app))
  for (const { path, versions: inVersions, router } of routes)
    if (inVersions === 'none') api.use(path, noteMount(`/api${path}`), router)
  const all = API_VERSIONS.map((name) =>
    version(name, createVersion(routes, name), { default: name === DEFAULT_VERSION }),
  )
  api.use(
    versions(all, {
      by: ['path', 'header', 'media-type'],
      vendor: 'shop',
      fieldValue: (name) => name.slice(1),
      refusals: 'next',
    }),
  )
  api.use(unknownRoute)
  return api
}

function createVersion(routes: readonly ApiRoutes[], name: ApiVersion): Router {
  const router = createRouter()
  for (const { path, versions: inVersions, router: own, deprecation } of routes) {
    if (inVersions === 'none' || !inVersions.includes(name)) continue
    const note = noteMount(`/api/${name}${path}`)
    router.use(path, note, deprecation === undefined ? own : deprecating(deprecation, own))
  }
  return router
}

/** What the API says is kept by nobody without asking whether it still holds: an ETag makes asking cheap. */
const revalidate: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-cache')
  next()
}
