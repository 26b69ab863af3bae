/** The keys that lead to a value, from the one that was given to the schema on. */
export type Path = readonly (string | number)[]

/**
 * A path as a library gives it (keys, or objects with a `key`), with numbers where the keys are those of lists: some give them
 * as texts.
 */
export function pathOf(given: readonly unknown[] | undefined, root: unknown): Path {
  if (given === undefined || given.length === 0) return []
  const path: (string | number)[] = []
  let value = root
  for (const segment of given) {
    const key = typeof segment === 'object' && segment !== null ? (segment as { key: unknown }).key : segment
    const isIndex = Array.isArray(value) && typeof key === 'string' && /^\d+$/.test(key)
    const own = typeof key === 'number' ? key : isIndex ? Number(key) : String(key)
    path.push(own)
    value = memberOf(value, own)
  }
  return path
}

/** The value that a path leads to; undefined where there is none. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root
  for (const key of path) value = memberOf(value, key)
  return value
}

/** Security: own members only, so that a path such as `constructor.name` leads nowhere. */
function memberOf(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined
}
