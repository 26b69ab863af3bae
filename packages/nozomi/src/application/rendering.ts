import { normalize } from 'node:path'
import type { RenderCallback } from '../response/state.js'
import type { Engine, View, ViewOptions } from '../views/view.js'
import type { ApplicationState } from './state.js'

/** Settings that engines read from `settings` in a view's values, and that steer where and how they render. */
const ENGINE_SETTINGS = ['view', 'views', 'view engine', 'view cache', 'view options', 'env']

interface ViewValues {
  _locals?: object
  settings?: unknown
  cache?: unknown
  [name: string]: unknown
}

export const renderingMembers: object & ThisType<ApplicationState> = {
  /**
   * Sets the engine for an extension, with or without its dot: `(path, options, callback)`.
   *
   * @throws Error when the engine is no function.
   */
  engine(extension: string, engine: Engine): ApplicationState {
    if (typeof engine !== 'function') throw new Error('callback function required')
    this.engines[extension.startsWith('.') ? extension : `.${extension}`] = engine
    return this
  },

  /** Renders a view to a string. It sees `app.locals`, then the options. Errors go to the callback. */
  render(name: string, options?: ViewValues | RenderCallback | null, callback?: RenderCallback): void {
    const done = typeof options === 'function' ? options : (callback as RenderCallback)
    const given: ViewValues = (typeof options === 'function' ? {} : options) || {}
    const values = viewValues(this, given)
    let view = values.cache ? (this.cache[name] as View | undefined) : undefined
    if (!view) {
      view = createView(this, name)
      if (!view.path) {
        done(Object.assign(new Error(notFoundMessage(view, name)), { view }))
        return
      }
      // Security: a name is often made from what a client sent, and one file has names without end ("./page",
      // "././page"). The others are looked up each time.
      if (values.cache && normalize(name) === name) this.cache[name] = view
    }
    try {
      view.render(values, done as never)
    } catch (error) {
      done(error as Error)
    }
  },
}

function viewValues(app: ApplicationState, given: ViewValues): ViewValues {
  const values: ViewValues = { ...app.locals, ...given._locals, ...given }
  // Security: `res.render(name, req.query)` must not let a client turn the cache on, name by name: a query's value
  // is a string, a program's is a boolean.
  if (typeof values.cache !== 'boolean') values.cache = app.enabled('view cache')
  const own = app.locals['settings']
  if (values.settings !== own && !app.enabled('view settings from values')) {
    values.settings = withOwnEngineSettings(app, own, values.settings)
  }
  return values
}

/**
 * Security: engines take options from `settings` among the values (ejs: `settings['view options']`, from which code
 * can be injected). A view may have a value of that name, wherever it came from, but those of its fields that steer
 * engines are the application's; one that has no fields would take them away, and is left out. Differs from Express:
 * where they come from the values; `app.enable('view settings from values')`.
 */
function withOwnEngineSettings(app: ApplicationState, own: unknown, settings: unknown): unknown {
  if (typeof settings !== 'object' || settings === null) return own
  const merged: Record<string, unknown> = { ...settings }
  for (const name of ENGINE_SETTINGS) {
    const value = app.get(name)
    if (value !== undefined) merged[name] = value
    else delete merged[name]
  }
  return merged
}

function createView(app: ApplicationState, name: string): View {
  const ViewClass = app.get('view') as new (name: string, options: ViewOptions) => View
  return new ViewClass(name, {
    defaultEngine: app.get('view engine') as string | undefined,
    root: app.get('views') as string | string[],
    engines: app.engines,
    anywhere: app.enabled('views anywhere'),
  })
}

function notFoundMessage(view: View, name: string): string {
  const roots = Array.isArray(view.root) ? (view.root as string[]) : [view.root]
  const last = roots.at(-1)
  const folders =
    roots.length > 1 ? `directories "${roots.slice(0, -1).join('", "')}" or "${last}"` : `directory "${last}"`
  return `Failed to lookup view "${name}" in views ${folders}`
}
