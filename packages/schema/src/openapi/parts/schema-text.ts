import { resolveReference } from '../../schemas/references.js'
import type { JsonSchema } from '../../types/json-schema.js'

/** Says where a schema comes from, and not what it is. */
const NAMES = new Set(['$schema', '$id', '$defs', 'id', 'definitions'])

/**
 * What a schema says, as text: the same for the same meaning, whatever the order of keys and the names of definitions. That
 * nothing may be beside the named members is left out: libraries say so of what goes out, and then the two sides of nearly every
 * schema would differ.
 *
 * @param root what its references are in
 */
export function schemaText(schema: JsonSchema, root: JsonSchema): string {
  // By number: what it refers to, in the order in which it comes to that.
  const reached = [schema]
  const numbered = (reference: string): string => {
    const target = reference.startsWith('#') ? resolveReference(root, reference) : null
    if (target === null) return reference
    // Some libraries write the schema itself, and its copy among the definitions.
    const known = reached.findIndex((one) => one === target || isCopy(one, target))
    return `#${known === -1 ? reached.push(target) - 1 : known}`
  }
  let text = ''
  for (const one of reached) text += stableText(one, numbered)
  return text
}

/** Whether two schemas of one document say the same in the same words. */
export function isCopy(one: JsonSchema, other: JsonSchema): boolean {
  return stableText(one, asWritten) === stableText(other, asWritten)
}

function asWritten(reference: string): string {
  return reference
}

function stableText(schema: JsonSchema, numbered: (reference: string) => string): string {
  return JSON.stringify(schema, (key, value: unknown) => {
    if (key === '$ref' && typeof value === 'string') return numbered(value)
    if (key === 'additionalProperties' && value === false) return undefined
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    const members = Object.entries(value).filter(([name]) => !NAMES.has(name))
    return Object.fromEntries(members.toSorted(([one], [other]) => (one < other ? -1 : 1)))
  })
}
