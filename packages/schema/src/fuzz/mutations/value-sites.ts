import type { JsonSchema } from '../../types/json-schema.js'
import { valueAt } from '../../drift/locate.js'
import { mergeSchemas } from '../arbitraries/merge-schemas.js'
import { isRecord } from '../requests/parameter-text.js'

type Path = readonly (string | number)[]

/** A value within a value, and what the document says of it. */
export interface ValueSite {
  readonly path: Path
  readonly schema: JsonSchema
  readonly value: unknown
}

const MOST_SITES = 200
const MOST_DEPTH = 12

/** Every value within a value, itself included, with its schema: references followed, `allOf` merged, the alternative that fits taken. */
export function sitesOf(root: object, schema: unknown, value: unknown): ValueSite[] {
  const sites: ValueSite[] = []
  visit(root, schema, value, [], sites)
  return sites
}

function visit(root: object, schema: unknown, value: unknown, path: Path, sites: ValueSite[]): void {
  if (sites.length >= MOST_SITES || path.length > MOST_DEPTH) return
  const known = plainSchema(root, schema, value, 0)
  sites.push({ path, schema: known, value })
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      visit(root, known.prefixItems?.[index] ?? known.items, item, [...path, index], sites)
    }
  } else if (isRecord(value)) {
    for (const [name, one] of Object.entries(value)) {
      visit(root, known.properties?.[name] ?? known.additionalProperties, one, [...path, name], sites)
    }
  }
}

/** One schema without references and compositions, as far as it can be said. */
function plainSchema(root: object, schema: unknown, value: unknown, depth: number): JsonSchema {
  if (!isRecord(schema) || depth > MOST_DEPTH) return {}
  const { $ref, allOf, anyOf, oneOf, ...rest } = schema as JsonSchema
  let plain: JsonSchema = rest
  const members: unknown[] = [...(allOf ?? []), ...(typeof $ref === 'string' ? [valueAt(root, $ref)] : [])]
  for (const branches of [anyOf, oneOf]) {
    const fitting = branches?.find((branch) => fitsType(plainSchema(root, branch, value, depth + 1), value))
    if (fitting !== undefined) members.push(fitting)
  }
  for (const member of members) plain = mergeSchemas(plain, plainSchema(root, member, value, depth + 1))
  return plain
}

function fitsType({ type, properties, const: only, required }: JsonSchema, value: unknown): boolean {
  if (only !== undefined) return only === value
  if (isRecord(value) && properties) {
    // Alternatives of objects are told apart by what is constant in them, and what they require.
    const hasAll = (required ?? []).every((name) => Object.hasOwn(value, name))
    const fits = Object.entries(properties).every(
      ([name, { const: wanted }]) =>
        wanted === undefined || !Object.hasOwn(value, name) || wanted === value[name],
    )
    return hasAll && fits
  }
  return type === undefined || [type].flat().some((one) => isOfType(one, value))
}

/** Whether a value is of a type of JSON Schema. */
export function isOfType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isRecord(value)
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

/** A copy with another value at a path. */
export function withValueAt(value: unknown, path: Path, replacement: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return replacement
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === key ? withValueAt(item, rest, replacement) : item))
  }
  const copy = { ...(value as object) } as Record<string | number, unknown>
  // Security: `__proto__` as a key of its own, and no change of a prototype.
  Object.defineProperty(copy, key, {
    value: withValueAt(Object.hasOwn(copy, key) ? copy[key] : undefined, rest, replacement),
    enumerable: true,
    configurable: true,
    writable: true,
  })
  return copy
}

/** A copy without one key of the object at a path. */
export function withoutKey(value: unknown, path: Path, name: string): unknown {
  if (path.length === 0) {
    return Object.fromEntries(Object.entries(value as object).filter(([key]) => key !== name))
  }
  const [key, ...rest] = path
  const inner = (value as Record<string | number, unknown>)[key as string]
  return withValueAt(value, [key as string], withoutKey(inner, rest, name))
}
