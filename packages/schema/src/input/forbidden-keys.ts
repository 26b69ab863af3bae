/*
 * Runs for each request that has a query, cookies or a body: it must not allocate where all is well, and looks at each member
 * once. Watched by bench/validate.mjs.
 */
import { isForbidden } from '../schemas/forbidden-key.js'
import { type SchemaIssue, schemaIssue } from '../schemas/naming/schema-issue.js'

/** Deeper than this no value is taken. Security: code that walks values by recursion would run out of stack. */
export const MAX_DEPTH = 256

/** More than this many are not told. */
const MAX_FOUND = 16

/**
 * The keys of a value that could change a prototype once somebody merges or walks it: `__proto__`, `constructor`, `prototype`, at
 * any depth; and that it is nested deeper than any honest value. Null when there are none.
 *
 * Security: prototype pollution. `{"__proto__": {"isAdmin": true}}` is harmless until it is merged into another object; whether it
 * ever is, no schema can say.
 */
export function findForbiddenKeys(value: unknown): SchemaIssue[] | null {
  return isClean(value, 0) ? null : collect(value, [], [])
}

/** Perf: the walk that nearly all values end with: no paths are made, no lists of keys, and no closures. */
function isClean(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (depth > MAX_DEPTH) return false
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const item: unknown = value[index]
      if (typeof item === 'object' && item !== null && !isClean(item, depth + 1)) return false
    }
    return true
  }
  // Bytes have a key each.
  if (ArrayBuffer.isView(value)) return true
  for (const key in value) {
    // Perf: no such key is shorter; and the rest is written out, since a call of another module doubles the time of the walk.
    if (key.length >= 9 && (key === '__proto__' || key === 'constructor' || key === 'prototype')) return false
    const member = (value as Record<string, unknown>)[key]
    if (typeof member === 'object' && member !== null && !isClean(member, depth + 1)) return false
  }
  return true
}

function collect(value: unknown, path: readonly (string | number)[], found: SchemaIssue[]): SchemaIssue[] {
  if (typeof value !== 'object' || value === null || found.length >= MAX_FOUND || ArrayBuffer.isView(value))
    return found
  if (path.length > MAX_DEPTH) {
    found.push(schemaIssue('malformed', [], `Nested deeper than ${MAX_DEPTH} levels`, { maximum: MAX_DEPTH }))
    return found
  }
  const isList = Array.isArray(value)
  for (const key of Object.keys(value)) {
    if (found.length >= MAX_FOUND) break
    if (!isList && isForbidden(key)) {
      const message = `The key ${JSON.stringify(key)} is not allowed`
      found.push(schemaIssue('forbidden_key', [...path, key], message, { key }))
      continue
    }
    const member = (value as Record<string, unknown>)[key]
    // Security: a path for each number of a long list deep inside would be as many copies of a long path.
    if (typeof member === 'object' && member !== null) {
      collect(member, [...path, isList ? Number(key) : key], found)
    }
  }
  return found
}
