import type { JsonSchema } from '../../types/json-schema.js'

/** What may not be in the name of a component. */
const FOREIGN = /[^\w.-]+/

/** A text as the name of a component: `new user` becomes `NewUser`; empty for a text without a letter. */
export function componentName(text: string): string {
  const words = text.split(FOREIGN).filter(Boolean)
  if (words.length < 2) return words[0] ?? ''
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}

/**
 * The name that a schema has of itself: its `id`, or the `title` of what has members. A text with a title is no component.
 */
export function ownName({ id, $id, title, ...schema }: JsonSchema): string | null {
  const name = [id, $id].find((one) => typeof one === 'string' && one !== '')
  if (name !== undefined) return componentName(lastSegment(String(name))) || null
  const lists = [schema.allOf, schema.anyOf, schema.oneOf, schema.enum]
  const hasMembers = schema.properties !== undefined || lists.some(Array.isArray)
  return typeof title === 'string' && hasMembers ? componentName(title) || null : null
}

/** Of an id that is a URL: `https://example.com/schemas/user.json` is `user`. */
function lastSegment(id: string): string {
  return id.includes('://') ? (id.split(/[/#]/).findLast(Boolean) ?? id).replace(/\.json$/, '') : id
}

/** Names that libraries make for what has none. */
const MADE = /^(?:__schema\d+|(?:alias|domain|intersection|morph|proto|type|union|unit)\d*|\d*)$/

/** The name of a definition, from a reference to it; null for what a library had to name itself, and for the root. */
export function definitionName(reference: string): string | null {
  const key = reference.split('/').slice(1).at(-1) ?? ''
  return MADE.test(key) ? null : componentName(decode(key)) || null
}

/** RFC 6901 §6: a JSON Pointer in a fragment is percent-encoded; not every library does so. */
function decode(key: string): string {
  try {
    return decodeURIComponent(key)
  } catch {
    return key
  }
}
