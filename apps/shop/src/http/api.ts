import type { ApiRoutes } from './api-routes.js'
import { createRouter, type RequestHandler, type Router } from './framework.js'
import { createDocsRoutes, DOCS_OPERATIONS } from './openapi/docs-routes.js'
import { createOpenApiRoutes, OPENAPI_OPERATIONS } from './openapi/openapi-routes.js'
import { noteMount } from './route-pattern.js'
import { unknownRoute } from './problems/problem-handler.js'
import { API_VERSIONS, type ApiVersion } from './versions/api-version.js'
import { announceDeprecation, retractDeprecation } from './versions/deprecation.js'
import { versionOfFields, versionOfPath } from './versions/select-version.js'

export type { ApiRoutes } from './api-routes.js'
export { API_VERSIONS, type ApiVersion } from './versions/api-version.js'

/** The routes of the modules, and those that tell of them. */
export function withDocumentation(routes: readonly ApiRoutes[]): readonly ApiRoutes[] {
  const all: ApiRoutes[] = [...routes]
  const versions = 'none'
  all.push(
    { path: '/openapi.json', versions, router: createOpenApiRoutes(all), describe: OPENAPI_OPERATIONS },
    { path: '/docs', versions, router: createDocsRoutes(), describe: DOCS_OPERATIONS },
  )
  return all
}

/** All versions of the API, to be mounted at `/api`. The one place where a version is chosen. */
export function createApi(modules: readonly ApiRoutes[]): Router {
  const routes = withDocumentation(modules)
  const api = createRouter()
  api.use(revalidate)
  for (const { path, versions, router } of routes)
    if (versions === 'none') api.use(path, noteMount(`/api${path}`), router)
  const byVersion = { v1: createVersion(routes, 'v1'), v2: createVersion(routes, 'v2') }
  for (const version of API_VERSIONS)
    api.use(`/${version}`, versionOfPath(version), byVersion[version], unknownRoute)
  api.use(versionOfFields(byVersion))
  api.use(unknownRoute)
  return api
}

function createVersion(routes: readonly ApiRoutes[], version: ApiVersion): Router {
  const router = createRouter()
  for (const { path, versions, router: own, deprecation } of routes) {
    if (versions === 'none' || !versions.includes(version)) continue
    const note = noteMount(`/api/${version}${path}`)
    if (deprecation === undefined) router.use(path, note, own)
    else router.use(path, note, announceDeprecation(deprecation), own, retractDeprecation)
  }
  return router
}

/** What the API says is kept by nobody without asking whether it still holds: an ETag makes asking cheap. */
const revalidate: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-cache')
  next()
}
