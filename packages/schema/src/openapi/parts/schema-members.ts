import type { JsonSchema } from '../../types/json-schema.js'

/** Keywords whose value is a schema, a list of such, or an object of such. */
const ONE = new Set([
  'additionalProperties',
  'contains',
  'contentSchema',
  'else',
  'if',
  'items',
  'not',
  'propertyNames',
  'then',
  'unevaluatedItems',
  'unevaluatedProperties',
])
const LIST = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
const NAMED = new Set(['dependentSchemas', 'patternProperties', 'properties'])

/** Of the document that a schema comes from, and of no use in this one. */
const LEFT_OUT = new Set(['$schema', '$id', 'id', '$defs', 'definitions'])

/** A copy of a schema whose inner schemas went through `convert`; what names and defines is left out. */
export function mapSchemas(schema: JsonSchema, convert: (inner: JsonSchema) => JsonSchema): JsonSchema {
  const each = (value: unknown): unknown => (isObject(value) ? convert(value) : value)
  const copy: JsonSchema = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (LEFT_OUT.has(keyword) || value === undefined || isSafeBound(keyword, value)) continue
    if (ONE.has(keyword)) copy[keyword] = Array.isArray(value) ? value.map(each) : each(value)
    else if (LIST.has(keyword) && Array.isArray(value)) copy[keyword] = value.map(each)
    else if (NAMED.has(keyword) && isObject(value)) {
      copy[keyword] = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, each(one)]))
    } else copy[keyword] = value
  }
  return copy
}

/** Zod says of every integer that JavaScript can hold it. */
function isSafeBound(keyword: string, value: unknown): boolean {
  if (keyword === 'minimum') return value === Number.MIN_SAFE_INTEGER
  return keyword === 'maximum' && value === Number.MAX_SAFE_INTEGER
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
