import { resolveReference } from '../../schemas/references.js'
import type { JsonSchema } from '../../types/json-schema.js'

/*
 * Whether a value satisfies a JSON Schema, for alternatives that no key tells apart. The schema itself has been run before, so this
 * only finds the alternative that it took: keys that an alternative does not name are no reason against it, and neither are
 * keywords that are not listed here.
 */

type Check = (schema: any, value: any, context: Context) => boolean

interface Context {
  readonly root: JsonSchema
  readonly patterns: Map<string, RegExp>
}

export function compileMatch(root: JsonSchema, schema: JsonSchema): (value: unknown) => boolean {
  const context = { root, patterns: new Map() }
  return (value) => matches(schema, value, context)
}

function matches(schema: JsonSchema | boolean, given: unknown, context: Context): boolean {
  if (typeof schema === 'boolean') return schema
  const value = asJson(given)
  for (const keyword of Object.keys(schema)) {
    const check = CHECKS[keyword]
    if (check !== undefined && !check(schema, value, context)) return false
  }
  return true
}

const CHECKS: Readonly<Record<string, Check>> = {
  type: ({ type }, value) => (Array.isArray(type) ? type : [type]).some((one) => isOfType(one, value)),
  const: (schema, value) => isSame(schema.const, value),
  enum: (schema, value) => schema.enum.some((one: unknown) => isSame(one, value)),
  $ref: ({ $ref }, value, context) => {
    const target = resolveReference(context.root, $ref)
    return target === null || matches(target, value, context)
  },
  allOf: ({ allOf }, value, context) => allOf.every((one: JsonSchema) => matches(one, value, context)),
  anyOf: ({ anyOf }, value, context) => anyOf.some((one: JsonSchema) => matches(one, value, context)),
  oneOf: ({ oneOf }, value, context) => oneOf.some((one: JsonSchema) => matches(one, value, context)),
  not: ({ not }, value, context) => !matches(not, value, context),

  required: ({ required }, value) =>
    !isObject(value) || required.every((key: string) => value[key] !== undefined),
  properties: ({ properties }, value, context) =>
    !isObject(value) ||
    Object.keys(properties).every(
      (key) => value[key] === undefined || matches(properties[key], value[key], context),
    ),
  additionalProperties: (schema, value, context) =>
    !isObject(value) ||
    schema.additionalProperties === false ||
    Object.keys(value).every(
      (key) =>
        Object.hasOwn(schema.properties ?? {}, key) ||
        matches(schema.additionalProperties, value[key], context),
    ),
  items: (schema, value, context) =>
    !Array.isArray(value) ||
    value.slice(schema.prefixItems?.length ?? 0).every((one) => matches(schema.items, one, context)),
  prefixItems: ({ prefixItems }, value, context) =>
    !Array.isArray(value) ||
    value.slice(0, prefixItems.length).every((one, at) => matches(prefixItems[at], one, context)),

  minLength: ({ minLength }, value) => typeof value !== 'string' || value.length >= minLength,
  maxLength: ({ maxLength }, value) => typeof value !== 'string' || value.length <= maxLength,
  pattern: ({ pattern }, value, { patterns }) =>
    typeof value !== 'string' || patternOf(patterns, pattern).test(value),
  minimum: ({ minimum }, value) => typeof value !== 'number' || value >= minimum,
  maximum: ({ maximum }, value) => typeof value !== 'number' || value <= maximum,
  exclusiveMinimum: (schema, value) => typeof value !== 'number' || value > schema.exclusiveMinimum,
  exclusiveMaximum: (schema, value) => typeof value !== 'number' || value < schema.exclusiveMaximum,
  minItems: ({ minItems }, value) => !Array.isArray(value) || value.length >= minItems,
  maxItems: ({ maxItems }, value) => !Array.isArray(value) || value.length <= maxItems,
}

/** What `JSON.stringify` takes in place of a value. */
function asJson(value: unknown): unknown {
  const { toJSON } = (typeof value === 'object' && value !== null ? value : {}) as { toJSON?: unknown }
  return typeof toJSON === 'function' ? toJSON.call(value, '') : value
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isOfType(type: string, value: unknown): boolean {
  switch (type) {
    case 'object':
      return isObject(value)
    case 'array':
      return Array.isArray(value)
    case 'null':
      return value === null
    case 'integer':
      return Number.isInteger(value)
    default:
      return typeof value === type
  }
}

function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || one === null) return one === other
  return JSON.stringify(one) === JSON.stringify(other)
}

/** One for each pattern of the schema. */
function patternOf(patterns: Map<string, RegExp>, source: string): RegExp {
  let pattern = patterns.get(source)
  if (pattern === undefined) {
    pattern = new RegExp(source, 'u')
    patterns.set(source, pattern)
  }
  return pattern
}
