import { applicationPlace } from '../places/application-place.js'
import type { Place } from '../types/place.js'
import type { AnyApplication } from '../types/stack.js'

/*
 * Where a setting was set, for findings about it. `set` is what `enable` and `disable` call, too.
 */

type Method = (this: unknown, ...args: unknown[]) => unknown

const traces = new WeakMap<object, Map<string, Error>>()
const watched = new WeakSet<object>()

/** Enough to get out of the framework. */
const DEEPEST = 20

/**
 * From now on, notes where settings are set. What was set before has no place.
 *
 * @param owner an application; or `express.application`, which watches all that are made from now on, their defaults too
 */
export function watchSettings(owner: object): void {
  const settable = owner as { set?: Method }
  const { set } = settable
  if (typeof set !== 'function' || watched.has(owner)) return
  watched.add(owner)
  settable.set = new Proxy(set, {
    apply(method, self, args: unknown[]) {
      if (args.length > 1 && typeof args[0] === 'string') note(self as object, args[0])
      return Reflect.apply(method, self, args)
    },
  })
}

export function settingPlaceOf(app: AnyApplication, setting: string): Place | null {
  const trace = traces.get(app)?.get(setting)
  return trace === undefined ? null : applicationPlace(trace)
}

/** The text of the stack is made only when it is asked for. */
function note(app: object, setting: string): void {
  const noted = traces.get(app) ?? new Map<string, Error>()
  traces.set(app, noted)
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = Math.max(limit, DEEPEST)
  noted.set(setting, new Error('set'))
  Error.stackTraceLimit = limit
}
