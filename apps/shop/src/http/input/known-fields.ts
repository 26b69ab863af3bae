import { z } from 'zod'

/** The fields that the object at a path may have; none where there is no such object. */
export function fieldsAt(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  const found = schema instanceof z.ZodType ? schemaAt(schema, path) : null
  const object = found === null ? null : unwrapped(found)
  return object instanceof z.ZodObject ? Object.keys(object.shape) : []
}

/** What is told of a field that there is not. */
export function unknownField(known: readonly string[]) {
  return { problem: 'is not known here', expected: `only ${known.join(', ')}` }
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

/** What optionals, defaults and transformations are made around. */
function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return unwrapped(schema.unwrap() as z.ZodType)
  return schema instanceof z.ZodPipe ? unwrapped(schema.in as z.ZodType) : schema
}
