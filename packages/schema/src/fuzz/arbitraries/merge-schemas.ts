import type { JsonSchema } from '../../types/json-schema.js'

/** Alternatives of two schemas are combined up to this many; beyond, those of the first are taken. */
const MOST_ALTERNATIVES = 16

type Merge = (one: never, other: never) => unknown

/**
 * One schema that says what both say, as far as it can be said in one: bounds are narrowed, properties and required names
 * united. What can't be said (two patterns) is taken from the first, so what is made by it is still to be checked.
 */
export function mergeSchemas(one: JsonSchema, other: JsonSchema): JsonSchema {
  const merged: JsonSchema = { ...one }
  for (const [keyword, value] of Object.entries(other)) {
    if (value === undefined) continue
    const known = merged[keyword]
    const merge = MERGES[keyword]
    merged[keyword] = known === undefined ? value : merge ? merge(known as never, value as never) : known
  }
  return merged
}

const MERGES: Readonly<Record<string, Merge | undefined>> = {
  type: mergeTypes,
  enum: (one: unknown[], other: unknown[]) => one.filter((value) => other.some((two) => isSame(value, two))),
  minimum: Math.max,
  exclusiveMinimum: Math.max,
  minLength: Math.max,
  minItems: Math.max,
  minProperties: Math.max,
  maximum: Math.min,
  exclusiveMaximum: Math.min,
  maxLength: Math.min,
  maxItems: Math.min,
  maxProperties: Math.min,
  required: (one: string[], other: string[]) => [...new Set([...one, ...other])],
  properties: mergeProperties,
  patternProperties: mergeProperties,
  additionalProperties: mergeSubschemas,
  items: mergeSubschemas,
  uniqueItems: (one: boolean, other: boolean) => one || other,
  multipleOf: (one: number, other: number) => (one % other === 0 ? one : one * other),
  anyOf: combine,
  oneOf: combine,
  not: (one: unknown, other: unknown) => ({ anyOf: [one, other] }),
} as Readonly<Record<string, Merge | undefined>>

function mergeTypes(one: string | string[], other: string | string[]): string[] {
  const others = new Set([other].flat())
  return [one].flat().flatMap((type) => {
    if (others.has(type)) return [type]
    if (type === 'number' && others.has('integer')) return ['integer']
    return type === 'integer' && others.has('number') ? ['integer'] : []
  })
}

function mergeProperties(
  one: Record<string, JsonSchema | boolean>,
  other: Record<string, JsonSchema | boolean>,
): Record<string, JsonSchema | boolean> {
  const merged = { ...one }
  for (const [name, schema] of Object.entries(other)) {
    const known = merged[name]
    merged[name] = known === undefined ? schema : mergeSubschemas(known, schema)
  }
  return merged
}

function mergeSubschemas(one: JsonSchema | boolean, other: JsonSchema | boolean): JsonSchema | boolean {
  if (one === false || other === false) return false
  if (one === true) return other
  return other === true ? one : { allOf: [one, other] }
}

function combine(one: JsonSchema[], other: JsonSchema[]): JsonSchema[] {
  if (one.length * other.length > MOST_ALTERNATIVES) return one
  return one.flatMap((first) => other.map((second) => ({ allOf: [first, second] })))
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
