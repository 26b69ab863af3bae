import type { JsonSchema } from '../types/json-schema.js'

/**
 * The schema that a `$ref` leads to within its document; null for what is elsewhere, or not there.
 *
 * RFC 6901 §6: a JSON Pointer as a fragment, such as `#/$defs/Book`; `#` is the document.
 */
export function resolveReference(root: JsonSchema, reference: string): JsonSchema | null {
  if (reference === '#') return root
  if (!reference.startsWith('#/')) return null
  let found: unknown = root
  for (const token of decodePointer(reference.slice(2))) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, token)) return null
    found = (found as Record<string, unknown>)[token]
  }
  return typeof found === 'object' && found !== null ? (found as JsonSchema) : null
}

function decodePointer(pointer: string): string[] {
  return pointer.split('/').map((token) => decodePercent(token).replaceAll('~1', '/').replaceAll('~0', '~'))
}

function decodePercent(token: string): string {
  try {
    return decodeURIComponent(token)
  } catch {
    return token
  }
}
