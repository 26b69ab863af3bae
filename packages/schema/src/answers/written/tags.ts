import type { JsonSchema } from '../../types/json-schema.js'
import type { Scalar } from './shape.js'

/** A key whose value tells alternatives apart, and its values for each of them. */
export interface Tag {
  readonly key: string
  readonly values: readonly (readonly Scalar[])[]
}

/**
 * Finds a key that all alternatives require, with values (`const`, `enum`) that no two of them share: the discriminator of a
 * union, whether it was declared as one or not.
 */
export function findTag(alternatives: readonly JsonSchema[]): Tag | null {
  const tags = alternatives.map(requiredTags)
  const [first, ...others] = tags
  for (const key of first?.keys() ?? []) {
    if (!others.every((tag) => tag.has(key))) continue
    const values = tags.map((tag) => tag.get(key) ?? [])
    if (new Set(values.flat()).size === values.flat().length) return { key, values }
  }
  return null
}

function requiredTags({ properties = {}, required = [] }: JsonSchema): Map<string, readonly Scalar[]> {
  const tags = new Map<string, readonly Scalar[]>()
  for (const key of required) {
    const property = Object.hasOwn(properties, key) ? properties[key] : undefined
    if (typeof property !== 'object') continue
    const values = 'const' in property ? [property.const] : property.enum
    if (values?.every(isScalarValue) && key !== '__proto__') tags.set(key, values)
  }
  return tags
}

function isScalarValue(value: unknown): value is Scalar {
  return value === null || typeof value !== 'object'
}
