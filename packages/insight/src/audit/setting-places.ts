import { replaceMethod, SharedPatch } from '../hosts/shared-patch.js'
import { applicationPlace } from '../places/application-place.js'
import type { Place } from '../types/place.js'
import type { AnyApplication } from '../types/stack.js'

/*
 * Where a setting was set, for findings about it. `set` is what `enable` and `disable` call, too.
 */

type Method = (this: unknown, ...args: unknown[]) => unknown

const traces = new WeakMap<object, Map<string, Error>>()

/** Enough to get out of the framework. */
const DEEPEST = 20

const settingPatch = new SharedPatch<object>((owner) =>
  replaceMethod<Method>(owner, 'set', (original, state) => {
    return function set(this: unknown, ...args) {
      if (state.isOn && args.length > 1 && typeof args[0] === 'string') note(this as object, args[0])
      return original.apply(this, args)
    }
  }),
)

/**
 * From now on, notes where settings are set. What was set before has no place.
 *
 * @param owner an application; or `express.application`, which watches all that are made from now on, their defaults too
 * @returns what ends it; what was noted stays known
 */
export function watchSettings(owner: object): () => void {
  return settingPatch.hold(owner)
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
