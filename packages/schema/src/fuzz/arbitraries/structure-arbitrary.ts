import * as fc from 'fast-check'
import type { JsonSchema } from '../../types/json-schema.js'
import { assertMakeable, boundedFilter, ifSatisfiable, Unsatisfiable } from './unsatisfiable.js'

type Inner = (schema: JsonSchema | boolean | undefined) => fc.Arbitrary<unknown>

/** More entries than this are made only where the schema wants them. */
const USUAL_ITEMS = 4
const USUAL_EXTRAS = 2

const plainKeys = fc.stringMatching(/^[a-z][A-Za-z0-9_]{0,9}$/u)

/** Lists of a schema: those of `prefixItems` first. */
export function arrayArbitrary(schema: JsonSchema, inner: Inner): fc.Arbitrary<unknown[]> {
  const { prefixItems = [], minItems = 0 } = schema
  const maxItems = Math.min(schema.maxItems ?? Infinity, Math.max(minItems, USUAL_ITEMS))
  assertMakeable(minItems)
  if (minItems > maxItems) throw new Unsatisfiable('no list has these lengths')
  const first = prefixItems.slice(0, maxItems).map((item) => inner(item))
  const rest = restArbitrary(schema, inner, {
    minLength: Math.max(0, minItems - first.length),
    maxLength: Math.max(0, maxItems - first.length),
  })
  return first.length === 0
    ? rest
    : fc.tuple(fc.tuple(...first), rest).map(([head, tail]) => [...head, ...tail])
}

function restArbitrary(
  { items, uniqueItems }: JsonSchema,
  inner: Inner,
  lengths: { minLength: number; maxLength: number },
): fc.Arbitrary<unknown[]> {
  const none = fc.constant<unknown[]>([])
  if (lengths.maxLength === 0) return none
  const item = lengths.minLength === 0 ? ifSatisfiable(() => inner(items)) : inner(items)
  if (item === undefined) return none
  if (!uniqueItems) return fc.array(item, lengths)
  return fc.uniqueArray(item, { ...lengths, selector: (value) => JSON.stringify(value) })
}

/**
 * Objects of a schema: its properties, and others where it says of what kind they are.
 *
 * @param isDeepening whether what is not required is made, too
 */
export function objectArbitrary(
  schema: JsonSchema,
  inner: Inner,
  isDeepening: boolean,
): fc.Arbitrary<Record<string, unknown>> {
  const { required = [], properties = {} } = schema
  const model: Record<string, fc.Arbitrary<unknown>> = {}
  for (const name of required.filter((one) => !isSkipped(properties[one]))) {
    model[name] = inner(properties[name] ?? schema.additionalProperties)
  }
  for (const [name, property] of Object.entries(properties)) {
    if (Object.hasOwn(model, name) || !isDeepening || isSkipped(property)) continue
    const optional = ifSatisfiable(() => inner(property))
    if (optional) model[name] = optional
  }
  const own = fc.record(model, {
    requiredKeys: required.filter((name) => Object.hasOwn(model, name)),
    noNullPrototype: true,
  })
  const extras = isDeepening ? extraProperties(schema, inner, Object.keys(model).length) : null
  return extras ? fc.tuple(extras, own).map(([more, named]) => ({ ...more, ...named })) : own
}

/** OpenAPI: what is `readOnly` is not sent. */
function isSkipped(property: JsonSchema | boolean | undefined): boolean {
  return typeof property === 'object' && property.readOnly === true
}

/** Properties that the schema does not name: made where it has a schema for them, or wants more than it names. */
function extraProperties(
  schema: JsonSchema,
  inner: Inner,
  named: number,
): fc.Arbitrary<Record<string, unknown>> | null {
  const { additionalProperties, patternProperties } = schema
  const minProperties = Number(schema['minProperties'] ?? 0)
  const maxProperties = Number(schema['maxProperties'] ?? Infinity)
  assertMakeable(minProperties)
  const [pattern] = Object.entries(patternProperties ?? {})
  const isDescribed = typeof additionalProperties === 'object' || pattern !== undefined
  if (!isDescribed && (minProperties <= named || additionalProperties === false)) return null
  const value = ifSatisfiable(() => inner(pattern ? pattern[1] : additionalProperties))
  if (value === undefined) return null
  const minKeys = Math.max(0, minProperties - named)
  const maxKeys = Math.max(minKeys, Math.min(USUAL_EXTRAS, maxProperties - named))
  const keys = boundedFilter(keyArbitrary(schema, pattern?.[0], inner), (key) => isFree(key, schema))
  return fc.dictionary(keys, value, { minKeys, maxKeys, noNullPrototype: true })
}

function keyArbitrary(
  { propertyNames }: JsonSchema,
  pattern: string | undefined,
  inner: Inner,
): fc.Arbitrary<string> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern, 'u'))
  if (propertyNames === undefined) return plainKeys
  return inner({ type: 'string', ...propertyNames }).map(String)
}

/** Names that pollute prototypes are refused by rights, so they are no part of valid values. */
function isFree(key: string, { properties = {} }: JsonSchema): boolean {
  return !Object.hasOwn(properties, key) && !['__proto__', 'constructor', 'prototype'].includes(key)
}
