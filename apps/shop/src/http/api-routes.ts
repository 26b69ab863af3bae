import type { Router } from './framework.js'
import type { OperationDescription } from './openapi/operation.js'
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
  /** What the OpenAPI document says about them: each route of the router, once. */
  readonly describe?: readonly OperationDescription[]
}
