import { z } from 'zod'

/** Says, for people, what is right for a value: it completes "expected ...". Shown when the value is not right. */
export function expecting<S extends z.ZodType>(expected: string, schema: S): S {
  return schema.meta({ expected }) as S
}

/** What is expected of the value at a path; null when nobody said it. */
export function expectationAt(schema: z.ZodType, path: readonly PropertyKey[]): string | null {
  const found = schemaAt(schema, path)
  return found === null ? null : expectationOf(found)
}

/** The fields that the object at a path may have. */
export function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  const found = schemaAt(schema, path)
  const object = found === null ? null : unwrapped(found)
  return object instanceof z.ZodObject ? Object.keys(object.shape) : []
}

function schemaAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType | null {
  const [key, ...rest] = path
  if (key === undefined) return schema
  const outer = unwrapped(schema)
  if (outer instanceof z.ZodArray) return schemaAt(outer.element as z.ZodType, rest)
  const inner =
    outer instanceof z.ZodObject ? (outer.shape as Record<PropertyKey, z.ZodType>)[key] : undefined
  return inner === undefined ? null : schemaAt(inner, rest)
}

/** What was said of a schema gets lost when it is made optional; then it is said of what is inside. */
function expectationOf(schema: z.ZodType): string | null {
  const expected = schema.meta()?.expected
  if (typeof expected === 'string') return expected
  const inner = innerOf(schema)
  return inner === null ? null : expectationOf(inner)
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const inner = innerOf(schema)
  return inner === null ? schema : unwrapped(inner)
}

/** What an optional, a default or a transformation is made around. */
function innerOf(schema: z.ZodType): z.ZodType | null {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return schema.unwrap() as z.ZodType
  if (schema instanceof z.ZodPipe) return schema.in as z.ZodType
  return null
}
