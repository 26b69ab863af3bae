import { standardOf } from '../schemas/standard.js'
import type { Schema } from '../types/schema.js'

/*
 * Whether a schema gives values back as they are, but for keys that it strips. Then what it makes of an answer can be written from its JSON
 * Schema, and it need not run in production. JSON Schema has no words for trimming a text or filling a default, so the schema
 * itself is looked at, and only what is known to change nothing counts.
 */

type Walk = (inner: unknown) => boolean

/** By `vendor`. Of any other library nothing is known. */
const LIBRARIES: Readonly<Record<string, (schema: any, walk: Walk) => boolean>> = {
  zod: zodKeeps,
  valibot: valibotKeeps,
  arktype: (schema) => schema.includesTransform === false,
  nozomi: jsonSchemaKeeps,
}

export function keepsValues(schema: Schema): boolean {
  const keeps = LIBRARIES[standardOf(schema).vendor]
  if (keeps === undefined) return false
  const seen = new Set<unknown>()
  const walk: Walk = (inner) => {
    // One that leads back to itself is decided by all else in it.
    if (seen.has(inner)) return true
    seen.add(inner)
    return keeps(inner, walk)
  }
  try {
    return walk(schema)
  } catch {
    return false
  }
}

/** Whether a schema leaves out itself what it does not declare. Others (ArkType, Ajv) leave unknown keys in. */
export function stripsUnknown(schema: Schema): boolean {
  return ['zod', 'valibot'].includes(standardOf(schema).vendor)
}

/** `jsonSchema()` says both sides by one and the same schema; `joi()` converts values and has none that it could give twice. */
function jsonSchemaKeeps(schema: any): boolean {
  const { input, output } = schema['~standard'].jsonSchema
  const said: unknown = input({})
  return said === output({}) && !JSON.stringify(said).includes('"default":')
}

/** What both libraries give as it is. */
const LEAVES = [
  'string',
  'number',
  'boolean',
  'null',
  'undefined',
  'void',
  'never',
  'any',
  'unknown',
  'literal',
  'enum',
]
const ZOD_LEAVES = new Set([...LEAVES, 'int', 'date', 'template_literal'])

function zodKeeps(schema: any, walk: Walk): boolean {
  const { def } = schema._zod
  // `z.url()` cuts blanks off.
  if (def.coerce === true || def.format === 'url') return false
  if (
    def.checks?.some((check: any) =>
      ['overwrite', 'url'].includes(check._zod.def.format ?? check._zod.def.check),
    )
  ) {
    return false
  }
  switch (def.type) {
    case 'object':
      return Object.values(def.shape).every(walk) && (def.catchall === undefined || walk(def.catchall))
    case 'array':
      return walk(def.element)
    case 'tuple':
      return def.items.every(walk) && (!def.rest || walk(def.rest))
    case 'record':
      return walk(def.keyType) && walk(def.valueType)
    case 'union':
      return def.options.every(walk)
    case 'intersection':
      return [def.left, def.right].every((side) => isClosedZod(side) && walk(side))
    case 'optional':
    case 'nullable':
    case 'nonoptional':
    case 'readonly':
      return walk(def.innerType)
    case 'lazy':
      return walk(def.getter())
    default:
      return ZOD_LEAVES.has(def.type)
  }
}

/** What Zod makes of an intersection with an open object, its JSON Schema does not say. */
function isClosedZod({ _zod: { def } }: any): boolean {
  if (def.type === 'intersection') return isClosedZod(def.left) && isClosedZod(def.right)
  return def.type === 'object' && def.catchall === undefined
}

const VALIBOT_LEAVES = new Set([...LEAVES, 'picklist'])

/** The transformations of Valibot that are for types only. */
const OF_TYPES = new Set(['brand', 'flavor', 'readonly'])

function isKept({ kind, type }: { kind: string; type: string }): boolean {
  return kind === 'validation' || kind === 'metadata' || (kind === 'transformation' && OF_TYPES.has(type))
}

/** `loose_object` and `loose_tuple` let through what their JSON Schema does not speak of. */
function valibotKeeps(schema: any, walk: Walk): boolean {
  if (schema.default !== undefined || schema.fallback !== undefined) return false
  const [, ...pipe] = schema.pipe ?? []
  if (!pipe.every(isKept)) return false
  switch (schema.type) {
    case 'object':
    case 'strict_object':
      return Object.values(schema.entries).every(walk)
    case 'object_with_rest':
      return Object.values(schema.entries).every(walk) && walk(schema.rest)
    case 'array':
      return walk(schema.item)
    case 'tuple':
    case 'strict_tuple':
      return schema.items.every(walk)
    case 'tuple_with_rest':
      return schema.items.every(walk) && walk(schema.rest)
    case 'record':
      return walk(schema.key) && walk(schema.value)
    case 'union':
    case 'variant':
    case 'intersect':
      return schema.options.every(walk)
    case 'optional':
    case 'exact_optional':
    case 'undefinedable':
    case 'nullable':
    case 'nullish':
    case 'non_optional':
    case 'non_nullable':
    case 'non_nullish':
      return walk(schema.wrapped)
    case 'lazy':
      return walk(schema.getter(undefined))
    default:
      return VALIBOT_LEAVES.has(schema.type)
  }
}
