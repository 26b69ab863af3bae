import type { AllShape, FieldsShape, ObjectShape, Shape } from './shape.js'

/** What is written of a value that several schemas speak of at once (`allOf`): what any of them declares. */
export function combineShapes(shapes: readonly Shape[]): Shape {
  const [first, ...others] = shapes
  if (first !== undefined && others.length === 0) return first
  return {
    isOpen: false,
    object: combine(shapes.map(({ object }) => object)),
    array: combine(shapes.map(({ array }) => array)),
  }
}

function combine<S extends { is: string }>(parts: readonly (S | null)[]): S | AllShape<S> | null {
  const named: S[] = []
  for (const part of parts) {
    if (part === null) return null
    // Another schema says more of it.
    if (part.is !== 'whole') named.push(part)
  }
  const [first] = named
  if (first === undefined) return parts[0] ?? null
  if (named.length === 1) return first
  return (joinFields(named as unknown as ObjectShape[]) as S | null) ?? { is: 'all', parts: named }
}

/** Objects that have no key in common are one object. */
function joinFields(parts: readonly ObjectShape[]): FieldsShape | null {
  const fields = []
  const keys = new Set<string>()
  for (const part of parts) {
    if (part.is !== 'fields' || part.rest !== null) return null
    for (const field of part.fields) {
      // Indices have their place in front of all other keys.
      if (keys.has(field.key) || /^\d+$/u.test(field.key)) return null
      keys.add(field.key)
      fields.push(field)
    }
  }
  return { is: 'fields', fields, rest: null }
}
