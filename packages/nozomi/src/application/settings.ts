import { resolve } from 'node:path'
import { configuration } from '../settings/configuration.js'
import { compileEntityTag } from '../settings/entity-tag.js'
import { compileQueryParser } from '../settings/query-parser.js'
import { compileTrust } from '../settings/trust-proxy.js'
import { View } from '../views/view.js'
import { type ApplicationState, mounted } from './state.js'

/** Parity: a child inherits `trust proxy` from its parent unless it was set on the child itself. */
export const TRUST_PROXY_DEFAULT = '@@symbol:trust_proxy_default'

/** Settings whose value is compiled when they are set; the compiled form stands beside them, under another name. */
const COMPILED = new Map<string, { name: string; compile: (value: unknown) => unknown }>([
  ['etag', { name: 'etag fn', compile: compileEntityTag }],
  ['query parser', { name: 'query parser fn', compile: compileQueryParser }],
  ['trust proxy', { name: 'trust proxy fn', compile: compileTrust }],
])

export const settingMembers: object & ThisType<ApplicationState> = {
  /**
   * Sets a setting; with one argument gives its value.
   *
   * @throws TypeError for a value that `etag`, `query parser` or `trust proxy` can't have.
   */
  set(setting: string, value?: unknown): unknown {
    if (arguments.length === 1) return this.settings[setting]
    this.settings[setting] = value
    const compiled = COMPILED.get(setting)
    if (compiled) this.set(compiled.name, compiled.compile(value))
    if (setting === 'trust proxy') markTrustDefault(this, false)
    return this
  },

  enabled(setting: string): boolean {
    return Boolean(this.set(setting))
  },

  disabled(setting: string): boolean {
    return !this.set(setting)
  },

  enable(setting: string): unknown {
    return this.set(setting, true)
  },

  disable(setting: string): unknown {
    return this.set(setting, false)
  },

  /** Gives the application the settings that every one starts with. */
  defaultConfiguration(): void {
    const env = process.env['NODE_ENV'] || 'development'
    this.enable('x-powered-by')
    this.set('etag', 'weak')
    this.set('env', env)
    this.set('query parser', 'simple')
    this.set('subdomain offset', 2)
    this.set('trust proxy', false)
    markTrustDefault(this, true)
    this.on('mount', (parent: ApplicationState) => inheritFrom(this, parent))
    this.locals = Object.create(null)
    this.mountpath = '/'
    this.locals['settings'] = this.settings
    this.set('view', View)
    this.set('views', resolve('views'))
    this.set('jsonp callback name', 'callback')
    if (env === 'production') this.enable('view cache')
  },
}

/**
 * Gives an application its settings. They are a plain object that anybody may write to, or replace, as in Express; a
 * write, however it is made, lets the compiled record of the application, and of those that inherit from it, be made
 * anew.
 */
export function defineSettings(app: ApplicationState): void {
  let settings = watched(app, Object.create(null) as Record<string, unknown>)
  Object.defineProperty(app, 'settings', {
    configurable: true,
    enumerable: true,
    get: () => settings,
    set: (replacement: Record<string, unknown>) => {
      settings = watched(app, replacement)
      forgetConfiguration(app, null)
    },
  })
}

function watched(app: ApplicationState, settings: Record<string, unknown>): Record<string, unknown> {
  return new Proxy(settings, {
    defineProperty(target, name, descriptor) {
      // What a getter gives can be another value each time.
      forgetConfiguration(app, descriptor.get ? undefined : null)
      return Reflect.defineProperty(target, name, descriptor)
    },
    deleteProperty(target, name) {
      forgetConfiguration(app, null)
      return Reflect.deleteProperty(target, name)
    },
    setPrototypeOf(target, prototype) {
      forgetConfiguration(app, null)
      return Reflect.setPrototypeOf(target, prototype)
    },
  })
}

/** @param state what the record becomes: null to be made anew, undefined to be kept no more */
function forgetConfiguration(app: ApplicationState, state: null | undefined): void {
  if (app[configuration] !== undefined) app[configuration] = state
  const children = app[mounted]
  // Parity: whoever makes an application by hand, of the members of `express.application` and `init()`, gives it none.
  if (children === undefined) return
  for (const reference of children) {
    const child = reference.deref()
    if (child) forgetConfiguration(child, state)
    else children.delete(reference)
  }
}

function markTrustDefault(app: ApplicationState, isDefault: boolean): void {
  Object.defineProperty(app.settings, TRUST_PROXY_DEFAULT, { configurable: true, value: isDefault })
}

/** A mounted application inherits what it has not set itself: settings, engines, and additions to req and res. */
function inheritFrom(app: ApplicationState, parent: ApplicationState): void {
  if (app.settings[TRUST_PROXY_DEFAULT] === true && typeof parent.settings['trust proxy fn'] === 'function') {
    delete app.settings['trust proxy']
    delete app.settings['trust proxy fn']
  }
  Object.setPrototypeOf(app.request, parent.request)
  Object.setPrototypeOf(app.response, parent.response)
  Object.setPrototypeOf(app.engines, parent.engines)
  Object.setPrototypeOf(app.settings, parent.settings)
  // Weakly: an application that was taken off the stack again must be free to go.
  parent[mounted]?.add(new WeakRef(app))
}
