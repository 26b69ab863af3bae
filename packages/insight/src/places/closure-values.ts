import { Inspection } from './inspection.js'

/** How many scopes are looked into, from the nearest on. */
const MOST_SCOPES = 2

/**
 * The objects, functions and nulls that a function has closed over: those of the nearest scope first. It is the only way to see which
 * application stands behind the `mounted_app` of stock Express.
 *
 * @returns for each scope its values; null where there is no inspector.
 */
export function closureValues(fn: unknown): unknown[][] | null {
  return Inspection.about([fn], (inspection, [id]) => {
    if (id === undefined) return []
    const scopes = inspection
      .propertiesOf(id)
      .internalProperties?.find(({ name }) => name === '[[Scopes]]')?.value
    if (scopes?.objectId === undefined) return []
    return inspection
      .propertiesOf(scopes.objectId)
      .result.filter(({ name, value }) => /^\d+$/.test(name) && value?.description?.startsWith('Closure'))
      .slice(0, MOST_SCOPES)
      .map(({ value }) => valuesOfScope(inspection, value?.objectId))
  })
}

function valuesOfScope(inspection: Inspection, scopeId: string | undefined): unknown[] {
  if (scopeId === undefined) return []
  return inspection.propertiesOf(scopeId).result.flatMap(({ value }) => {
    if (value?.subtype === 'null') return [null]
    return value?.objectId === undefined ? [] : [inspection.valueOf(value.objectId)]
  })
}
