import type { EntityTagger } from './entity-tag.js'
import type { QueryParser } from './query-parser.js'
import type { Trust } from './trust-proxy.js'

/**
 * All that a request or a response needs to know of its application's settings, in one record with a fixed shape.
 *
 * It is compiled at the first use after a setting changed, so that a request reads fields and never interprets or
 * looks up a setting by name.
 */
export interface Configuration {
  readonly env: unknown
  readonly poweredBy: boolean
  readonly entityTag: EntityTagger | undefined
  readonly fileEntityTags: boolean
  readonly jsonEscape: boolean
  readonly jsonReplacer: JsonReplacer | undefined
  readonly jsonSpaces: string | number | undefined
  readonly jsonpCallbackName: string
  readonly queryParser: QueryParser | undefined
  readonly subdomainOffset: number
  readonly trust: Trust
  readonly validateHost: boolean
}

export type JsonReplacer = ((this: unknown, key: string, value: unknown) => unknown) | (string | number)[]

/** Where settings are read from: `app.get(name)`. */
export interface SettingsSource {
  get(setting: string): unknown
  set(setting: string): unknown
  enabled(setting: string): boolean
  [configuration]?: Configuration | null
  [ownReaders]?: Pick<SettingsSource, 'get' | 'set' | 'enabled'>
}

/** How an application of ours reads a setting, unless somebody replaced it. */
export const ownReaders = Symbol('nozomi.ownReaders')
/** The compiled settings of an application; null when a setting has changed since, undefined when none are kept. */
export const configuration = Symbol('nozomi.configuration')

/**
 * The compiled settings of an application. They are read anew each time where nothing tells of a change: in one that
 * is not ours (stock Express), or whose `get`, `set` or `enabled` was replaced.
 */
export function configurationOf(app: SettingsSource): Configuration {
  const compiled = app[configuration]
  if (compiled && readsItself(app)) return compiled
  const fresh = compileConfiguration(app)
  if (compiled === null) app[configuration] = fresh
  return fresh
}

function readsItself(app: SettingsSource): boolean {
  const own = app[ownReaders]
  return app.get === own?.get && app.set === own.set && app.enabled === own.enabled
}

function compileConfiguration(app: SettingsSource): Configuration {
  return {
    env: app.get('env'),
    poweredBy: app.enabled('x-powered-by'),
    entityTag: functionOrNone<EntityTagger>(app.get('etag fn')),
    fileEntityTags: Boolean(app.get('etag')),
    jsonEscape: Boolean(app.get('json escape')),
    jsonReplacer: (app.get('json replacer') as JsonReplacer | undefined) || undefined,
    jsonSpaces: (app.get('json spaces') as string | number | undefined) || undefined,
    jsonpCallbackName: app.get('jsonp callback name') as string,
    queryParser: functionOrNone<QueryParser>(app.get('query parser fn')),
    subdomainOffset: app.get('subdomain offset') as number,
    trust: app.get('trust proxy fn') as Trust,
    validateHost: app.get('validate host') !== false,
  }
}

function functionOrNone<T>(value: unknown): T | undefined {
  return typeof value === 'function' ? (value as T) : undefined
}
