import helmet from 'helmet'
import type { RequestHandler } from '../framework.js'

/** Security: answers of the API are data. Whatever one of them holds, a browser that shows it runs and loads nothing. */
export function createApiHeaders(): RequestHandler {
  return helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  })
}
