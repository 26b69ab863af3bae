import type { Contract } from '../../types/contract.js'
import type { JsonSchema } from '../../types/json-schema.js'
import type { Schema } from '../../types/schema.js'
import { describedSchema } from './described-schema.js'
import type { FoundField, FoundFor, FoundPlace } from './found-rules.js'

/** What single fields say together, as one contract; null for none. */
export function contractOfFields(fields: readonly FoundField[], found: FoundFor): Contract | null {
  if (fields.length === 0) return null
  const roots = new Map<FoundPlace, JsonSchema>()
  for (const field of fields) {
    const place = placeOf(field, found)
    const root = roots.get(place) ?? { type: 'object', properties: {} }
    roots.set(place, root)
    const path = place === 'headers' ? field.path.map((key) => key?.toLowerCase() ?? null) : field.path
    addField(root, path, field)
    if (field.isExact) root.additionalProperties = false
  }
  return Object.fromEntries(
    [...roots].map(([place, json]): [FoundPlace, Schema] => [place, describedSchema(json)]),
  )
}

/** `check('id')` looks everywhere: it is where such a field usually is. */
function placeOf({ places, path }: FoundField, { method, parameters }: FoundFor): FoundPlace {
  const [only] = places
  if (places.length === 1 && only !== undefined) return only
  const name = path[0]
  if (places.includes('params') && typeof name === 'string' && parameters.has(name)) return 'params'
  const usual = ['GET', 'HEAD', 'DELETE'].includes(method) ? 'query' : 'body'
  return places.includes(usual) ? usual : (only ?? usual)
}

/** Puts a field into the schema of the object that it is in; what leads to one that is required is required as well. */
function addField(root: JsonSchema, path: FoundField['path'], field: FoundField): void {
  const [key, ...rest] = path
  if (key === undefined) {
    mergeInto(root, field.schema)
    return
  }
  if (key === null) {
    root.type = 'array'
    const items = typeof root.items === 'object' ? root.items : {}
    root.items = items
    addField(items, rest, field)
    return
  }
  root.type ??= 'object'
  const properties = (root.properties ??= {})
  const property = Object.hasOwn(properties, key) ? (properties[key] as JsonSchema) : {}
  properties[key] = property
  if (field.isRequired && !rest.includes(null)) root.required = [...new Set([...(root.required ?? []), key])]
  addField(property, rest, field)
}

function mergeInto(target: JsonSchema, more: JsonSchema): void {
  // `integer` says more than the `number` or `string` of another chain.
  const type = target.type === 'integer' && more.type !== undefined ? target.type : more.type
  Object.assign(target, more, type === undefined ? {} : { type })
}
