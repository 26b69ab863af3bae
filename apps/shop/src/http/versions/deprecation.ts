import type { PartLifecycle } from '@nozomi/schema'
import type { ApiVersion } from './api-version.js'

/** That routes will go, since a later version has them in another shape. */
export interface Deprecation extends PartLifecycle {
  readonly deprecated: Date
  /** When they stop to answer. */
  readonly sunset: Date
  readonly successor: ApiVersion
}
