/*
 * Runs for each request where the option `unknown` says what is done with keys that the schema does not name.
 */
import { type SchemaIssue, unknownKey } from '../schemas/naming/schema-issue.js'
import type { JsonSchema } from '../types/json-schema.js'
import { memberOf } from './coercion.js'
import { type Alternatives, ARRAY, compileShapes, fitting, type Shape } from './shapes.js'

type Path = readonly (string | number)[]

/** A member that the schema does not name. */
export interface Extra {
  /** Of the object that has it. */
  readonly path: Path
  readonly key: string
  readonly value: unknown
}

/** A value without what its schema does not name, and what that was. */
export interface Separated {
  /** The value itself, when there was nothing. */
  readonly known: unknown
  readonly extras: readonly Extra[]
}

const NONE: readonly Extra[] = []

/** Deeper than this nothing is looked at. */
const MAX_DEPTH = 256

/** Compiles a schema to what takes the keys out that it does not name, at every depth. Neither changes what it is given. */
export function compileSeparation(schema: JsonSchema): (value: unknown) => Separated {
  const alternatives = compileShapes(schema)
  return function separate(value) {
    const extras: Extra[] = []
    const known = separateValue(value, alternatives, [], extras)
    return { known, extras: extras.length === 0 ? NONE : extras }
  }
}

/** Compiles a schema to what finds the keys that it refuses by itself: some libraries stop at the first of them. */
export function compileRefusedKeys(schema: JsonSchema): ((value: unknown) => readonly SchemaIssue[]) | null {
  const alternatives = compileShapes(schema)
  if (!hasClosed(alternatives, new Set())) return null
  return function findRefused(value) {
    const extras: Extra[] = []
    separateValue(value, alternatives, [], extras, true)
    return extras.map(({ path, key }) => unknownKey(path, key))
  }
}

function hasClosed(alternatives: Alternatives, seen: Set<Alternatives>): boolean {
  if (seen.has(alternatives)) return false
  seen.add(alternatives)
  return alternatives.some(
    (shape) =>
      shape.isClosed ||
      [...shape.properties.values(), ...shape.prefixItems, shape.items ?? [], shape.others ?? []].some(
        (one) => hasClosed(one, seen),
      ),
  )
}

function separateValue(
  value: unknown,
  alternatives: Alternatives,
  path: Path,
  extras: Extra[],
  isClosedOnly = false,
): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || path.length > MAX_DEPTH)
    return value
  if (Array.isArray(value)) return separateItems(value, alternatives, path, extras, isClosedOnly)
  const shapes = fitting(alternatives, value as Record<string, unknown>)
  if (shapes.length === 0) return value
  return separateMembers(value as Record<string, unknown>, shapes, path, extras, isClosedOnly)
}

function separateItems(
  list: unknown[],
  alternatives: Alternatives,
  path: Path,
  extras: Extra[],
  isClosedOnly: boolean,
): unknown[] {
  const ofLists = alternatives.filter((shape) => (shape.types & ARRAY) !== 0)
  let changed: unknown[] | null = null
  for (let index = 0; index < list.length; index++) {
    const items = ofLists.flatMap((shape) => shape.prefixItems[index] ?? shape.items ?? [])
    if (items.length === 0) continue
    const item = list[index]
    if (typeof item !== 'object') continue
    const known = separateValue(item, items, [...path, index], extras, isClosedOnly)
    if (known === item) continue
    changed ??= list.slice()
    changed[index] = known
  }
  return changed ?? list
}

function separateMembers(
  value: Record<string, unknown>,
  shapes: Alternatives,
  path: Path,
  extras: Extra[],
  isClosedOnly: boolean,
): Record<string, unknown> {
  let changed: Record<string, unknown> | null = null
  for (const key of Object.keys(value)) {
    const member = value[key]
    if (!shapes.some((shape) => belongs(shape, key, isClosedOnly))) {
      extras.push({ path, key, value: member })
      changed ??= { ...value }
      delete changed[key]
      continue
    }
    if (typeof member !== 'object' || member === null) continue
    const alternatives = shapes.flatMap((shape) => memberOf(shape, key) ?? [])
    if (alternatives.length === 0) continue
    const known = separateValue(member, alternatives, [...path, key], extras, isClosedOnly)
    if (known === member) continue
    changed ??= { ...value }
    changed[key] = known
  }
  return changed ?? value
}

function belongs(shape: Shape, key: string, isClosedOnly: boolean): boolean {
  if (isClosedOnly ? !shape.isClosed : shape.isOpen) return true
  return shape.properties.has(key) || shape.patterns.some(([pattern]) => pattern.test(key))
}

/** Puts what was taken out back into what the schema made of the rest, where the object that had it is still there. */
export function restore(value: unknown, extras: readonly Extra[]): unknown {
  const copies = new Map<object, object>()
  let restored = value
  for (const { path, key, value: extra } of extras) {
    if (!leadsToObject(restored, path)) continue
    restored = copyOnce(restored as object, copies)
    let at = restored as Record<string | number, unknown>
    for (const step of path) {
      const member = copyOnce(at[step] as object, copies)
      at[step] = member
      at = member as Record<string | number, unknown>
    }
    if (!Object.hasOwn(at, key)) at[key] = extra
  }
  return restored
}

/** Whether an object that may have members is at the end of a path. */
function leadsToObject(value: unknown, path: Path): boolean {
  let at = value
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return false
    at = (at as Record<string | number, unknown>)[step]
  }
  return typeof at === 'object' && at !== null && !Array.isArray(at)
}

/** Security: once for each object, however many keys it gets back: a copy for each key takes minutes for a body of a megabyte. */
function copyOnce(value: object, copies: Map<object, object>): object {
  const known = copies.get(value)
  if (known !== undefined) return known
  const copy = Array.isArray(value) ? value.slice() : { ...value }
  copies.set(value, copy)
  copies.set(copy, copy)
  return copy
}
