/*
 * Where a path of a value leads in its JSON Schema: for the words of an issue. Runs only when something is wrong, and looks at what the
 * path touches.
 */
import type { JsonSchema } from '../types/json-schema.js'
import { resolveReference } from './references.js'

type Path = readonly (string | number)[]

/** More ways than this through the unions of a schema are not followed. */
const MAX_WAYS = 32

/**
 * The schema of the value that a path leads to, with its `$ref` followed (members beside it count); null where there is none. Of several
 * branches the ones count whose tags `root` has; where several are left, it is their `anyOf`.
 *
 * @param root the value from which the path starts
 */
export function schemaAt(schema: JsonSchema, root: unknown, path: Path): JsonSchema | null {
  const found = placesAt(schema, root, path)
  if (found.length <= 1) return found[0] ?? null
  return { anyOf: [...found] }
}

/** The names that the object at a path has by its schema; null where none is known. */
export function namesAt(schema: JsonSchema, root: unknown, path: Path): readonly string[] | null {
  const value = path.reduce(memberOf, root)
  const objects = placesAt(schema, root, path).flatMap((place) => waysOf(schema, place, value))
  const names = new Set(objects.flatMap(({ properties }) => Object.keys(properties ?? {})))
  return names.size === 0 ? null : [...names]
}

function placesAt(schema: JsonSchema, root: unknown, path: Path): readonly JsonSchema[] {
  let places: readonly JsonSchema[] = [resolved(schema, schema)]
  let value = root
  for (const key of path) {
    const below = places
      .flatMap((place) => waysOf(schema, place, value))
      .flatMap((way) => membersBelow(way, key))
    places = [...new Set(below)].map((one) => resolved(schema, one))
    value = memberOf(value, key)
  }
  return places
}

/** The schemas without unions that one is: itself with what its `allOf` and the branches that may be meant add. */
function waysOf(document: JsonSchema, schema: JsonSchema, value: unknown): readonly JsonSchema[] {
  const ways: JsonSchema[] = []
  const waiting = [schema]
  for (let one = waiting.shift(); one !== undefined && ways.length < MAX_WAYS; one = waiting.shift()) {
    const way = resolved(document, one)
    if (ways.includes(way)) continue
    ways.push(way)
    waiting.push(...(way.allOf ?? []))
    for (const union of [way.anyOf, way.oneOf]) waiting.push(...meant(document, union ?? [], value))
  }
  return ways
}

/** The branches whose tags the value has: members that may be listed values only. All, where none has them. */
function meant(document: JsonSchema, branches: readonly JsonSchema[], value: unknown): readonly JsonSchema[] {
  const fits = branches.filter((branch) =>
    Object.entries(resolved(document, branch).properties ?? {}).every(([name, member]) => {
      const values = valuesOf(member)
      const own = memberOf(value, name)
      // Tags come as texts where all does.
      return values === null || own === undefined || values.some((one) => one === own || String(one) === own)
    }),
  )
  return fits.length > 0 ? fits : branches
}

function valuesOf(schema: unknown): readonly unknown[] | null {
  if (!isSchema(schema)) return null
  if (Array.isArray(schema.enum)) return schema.enum
  return 'const' in schema ? [schema.const] : null
}

function membersBelow(schema: JsonSchema, key: string | number): readonly JsonSchema[] {
  const own =
    typeof key === 'number'
      ? [schema.prefixItems?.[key] ?? schema.items]
      : [ownMember(schema.properties, key) ?? patternMember(schema, key) ?? schema.additionalProperties]
  return own.filter(isSchema)
}

function patternMember({ patternProperties }: JsonSchema, key: string): JsonSchema | undefined {
  return Object.entries(patternProperties ?? {}).find(([pattern]) => isMatch(pattern, key))?.[1]
}

/** What is no pattern to the engine matches nothing. */
function isMatch(pattern: string, key: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(key)
  } catch {
    return false
  }
}

/** A schema with what its `$ref` leads to. */
function resolved(document: JsonSchema, schema: JsonSchema): JsonSchema {
  const seen = new Set<string>()
  let one = schema
  while (typeof one.$ref === 'string' && !seen.has(one.$ref)) {
    seen.add(one.$ref)
    const target = resolveReference(document, one.$ref)
    if (target === null) break
    const { $ref: _, ...own } = one
    one = Object.keys(own).length === 0 ? target : { ...target, ...own }
  }
  return one
}

/** Security: own members only, so that a key such as `constructor` leads nowhere. */
function ownMember<T>(members: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return members !== undefined && Object.hasOwn(members, key) ? members[key] : undefined
}

function memberOf(value: unknown, key: string | number): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key]
    : undefined
}

function isSchema(found: unknown): found is JsonSchema {
  return typeof found === 'object' && found !== null
}
