import { types } from 'node:util'
import { closureScopes, internalOf } from '../../places/closure-scopes.js'
import { Inspection } from '../../places/inspection.js'
import type { AnyHandler } from '../../types/stack.js'
import { dataOf } from './own-data.js'

/*
 * The variables around a function: where middleware keeps the options that it was made with.
 */

/** The variable of this name in the nearest scope that has one; undefined when there is none, or no inspector. */
export function variableAround(handler: AnyHandler, name: string): unknown {
  return closureScopes(handler).find((scope) => Object.hasOwn(scope, name))?.[name]
}

/** The functions in the lists of the nearest scope: the middleware that a function runs one after the other. */
export function functionsListedAround(handler: AnyHandler): AnyHandler[] {
  const [nearest = {}] = closureScopes(handler)
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
