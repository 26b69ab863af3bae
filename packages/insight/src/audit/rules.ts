import type { Rule } from './rule.js'
import { bodyLimitOff } from './rules/body-limit-off.js'
import { bodyParserAfterRoute } from './rules/body-parser-after-route.js'
import { corsAfterRoutes } from './rules/cors-after-routes.js'
import { corsAnyOriginWithCredentials } from './rules/cors-any-origin-with-credentials.js'
import { duplicateRoute } from './rules/duplicate-route.js'
import { errorHandlerArguments } from './rules/error-handler-arguments.js'
import { errorHandlerNotLast } from './rules/error-handler-not-last.js'
import { handlerAfterEnd } from './rules/handler-after-end.js'
import { helmetAfterRoutes } from './rules/helmet-after-routes.js'
import { notFoundBeforeRoutes } from './rules/not-found-before-routes.js'
import { sessionCookieInsecure } from './rules/session-cookie-insecure.js'
import { sessionCookieSameSite } from './rules/session-cookie-same-site.js'
import { sessionMemoryStore } from './rules/session-memory-store.js'
import { shadowedRoute } from './rules/shadowed-route.js'
import { staticExposesFiles } from './rules/static-exposes-files.js'
import { trustProxyTrue } from './rules/trust-proxy-true.js'
import { uploadLimitMissing } from './rules/upload-limit-missing.js'
import { xPoweredBy } from './rules/x-powered-by.js'

/** What is looked for in an application before it serves. */
export const RULES: readonly Rule[] = [
  bodyParserAfterRoute,
  errorHandlerNotLast,
  errorHandlerArguments,
  notFoundBeforeRoutes,
  handlerAfterEnd,
  shadowedRoute,
  duplicateRoute,
  corsAfterRoutes,
  helmetAfterRoutes,
  corsAnyOriginWithCredentials,
  staticExposesFiles,
  sessionCookieInsecure,
  sessionCookieSameSite,
  sessionMemoryStore,
  trustProxyTrue,
  bodyLimitOff,
  uploadLimitMissing,
  xPoweredBy,
]
