/** Brackets beyond this depth are part of a name. */
const MOST_DEPTH = 8
/** Indices beyond this are names, so that one name makes no long list. */
const MOST_INDEX = 1000

type Tree = Map<string, Tree | string[]>

/**
 * Names with brackets as what they stand for: `a=1&a=2` and `a[]=1&a[]=2` as lists, `a[b]=1` as an object. One value without
 * brackets stays a text.
 */
export function nestFields(pairs: Iterable<readonly [string, string]>): Record<string, unknown> {
  const tree: Tree = new Map()
  for (const [name, value] of pairs) put(tree, keysOf(name), value)
  return objectOf(tree)
}

function put(tree: Tree, keys: readonly string[], value: string): void {
  let branch = tree
  for (const key of keys.slice(0, -1)) {
    const next = branch.get(key)
    if (next instanceof Map) branch = next
    else {
      const made: Tree = new Map()
      branch.set(key, made)
      branch = made
    }
  }
  const last = keys.at(-1) ?? ''
  const known = branch.get(last)
  if (Array.isArray(known)) known.push(value)
  else branch.set(last, [value])
}

/** `a[b][]` as `a`, `b` and the empty key. */
function keysOf(name: string): string[] {
  const start = name.indexOf('[')
  if (start < 1 || !name.endsWith(']')) return [name]
  const inner = name.slice(start + 1, -1).split('][')
  return inner.length > MOST_DEPTH ? [name] : [name.slice(0, start), ...inner]
}

function valueOf(node: Tree | string[]): unknown {
  if (Array.isArray(node)) return node.length === 1 ? node[0] : node
  const keys = [...node.keys()]
  if (!keys.every((key) => key === '' || (/^\d+$/u.test(key) && Number(key) <= MOST_INDEX)))
    return objectOf(node)
  return [...node.values()].flatMap((one): unknown[] => (Array.isArray(one) ? one : [objectOf(one)]))
}

/** Security: no prototype, as names come from clients. */
function objectOf(tree: Tree): Record<string, unknown> {
  const object = Object.create(null) as Record<string, unknown>
  for (const [key, node] of tree) object[key] = valueOf(node)
  return object
}
