import type { JsonSchema, JsonType } from '../types/json-schema.js'
import type { ApiDocument } from './document.js'
import { valueAt } from './locate.js'

const MOST_DEPTH = 16

/**
 * The types that a schema names, through references and compositions; empty where it names none. It serves to tell lists from single
 * values in what is carried as text; Ajv decides what is valid.
 */
export function typesOf(document: ApiDocument | object, schema: unknown, depth = 0): ReadonlySet<JsonType> {
  const types = new Set<JsonType>()
  if (typeof schema !== 'object' || schema === null || depth > MOST_DEPTH) return types
  const { type, $ref, allOf, anyOf, oneOf, properties } = schema as JsonSchema
  for (const one of [type ?? []].flat()) types.add(one)
  if (types.size === 0 && properties !== undefined) types.add('object')
  const inner: unknown[] = [allOf, anyOf, oneOf].flatMap((list) => list ?? [])
  if (typeof $ref === 'string') inner.push(valueAt(document, $ref))
  for (const one of inner) for (const found of typesOf(document, one, depth + 1)) types.add(found)
  return types
}

/** The properties that a schema names, through references and compositions. */
export function propertiesOf(
  document: ApiDocument | object,
  schema: unknown,
  depth = 0,
): ReadonlyMap<string, JsonSchema> {
  if (typeof schema !== 'object' || schema === null || depth > MOST_DEPTH) return new Map()
  const { properties, $ref, allOf, anyOf, oneOf } = schema as JsonSchema
  const inner: unknown[] = [allOf, anyOf, oneOf].flatMap((list) => list ?? [])
  if (typeof $ref === 'string') inner.push(valueAt(document, $ref))
  return new Map([
    ...inner.flatMap((one) => [...propertiesOf(document, one, depth + 1)]),
    ...Object.entries(properties ?? {}),
  ])
}

/** Whether a value can be nothing but a list. */
export function isListOnly(types: ReadonlySet<JsonType>): boolean {
  return types.has('array') && types.size === 1
}
