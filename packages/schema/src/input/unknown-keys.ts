/*
 * Runs for each request where the option `unknown` says what is done with keys that the schema does not name.
 */
import { type SchemaIssue, unknownKey } from '../schemas/naming/schema-issue.js'
import type { JsonSchema } from '../types/json-schema.js'
import { memberOf } from './coercion.js'
import { compileIsKnown } from './compile-known.js'
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
  const isKnown = compileIsKnown(alternatives, { isClosedOnly: false, maxDepth: MAX_DEPTH }, isKnownByWalk)
  return function separate(value) {
    if (typeof value !== 'object' || value === null || isKnown?.(value, 0) === true) {
      return { known: value, extras: NONE }
    }
    const walk: Walk = { at: [], extras: [], isClosedOnly: false }
    const known = separateValue(value, alternatives, walk)
    return { known, extras: walk.extras.length === 0 ? NONE : walk.extras }
  }
}

function isKnownByWalk(value: object, alternatives: Alternatives, depth: number): boolean {
  const walk: Walk = { at: Array.from({ length: depth }, () => 0), extras: [], isClosedOnly: false }
  separateValue(value, alternatives, walk)
  return walk.extras.length === 0
}

/** Compiles a schema to what finds the keys that it refuses by itself: some libraries stop at the first of them. */
export function compileRefusedKeys(schema: JsonSchema): ((value: unknown) => readonly SchemaIssue[]) | null {
  const alternatives = compileShapes(schema)
  if (!hasClosed(alternatives, new Set())) return null
  return function findRefused(value) {
    const walk: Walk = { at: [], extras: [], isClosedOnly: true }
    separateValue(value, alternatives, walk)
    return walk.extras.map(({ path, key }) => unknownKey(path, key))
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

/** Where a walk through a value stands, and what it has found. Perf: a path is made of it only where there is something to tell. */
interface Walk {
  readonly at: (string | number)[]
  readonly extras: Extra[]
  /** Whether only what the schema itself refuses is looked for. */
  readonly isClosedOnly: boolean
}

function separateValue(value: unknown, alternatives: Alternatives, walk: Walk): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || walk.at.length > MAX_DEPTH)
    return value
  if (Array.isArray(value)) return separateItems(value, alternatives, walk)
  const shapes = fitting(alternatives, value as Record<string, unknown>)
  if (shapes.length === 0) return value
  return separateMembers(value as Record<string, unknown>, shapes, walk)
}

function separateItems(list: unknown[], alternatives: Alternatives, walk: Walk): unknown[] {
  const ofLists = alternatives.filter((shape) => (shape.types & ARRAY) !== 0)
  const rest = ofLists.flatMap((shape) => shape.items ?? [])
  const first = Math.max(0, ...ofLists.map((shape) => shape.prefixItems.length))
  let changed: unknown[] | null = null
  for (let index = 0; index < list.length; index++) {
    const item = list[index]
    if (typeof item !== 'object' || item === null) continue
    const items =
      index < first ? ofLists.flatMap((shape) => shape.prefixItems[index] ?? shape.items ?? []) : rest
    if (items.length === 0) continue
    walk.at.push(index)
    const known = separateValue(item, items, walk)
    walk.at.pop()
    if (known === item) continue
    changed ??= list.slice()
    changed[index] = known
  }
  return changed ?? list
}

/** Perf: what is left is built anew: an object that has lost members is slow to read for the schema. */
function separateMembers(
  value: Record<string, unknown>,
  shapes: Alternatives,
  walk: Walk,
): Record<string, unknown> {
  const keys = Object.keys(value)
  let changed: Record<string, unknown> | null = null
  let path: Path | null = null
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index]!
    const member = value[key]
    if (!isNamed(shapes, key, walk.isClosedOnly)) {
      path ??= walk.at.slice()
      walk.extras.push({ path, key, value: member })
      changed ??= membersBefore(value, keys, index)
      continue
    }
    const known = separateMember(member, shapes, key, walk)
    if (known !== member) changed ??= membersBefore(value, keys, index)
    if (changed !== null) setMember(changed, key, known)
  }
  return changed ?? value
}

function isNamed(shapes: Alternatives, key: string, isClosedOnly: boolean): boolean {
  for (const shape of shapes) if (belongs(shape, key, isClosedOnly)) return true
  return false
}

function separateMember(member: unknown, shapes: Alternatives, key: string, walk: Walk): unknown {
  if (typeof member !== 'object' || member === null) return member
  const alternatives =
    shapes.length === 1 ? memberOf(shapes[0]!, key) : shapes.flatMap((shape) => memberOf(shape, key) ?? [])
  if (alternatives === null || alternatives.length === 0) return member
  walk.at.push(key)
  const known = separateValue(member, alternatives, walk)
  walk.at.pop()
  return known
}

function membersBefore(
  value: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  end: number,
): Record<string, unknown> {
  const members: Record<string, unknown> = {}
  for (let index = 0; index < end; index++) setMember(members, keys[index]!, value[keys[index]!])
  return members
}

/** Security: assigned, `__proto__` would be no member. */
function setMember(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== '__proto__') object[key] = value
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
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
