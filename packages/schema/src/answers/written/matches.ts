import { isDeepStrictEqual } from 'node:util'
import { compilePattern } from '../../schemas/patterns.js'
import { resolveReference } from '../../schemas/references.js'
import type { JsonSchema } from '../../types/json-schema.js'

/*
 * Whether a value may satisfy a JSON Schema, for alternatives that no key tells apart. The schema itself has been run before, so this
 * only finds the alternative that it took. What is not understood here is no reason against an alternative.
 */

type Check = (schema: any, value: any, context: Context) => boolean

interface Context {
  readonly root: JsonSchema
  readonly patterns: Map<string, RegExp>
}

export interface Match {
  /** Of a value as JSON has it. */
  readonly matches: (value: unknown) => boolean
  /** Whether all that the schema says is understood here: then what matches satisfies it. */
  readonly isWhole: boolean
}

export function compileMatch(root: JsonSchema, schema: JsonSchema): Match {
  const context: Context = { root, patterns: new Map() }
  const isWhole = look(schema, context, new Set())
  return { matches: (value) => matches(schema, value, context), isWhole }
}

function matches(schema: JsonSchema | boolean, value: unknown, context: Context): boolean {
  if (typeof schema === 'boolean') return schema
  for (const keyword of Object.keys(schema)) {
    const check = CHECKS[keyword]
    if (check !== undefined && !check(schema, value, context)) return false
  }
  return true
}

const CHECKS: Readonly<Record<string, Check>> = {
  type: ({ type }, value) => (Array.isArray(type) ? type : [type]).some((one) => isOfType(one, value)),
  const: (schema, value) => isDeepStrictEqual(schema.const, value),
  enum: (schema, value) => schema.enum.some((one: unknown) => isDeepStrictEqual(one, value)),
  $ref: ({ $ref }, value, context) => {
    const target = resolveReference(context.root, $ref)
    return target === null || matches(target, value, context)
  },
  allOf: ({ allOf }, value, context) => allOf.every((one: JsonSchema) => matches(one, value, context)),
  anyOf: ({ anyOf }, value, context) => anyOf.some((one: JsonSchema) => matches(one, value, context)),
  // Several may match here of which only one is satisfied.
  oneOf: ({ oneOf }, value, context) => oneOf.some((one: JsonSchema) => matches(one, value, context)),
  not: ({ not }, value, context) => !look(not, context, new Set()) || !matches(not, value, context),

  required: ({ required }, value) =>
    !isObject(value) || required.every((key: string) => value[key] !== undefined),
  properties: ({ properties }, value, context) =>
    !isObject(value) ||
    Object.keys(properties).every(
      (key) => value[key] === undefined || matches(properties[key], value[key], context),
    ),
  additionalProperties: (schema, value, context) =>
    !isObject(value) ||
    Object.keys(value).every(
      (key) =>
        value[key] === undefined ||
        isNamed(schema, key, context) ||
        matches(schema.additionalProperties, value[key], context),
    ),
  patternProperties: ({ patternProperties }, value, context) =>
    !isObject(value) ||
    Object.entries(patternProperties).every(([pattern, one]) =>
      Object.keys(value).every(
        (key) => !patternOf(context, pattern).test(key) || matches(one as JsonSchema, value[key], context),
      ),
    ),
  propertyNames: ({ propertyNames }, value, context) =>
    !isObject(value) || Object.keys(value).every((key) => matches(propertyNames, key, context)),
  minProperties: ({ minProperties }, value) => !isObject(value) || Object.keys(value).length >= minProperties,
  maxProperties: ({ maxProperties }, value) => !isObject(value) || Object.keys(value).length <= maxProperties,
  dependentRequired: ({ dependentRequired }, value) =>
    !isObject(value) ||
    Object.entries(dependentRequired).every(
      ([key, names]) =>
        value[key] === undefined || (names as string[]).every((name) => value[name] !== undefined),
    ),

  items: (schema, value, context) =>
    !Array.isArray(value) ||
    Array.isArray(schema.items) ||
    value.slice(schema.prefixItems?.length ?? 0).every((one) => matches(schema.items, one, context)),
  prefixItems: ({ prefixItems }, value, context) =>
    !Array.isArray(value) ||
    value.slice(0, prefixItems.length).every((one, at) => matches(prefixItems[at], one, context)),
  minItems: ({ minItems }, value) => !Array.isArray(value) || value.length >= minItems,
  maxItems: ({ maxItems }, value) => !Array.isArray(value) || value.length <= maxItems,
  uniqueItems: ({ uniqueItems }, value) =>
    !Array.isArray(value) ||
    uniqueItems !== true ||
    value.every((one, at) => !value.slice(0, at).some((other) => isDeepStrictEqual(one, other))),

  // JSON Schema counts characters, and not halves of them.
  minLength: ({ minLength }, value) => typeof value !== 'string' || lengthOf(value) >= minLength,
  maxLength: ({ maxLength }, value) => typeof value !== 'string' || lengthOf(value) <= maxLength,
  pattern: ({ pattern }, value, context) =>
    typeof value !== 'string' || patternOf(context, pattern).test(value),
  minimum: ({ minimum }, value) => typeof value !== 'number' || value >= minimum,
  maximum: ({ maximum }, value) => typeof value !== 'number' || value <= maximum,
  exclusiveMinimum: (schema, value) => typeof value !== 'number' || value > schema.exclusiveMinimum,
  exclusiveMaximum: (schema, value) => typeof value !== 'number' || value < schema.exclusiveMaximum,
  multipleOf: ({ multipleOf }, value) =>
    typeof value !== 'number' || value % multipleOf === 0 || Number.isInteger(value / multipleOf),
}

