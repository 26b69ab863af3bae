import type { Request } from 'express-serve-static-core'
import type { Brownout } from './brownouts.js'
import type { Lifecycle } from './lifecycle.js'
import type { VersionUse } from './usage.js'

/** Where a request says which version it wants. */
export type VersionBy = 'path' | 'header' | 'media-type'

/** How a request names its version. */
export interface VersionChoice {
  /**
   * `'path'`: the segment behind the mount, `/v1/users`, is cut off the url as a mount does.
   * `'header'`: the field `API-Version: v1`; where the name is a `v` and digits, also `1`.
   * `'media-type'`: in `Accept`, `application/vnd.example.v1+json` or `application/json; version=1`.
   * Of several, all that name a version must name the same one. Default `'path'`.
   */
  readonly by?: VersionBy | readonly VersionBy[]
  /** The field of `by: 'header'`; answers say in it which version they are. Default `API-Version`. */
  readonly field?: string
  /** What answers say in the field: `(name) => name.slice(1)` for `2` of `v2`. Default: the name. */
  readonly fieldValue?: (name: string) => string
  /** `example` for `application/vnd.example.v1+json`, and only for that. Default: of any vendor. */
  readonly vendor?: string
  /** The parameter of media types. Default `version`. */
  readonly parameter?: string
}

/** What happens to requests of all versions alike. */
export interface VersionHandling {
  /**
   * What becomes of a request that is refused: of a version that is gone or browned out, or that there is not. `'answer'`: it is answered
   * with a problem (RFC 9457). `'next'`: the error, a `VersionError` with `status`, `headers` and `code`, goes to the error handlers
   * of the application. Default `'answer'`.
   */
  readonly refusals?: 'answer' | 'next'
  /** Who it is that asks, such as the name of an API key. Asked when the answer is complete, so that what authenticated is known. */
  readonly consumer?: (req: Request) => string | null | undefined
  /** Called for each request of the version when its answer is complete. What it throws becomes a warning of the process. */
  readonly onUse?: (use: VersionUse) => void | Promise<void>
  /** So many consumers are counted by name, for each version; those seen longest ago are counted together. Default 1000. */
  readonly maxConsumers?: number
  /** The clock, in milliseconds since 1970. Default `Date.now`. */
  readonly now?: () => number
}

/** What is said of one version. */
export interface VersionLife extends Lifecycle {
  /** Whether requests that name no version get this one. Default `false`. */
  readonly default?: boolean
  /**
   * The version that comes after this one, with `by: 'path'`: answers link to the same address there, `rel="successor-version"`.
   * Other addresses are given as `link.successor`.
   */
  readonly successor?: string
  /**
   * What happens when the date of `sunset` is past. `'serve'`: nothing, since the field is an announcement (RFC 8594 §4), and no API
   * should go dark by a date alone. `'gone'`: 410. Default `'serve'`.
   */
  readonly afterSunset?: 'serve' | 'gone'
  /** When the version is out of order on purpose, so that those who still use it notice before it goes. */
  readonly brownouts?: readonly Brownout[]
  /**
   * The status of a brownout. 410 is what the version will answer for good, and no client tries again by itself; 503 is
   * retried by many clients, which then hide it. Both come with `Retry-After`, and are kept by no cache. Default 410.
   */
  readonly brownoutStatus?: 410 | 503
}

/** The options of `version()`. */
export interface VersionOptions extends VersionLife, VersionChoice, VersionHandling {}

/** The options of `versions()`. */
export interface VersionsOptions extends VersionChoice, VersionHandling {}
