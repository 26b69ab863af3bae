import { Inspection } from './inspection.js'

/** The variables of one scope around a function, by name. */
export type ClosureScope = Readonly<Record<string, unknown>>

/**
 * The scopes around a function, innermost first, without the global one. V8 shows them to a debugger, and node lets a process be
 * its own. Nothing is called and nothing is changed for it: what comes back is a copy of the scopes, with the very values in it.
 *
 * A variable is there only when a function inside of its scope uses it. Code that was minified has other names.
 *
 * @returns an empty list where there is no inspector.
 */
export function closureScopes(fn: unknown): readonly ClosureScope[] {
  const scopes = Inspection.about([fn], (inspection, [id]) => {
    const list = internalOf(inspection, id, '[[Scopes]]')
    if (list === undefined) return []
    return inspection.propertiesOf(list).result.flatMap(({ name, value }) => {
      const isScope = /^\d+$/u.test(name) && OF_FUNCTIONS.test(value?.description ?? '')
      return isScope && value?.objectId !== undefined ? scopeIn(inspection.valueOf(value.objectId)) : []
    })
  })
  return scopes ?? []
}

/** The inspector describes a scope as a pair: what it is called, and an object with its variables. */
function scopeIn(described: unknown): ClosureScope[] {
  const { object } = (described ?? {}) as { object?: unknown }
  const isObject = (typeof object === 'object' && object !== null) || typeof object === 'function'
  return isObject ? [object as ClosureScope] : []
}

/** Not the global scope, nor that of scripts. */
const OF_FUNCTIONS = /^(?:Closure|Local|Block|Module)\b/u

/** The handle of what V8 keeps with a function under a name in double brackets. */
export function internalOf(inspection: Inspection, id: string | undefined, name: string): string | undefined {
  if (id === undefined) return undefined
  return inspection.propertiesOf(id).internalProperties?.find((property) => property.name === name)?.value
    ?.objectId
}
