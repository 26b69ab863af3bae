import { types } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { JsonSchema } from '@nozomi/schema'

/*
 * The oracle of what is written of an answer: a slow and obvious walk through the JSON Schema itself, beside which the compiled one is held.
 */

type Values = Record<string, unknown>

const ajv = new Ajv2020({ strict: false, validateSchema: false })

/** What is left of a value. `x-tag` marks alternatives that one key tells apart. */
export function strip(root: JsonSchema, schema: JsonSchema | boolean, given: unknown): unknown {
  if (schema === false) return undefined
  if (schema === true || Object.keys(schema).every((keyword) => keyword === '$defs')) return given
  const value = asJson(given)
  if (typeof value !== 'object' || value === null) return value
  if (schema.$ref !== undefined) return strip(root, targetOf(root, schema.$ref), value)
  if (schema.anyOf !== undefined) return stripUnion(root, schema, schema.anyOf, value)
  const allowed = new Set([schema.type].flat())
  if (Array.isArray(value)) return allowed.has('array') ? stripItems(root, schema, value) : null
  return allowed.has('object') ? stripKeys(root, schema, value as Values) : stray(value)
}

function stripItems(root: JsonSchema, { prefixItems, items }: JsonSchema, value: unknown[]): unknown {
  if (prefixItems === undefined) {
    return items === undefined ? value : Array.from(value, (one) => strip(root, items, one))
  }
  const kept = items === undefined || items === false ? value.slice(0, prefixItems.length) : value
  return Array.from(kept, (one, at) => strip(root, prefixItems[at] ?? items ?? true, one))
}

function stripKeys(root: JsonSchema, schema: JsonSchema, value: Values): unknown {
  const { properties, additionalProperties } = schema
  const isAll = additionalProperties === true || JSON.stringify(additionalProperties) === '{}'
  const namesNone = Object.keys(properties ?? {}).every((key) => key === '__proto__')
  // Nothing is said of any key.
  if (namesNone && (isAll || (properties === undefined && additionalProperties === undefined))) return value
  const left: Values = {}
  for (const key of Object.keys(properties ?? {})) {
    if (key === '__proto__' || value[key] === undefined) continue
    left[key] = strip(root, properties?.[key] as JsonSchema, value[key])
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__' || Object.hasOwn(properties ?? {}, key)) continue
    if (additionalProperties) left[key] = strip(root, additionalProperties, value[key])
  }
  return left
}

function stripUnion(root: JsonSchema, union: JsonSchema, options: JsonSchema[], value: object): unknown {
  const kind = Array.isArray(value) ? 'array' : 'object'
  const resolved = options.map((one) => (one.$ref === undefined ? one : targetOf(root, one.$ref)))
  const possible = resolved.filter(({ type }) => type === kind)
  if (possible.length === 0) return stray(value)
  if (possible.length === 1) return strip(root, possible[0] as JsonSchema, value)
  if (union['x-tag'] !== undefined) {
    const tag = (value as Values)[union['x-tag'] as string]
    const found = possible.find((one) => one.properties?.[union['x-tag'] as string]?.const === tag)
    return found === undefined ? {} : strip(root, found, value)
  }
  const matching = possible.filter((one) => ajv.validate(opened(one), value))
  if (matching.length > 0) return Object.assign({}, ...matching.map((one) => strip(root, one, value)))
  // It is none of them: only what all of them name.
  const [first, ...others] = possible.map((one) => strip(root, one, value) as Values)
  return Object.fromEntries(
    Object.entries(first ?? {}).filter(([key]) => others.every((one) => Object.hasOwn(one, key))),
  )
}

/** `JSON.stringify` writes the text or number that such an object holds. */
function stray(value: object): unknown {
  return types.isBoxedPrimitive(value) ? value : null
}

/** Unknown keys are no reason against an alternative. */
function opened(schema: JsonSchema): JsonSchema {
  return { ...schema, additionalProperties: true }
}

function targetOf(root: JsonSchema, reference: string): JsonSchema {
  return root.$defs?.[reference.replace('#/$defs/', '')] as JsonSchema
}

function asJson(value: unknown): unknown {
  const toJSON = (value as { toJSON?: unknown } | null | undefined)?.toJSON
  return typeof value === 'object' && typeof toJSON === 'function' ? toJSON.call(value) : value
}