/** What says nothing of a value. `pattern` is not among what is sure: the flags of an expression have no place in JSON Schema. */
const SILENT = new Set([
  '$defs',
  '$comment',
  '$id',
  'title',
  'description',
  'default',
  'deprecated',
  'examples',
])
const UNSURE = new Set(['pattern', 'patternProperties', 'oneOf', 'not'])

/** Compiles the patterns of a schema, and of all in it; whether everything in it is understood. */
function look(schema: JsonSchema | boolean, context: Context, seen: Set<JsonSchema>): boolean {
  if (typeof schema === 'boolean' || seen.has(schema)) return true
  seen.add(schema)
  let understood = true
  for (const [keyword, value] of Object.entries(schema)) {
    if (SILENT.has(keyword)) continue
    if (CHECKS[keyword] === undefined || UNSURE.has(keyword)) understood = false
    if (keyword === 'pattern') patternOf(context, value as string)
    if (keyword === 'patternProperties') for (const one of Object.keys(value ?? {})) patternOf(context, one)
    for (const inner of schemasUnder(keyword, value, context)) {
      if (!look(inner, context, seen)) understood = false
    }
  }
  return understood
}

function schemasUnder(keyword: string, value: any, { root }: Context): readonly JsonSchema[] {
  switch (keyword) {
    case '$ref':
      return [resolveReference(root, value) ?? {}]
    case 'properties':
    case 'patternProperties':
      return Object.values(value)
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
    case 'prefixItems':
      return value
    case 'additionalProperties':
    case 'items':
    case 'propertyNames':
    case 'not':
      return [value]
    default:
      return []
  }
}

function isNamed(schema: JsonSchema, key: string, context: Context): boolean {
  if (Object.hasOwn(schema.properties ?? {}, key)) return true
  return Object.keys(schema.patternProperties ?? {}).some((pattern) => patternOf(context, pattern).test(key))
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

/** In code points. */
function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}

/** One for each pattern of the schema, made at registration. */
function patternOf({ patterns }: Context, source: string): RegExp {
  let pattern = patterns.get(source)
  if (pattern === undefined) {
    pattern = compilePattern(source)
    patterns.set(source, pattern)
  }
  return pattern
}
