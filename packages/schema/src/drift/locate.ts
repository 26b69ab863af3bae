import type { ApiDocument, Located } from './document.js'

/** References that lead to references are followed this far: one that leads to itself ends here. */
const MOST_REFERENCES = 32

/** The pointer to a member, as the fragment of an URI: RFC 6901 §6. */
export function pointerTo(pointer: string, ...keys: readonly (string | number)[]): string {
  const parts = keys.map(
    (key) => `/${encodeURIComponent(String(key).replace(/~/gu, '~0').replace(/\//gu, '~1'))}`,
  )
  return pointer + parts.join('')
}

/** What a local reference (`#/components/schemas/User`) leads to; undefined if nothing is there, or it leads outside. */
export function valueAt(root: unknown, pointer: string): unknown {
  if (pointer === '#' || pointer === '') return root
  if (!pointer.startsWith('#/')) return undefined
  let value = root
  for (const part of pointer.slice(2).split('/')) {
    if (!isObject(value)) return undefined
    const key = decoded(part).replace(/~1/gu, '/').replace(/~0/gu, '~')
    if (!Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

/** A part of the document, behind its references; null where they lead to nothing. */
export function follow<T extends object>(document: ApiDocument, from: Located<unknown>): Located<T> | null {
  let { value, pointer } = from
  for (let steps = 0; steps < MOST_REFERENCES && isObject(value); steps++) {
    const { $ref } = value as { $ref?: unknown }
    if (typeof $ref !== 'string') return { value: value as T, pointer }
    value = valueAt(document, $ref)
    pointer = $ref
  }
  return null
}

/** A member of a part of the document, behind its references. */
export function memberOf<T extends object>(
  document: ApiDocument,
  from: Located<object>,
  ...keys: readonly (string | number)[]
): Located<T> | null {
  let value: unknown = from.value
  for (const key of keys) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return null
    value = (value as Record<string | number, unknown>)[key]
  }
  return follow(document, { value, pointer: pointerTo(from.pointer, ...keys) })
}

/** The members of an object in the document, each behind its references; what is none is left out. */
export function membersOf<T extends object>(
  document: ApiDocument,
  from: Located<object>,
  key: string,
): [string, Located<T>][] {
  const owner = (from.value as Record<string, unknown>)[key]
  if (!isObject(owner)) return []
  return Object.keys(owner).flatMap((name): [string, Located<T>][] => {
    const member = memberOf<T>(document, from, key, name)
    return member ? [[name, member]] : []
  })
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
