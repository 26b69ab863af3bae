import type { Schema, StandardProps } from '../types/schema.js'

/** What a schema says of itself by Standard Schema. That it is one, `assertContract` has made sure of. */
export function standardOf(schema: Schema): StandardProps {
  return schema['~standard'] as StandardProps
}
