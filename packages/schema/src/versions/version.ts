import type { RequestHandler } from 'express-serve-static-core'
import { assertMembers, refuse } from '../problems/given.js'
import type { RoutesOf, Serves } from '../types/served.js'
import type { MountedRoutes } from './mounted-routes.js'
import { createSelector } from './select-version.js'
import type { VersionUsage } from './usage.js'
import { createEntry } from './version-entry.js'
import type { VersionLayer } from './version-layers.js'
import type { VersionBy, VersionLife, VersionOptions, VersionsOptions } from './version-options.js'

/** What `version()` and `versions()` return: to be mounted with `use()`. */
export interface VersionHandler extends RequestHandler {
  /** The routes inside, as routers have them. */
  readonly stack: readonly VersionLayer[]
  /** Who used which version how much, since the process started. */
  usage(): VersionUsage[]
}

/** One version, for `versions()`. */
export interface OneVersion extends VersionHandler {
  readonly '~version': {
    readonly name: string
    readonly handler: RequestHandler
    readonly options: VersionOptions
  }
}

/**
 * The routes of a version, as far as the type of its router knows them. Where the path does not say which version it is, a client is typed
 * by the router: `createClient<typeof v2Router>()`.
 */
type RoutesIn<Name extends string, Handler, By> = 'path' extends By
  ? Serves<MountedRoutes<`/${Name}`, RoutesOf<Handler>>>
  : unknown

type Ways = VersionBy | readonly VersionBy[]
type WayOf<By> = By extends readonly (infer One)[] ? One : By

/**
 * One version of an API: `app.use('/api', version('v1', v1Router, { deprecated: new Date('2026-01-01'), sunset: new Date('2027-01-01'),
 * link: 'https://…' }), version('v2', v2Router))`. Requests for it go to its router; all others go on, so that versions stand beside
 * one another. Where one of several is to be chosen, and one that there is not refused, `versions()` puts them together.
 *
 * Its answers have the fields `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and `Link`. Requests that its routes give back are no
 * longer announced as deprecated.
 *
 * @param name The segment of the path, or what fields say: `v1`.
 * @param handler A router, or any other handler.
 * @throws TypeError for options that make no sense.
 */
export function version<
  const Name extends string,
  Handler extends RequestHandler,
  const By extends Ways = 'path',
>(
  name: Name,
  handler: Handler,
  options?: VersionOptions & { readonly by?: By },
): OneVersion & RoutesIn<Name, Handler, WayOf<By>> {
  const given: VersionOptions = options ?? {}
  assertMembers('version()', 'options', given, [...OF_ONE, ...OF_ALL])
  const entry = createEntry(name, handler, given, knownOf(given))
  const selector = createSelector([entry], given, true)
  const handled = Object.assign(selector, { '~version': { name, handler, options: given } })
  return handled as OneVersion & RoutesIn<Name, Handler, WayOf<By>>
}

/**
 * All versions of an API: `app.use('/api', versions([version('v1', v1Router, { default: true }), version('v2', v2Router)], { by:
 * 'header' }))`. A request for a version that there is not is refused, with those that there are: 404 by path, 400 by field, 406 by media
 * type. What `versions()` is told about choosing and handling counts for all of them.
 *
 * @throws TypeError for two versions of one name, for two defaults, and for options that make no sense; ContractError
 * `NOZOMI_SCHEMA_CONTRACT` for no version at all
 */
export function versions<const List extends readonly OneVersion[], const By extends Ways = 'path'>(
  list: List & (List extends readonly [] ? 'give one version at least' : unknown),
  options?: VersionsOptions & { readonly by?: By },
): VersionHandler & RoutesOfAll<List, WayOf<By>> {
  const given: VersionsOptions = options ?? {}
  assertList(list)
  assertMembers('versions()', 'options', given, [...OF_ALL])
  const entries = list.map((one) => {
    const record = one?.['~version']
    if (record === undefined) refuseList()
    assertOwn(record.name, record.options)
    return createEntry(record.name, record.handler, record.options, knownOf(given))
  })
  const defaults = entries.filter(({ isDefault }) => isDefault).map(({ name }) => name)
  if (defaults.length > 1)
    throw new TypeError(`only one version can be the default, not ${defaults.join(', ')}`)
  return createSelector(entries, given, false) as VersionHandler & RoutesOfAll<List, WayOf<By>>
}

type RoutesOfAll<List extends readonly OneVersion[], By> = 'path' extends By
  ? List extends readonly [infer One extends OneVersion, ...infer Rest extends readonly OneVersion[]]
    ? Serves<RoutesOf<One>> & RoutesOfAll<Rest, By>
    : unknown
  : unknown

/** Members of `VersionLife`; all others are for all versions alike. */
const OF_ONE: ReadonlySet<string> = new Set<keyof VersionLife>([
  'default',
  'deprecated',
  'sunset',
  'link',
  'successor',
  'afterSunset',
  'brownouts',
  'brownoutStatus',
])

/** Those that are for all versions alike. */
const OF_ALL: ReadonlySet<string> = new Set<keyof VersionsOptions>([
  'by',
  'field',
  'fieldValue',
  'vendor',
  'parameter',
  'refusals',
  'consumer',
  'onUse',
  'maxConsumers',
  'now',
])

function assertList(list: unknown): void {
  if (!Array.isArray(list)) refuseList()
  if (list.length === 0) {
    refuse(
      'versions()',
      'list',
      'is empty, and all requests would be refused',
      "give one version at least: versions([version('v1', v1Router)])",
    )
  }
}

function refuseList(): never {
  throw new TypeError(
    "versions() takes a list of what version() returned: versions([version('v1', v1Router), version('v2', v2Router)])",
  )
}

function assertOwn(name: string, options: VersionOptions): void {
  const shared = Object.keys(options).find((option) => !OF_ONE.has(option))
  if (shared !== undefined) {
    throw new TypeError(`version ${name}: \`${shared}\` is for all versions alike: give it to versions()`)
  }
}

function knownOf({ by = 'path', maxConsumers = 1000 }: VersionsOptions): {
  isInPath: boolean
  maxConsumers: number
} {
  return { isInPath: ([by].flat() as VersionBy[]).includes('path'), maxConsumers }
}
