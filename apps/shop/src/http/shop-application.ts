import type { AwilixContainer } from 'awilix'
import type { Log } from '../platform/log/log.js'
import type { AnyState } from '../platform/state/open-state.js'
import { type ApiRoutes, createApi } from './api.js'
import type { Draining } from './draining.js'
import type { ShopInsight } from './insight/shop-insight.js'
import { type Application, createApplication, type RequestHandler, type Router } from './framework.js'
import { createPageRoutes, lostVisitor } from './pages/page-routes.js'
import { createProblemRoutes } from './pages/problem-routes.js'
import { type Authenticator, createAuthenticate } from './principal.js'
import type { ProblemKinds } from './problems/problem.js'
import { createProblemHandler, unknownRoute } from './problems/problem-handler.js'
import type { Translate } from './problems/problem-of.js'
import { createRequestContext } from './request-context.js'
import { noteMount } from './route-pattern.js'
import type { SecurityConfiguration } from './security/configuration.js'
import { guardApplication } from './security/guard-application.js'

/** What a module answers outside of the API: `{ path: '/health', router }`. */
export interface SiteRoutes {
  readonly path: `/${string}`
  readonly router: Router
}

export interface ShopParts {
  readonly container: AwilixContainer
  readonly log: Log
  readonly draining: Draining
  readonly insight: ShopInsight
  readonly authenticator: Authenticator
  readonly security: SecurityConfiguration
  readonly state: AnyState
  /** For every request, before anything may refuse it. */
  readonly observers: readonly RequestHandler[]
  /** For every request, before it is known what it wants. */
  readonly middleware: readonly RequestHandler[]
  readonly api: readonly ApiRoutes[]
  readonly site: readonly SiteRoutes[]
  readonly problems: ProblemKinds
  readonly translations: readonly Translate[]
}

/** The way of a request, from top to bottom. */
export function createShopApplication(parts: ShopParts): Application {
  const {
    container,
    log,
    draining,
    insight,
    authenticator,
    security,
    state,
    observers,
    middleware,
    api,
    site,
    problems,
    translations,
  } = parts
  const app = createApplication()
  insight.watch(app)
  app.disable('x-powered-by')
  app.use(draining.middleware)
  app.use(createRequestContext(container, log))
  for (const observer of observers) app.use(observer)
  guardApplication(app, security, state, log)
  app.use(createAuthenticate(authenticator))
  for (const handler of middleware) app.use(handler)
  app.use('/api', createApi(app, api))
  for (const { path, router } of site) app.use(path, noteMount(path), router)
  app.use('/problems', noteMount('/problems'), createProblemRoutes(problems))
  app.use(createPageRoutes())
  app.use(lostVisitor)
  app.use(unknownRoute)
  app.use(createProblemHandler(log, translations))
  return app
}
