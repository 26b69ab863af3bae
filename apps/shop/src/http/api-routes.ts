import type { Router } from './framework.js'
import type { ApiVersion } from './versions/api-version.js'
import type { Deprecation } from './versions/deprecation.js'

/** What a module hangs into the API: `{ path: '/products', versions: ['v1'], router }` answers `/api/v1/products`. */
export interface ApiRoutes {
  readonly path: `/${string}`
  /**
   * The versions that have these routes as they are. Another version gets another router. `none`: what has no versions,
   * such as `/api/graphql`.
   */
  readonly versions: readonly ApiVersion[] | 'none'
  readonly router: Router
  /** When a later version has them in another shape. */
  readonly deprecation?: Deprecation
}
