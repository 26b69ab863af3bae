import { LISTED_SCHEMAS, NAMED_SCHEMAS, ONE_SCHEMA } from '../../schemas/schema-keywords.js'
import type { JsonSchema } from '../../types/json-schema.js'

/** Of the document that a schema comes from, and of no use in this one. */
const LEFT_OUT = new Set(['$schema', '$id', 'id', '$defs', 'definitions'])

/** A copy of a schema whose inner schemas went through `convert`; what names and defines is left out. */
export function mapSchemas(schema: JsonSchema, convert: (inner: JsonSchema) => JsonSchema): JsonSchema {
  const each = (value: unknown): unknown => (isObject(value) ? convert(value) : value)
  const copy: JsonSchema = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (LEFT_OUT.has(keyword) || value === undefined || isSafeBound(keyword, value)) continue
    // Up to draft 2019-09 `items` may be a list.
    if (keyword === 'items' && Array.isArray(value)) copy.prefixItems = value.map(each) as JsonSchema[]
    else if (keyword === 'additionalItems') {
      if (Array.isArray(schema.items)) copy.items = each(value) as JsonSchema
    } else if (ONE_SCHEMA.has(keyword)) copy[keyword] = each(value)
    else if (LISTED_SCHEMAS.has(keyword) && Array.isArray(value)) copy[keyword] = value.map(each)
    else if (NAMED_SCHEMAS.has(keyword) && isObject(value)) {
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
