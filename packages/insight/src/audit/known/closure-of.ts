import { types } from 'node:util'
import { Inspection } from '../../places/inspection.js'
import type { AnyHandler } from '../../types/stack.js'
import { dataOf, isObject } from './own-data.js'

/*
 * The variables around a function: where middleware keeps the options that it was made with. V8 shows them to a debugger,
 * and node lets a process be its own. Nothing is called and nothing is changed for it: what comes back is a copy of the
 * scopes, with the very values in it.
 *
 * A variable is there only when a function inside of its scope uses it. Code that was minified has other names.
 */

type Scope = Readonly<Record<string, unknown>>

/** The variable of this name in the nearest scope that has one; undefined when there is none, or no inspector. */
export function variableAround(handler: AnyHandler, name: string): unknown {
  return scopesOf(handler).find((scope) => Object.hasOwn(scope, name))?.[name]
}

/** The functions in the lists of the nearest scope: the middleware that a function runs one after the other. */
export function functionsListedAround(handler: AnyHandler): AnyHandler[] {
  const [nearest = {}] = scopesOf(handler)
  return Object.values(nearest).flatMap(functionsOf)
}

function functionsOf(list: unknown): AnyHandler[] {
  if (!Array.isArray(list) || types.isProxy(list)) return []
  const items = Array.from({ length: Math.min(list.length, MOST_LISTED) }, (_, i) => dataOf(list, String(i)))
  return items.filter((item) => typeof item === 'function' && !types.isProxy(item)) as AnyHandler[]
}

const MOST_LISTED = 100

/** What a bound function is called with as `this`; undefined for any other function. */
export function boundThisOf(handler: AnyHandler): unknown {
  return (
    Inspection.about([handler], (inspection, [id]) => {
      const bound = internalOf(inspection, id, '[[BoundThis]]')
      return bound === undefined ? undefined : inspection.valueOf(bound)
    }) ?? undefined
  )
}

/** The scopes around a function, innermost first, without the global one. */
function scopesOf(handler: AnyHandler): readonly Scope[] {
  const scopes = Inspection.about([handler], (inspection, [id]) => {
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
function scopeIn(described: unknown): Scope[] {
  const { object } = (described ?? {}) as { object?: unknown }
  return isObject(object) ? [object as Scope] : []
}

/** Not the global scope, nor that of scripts. */
const OF_FUNCTIONS = /^(?:Closure|Local|Block|Module)\b/u

function internalOf(inspection: Inspection, id: string | undefined, name: string): string | undefined {
  if (id === undefined) return undefined
  return inspection.propertiesOf(id).internalProperties?.find((property) => property.name === name)?.value
    ?.objectId
}
