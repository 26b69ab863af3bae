/*
 * Runs for each request that carries texts: params, query, headers, cookies, and bodies of forms. All that a schema says is
 * known by then; what no schema wants changed is returned as it came, and nothing is allocated for it.
 */
import type { JsonSchema } from '../types/json-schema.js'
import {
  type Alternatives,
  ARRAY,
  BOOLEAN,
  compileShapes,
  fitting,
  type Member,
  NULL,
  NUMBER,
  OBJECT,
  type Shape,
  STRING,
} from './shapes.js'

/** Makes of texts what a schema wants. Values that are no texts, and texts that can't be meant so, stay as they are. */
export type Coerce = (value: unknown) => unknown

/** How several values are written in one text; null where each has a text of its own. */
export type Lists = 'commas' | null

/** Deeper than this nothing is changed: no query is parsed so deep, and no form. */
const MAX_DEPTH = 32

/**
 * Compiles a schema to what makes of texts what it wants; null when it wants nothing but texts, or can't be said.
 *
 * - numbers, integers: as JSON writes them, `-1`, `2.5`, `1e3`, and with zeros before, `08`, as dates and codes have them. Neither signs
 *   (`+5`), spaces, `0x10`, `.5` nor the empty text. A whole number which a number can't hold exactly stays text;
 * - booleans: `true`, `1`, `on` (what a browser sends for a checkbox); `false`, `0`, `off`; in small letters;
 * - null: `null`, and the empty text;
 * - lists: a single value becomes a list of one. Where no list is wanted, a repeated name is for the schema to refuse: neither the first
 *   value is taken nor the last (Security: others in front of the application may take another one);
 * - objects: each member by its own schema.
 *
 * Where texts are wanted too, a text stays a text.
 *
 * @param lists `'commas'` where one text may hold a list (RFC 9110 §5.6.1)
 */
export function compileCoercion(schema: JsonSchema | null, lists: Lists = null): Coerce | null {
  if (schema === null) return null
  const alternatives = compileShapes(schema)
  if (!noteCoerced(alternatives)) return null
  return function coerce(value) {
    return coerceValue(value, alternatives, lists, 0)
  }
}

/**
 * Whether coercion could change something of a value; false only where it certainly could not: where no member that it looks at is a text
 * or has parts. Perf: so most bodies of JSON need not be asked whether they came as a form, which takes half a microsecond on requests that
 * have hidden classes of their own (`kept.ts`).
 */
export function compileMayChange(schema: JsonSchema | null): (value: unknown) => boolean {
  const alternatives = compileShapes(schema)
  noteCoerced(alternatives)
  const noted = alternatives.length === 1 && wants(alternatives, OBJECT) ? alternatives[0]!.coerced : null
  if (noted === null) return () => true
  const keys = noted.map(([key]) => key)
  return function mayChange(value) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return true
    for (let index = 0; index < keys.length; index++) {
      const member = (value as Record<string, unknown>)[keys[index]!]
      if (typeof member === 'string' || (typeof member === 'object' && member !== null)) return true
    }
    return false
  }
}

/** Notes in shapes which of their members could be changed by coercion; whether anything could. */
export function noteCoerced(alternatives: Alternatives): boolean {
  const seen = new Set<Alternatives>()
  const isChanging = wantsMoreThanTexts(alternatives, seen)
  for (const shape of [...seen].flat()) {
    if (shape.patterns.length > 0 || shape.others !== null) continue
    shape.coerced = [...shape.properties].filter(([, member]) => wantsMoreThanTexts(member, new Set()))
  }
  return isChanging
}

/** Whether anything in it could be changed. All is looked at, so that `seen` is complete. */
function wantsMoreThanTexts(alternatives: Alternatives, seen: Set<Alternatives>): boolean {
  if (seen.has(alternatives)) return false
  seen.add(alternatives)
  return alternatives
    .map(
      (shape) =>
        membersOf(shape)
          .map((one) => wantsMoreThanTexts(one, seen))
          .includes(true) || !leavesTexts(shape),
    )
    .includes(true)
}

function membersOf(shape: Shape): Alternatives[] {
  const patterns = shape.patterns.map(([, one]) => one)
  return [
    ...shape.properties.values(),
    ...shape.prefixItems,
    ...patterns,
    shape.others ?? [],
    shape.items ?? [],
  ]
}

/** Whether a text stays what it is: where any may be one, or nothing else may be there than texts. */
function leavesTexts({ types, allowed }: Shape): boolean {
  return (types & STRING) !== 0 && (allowed === null || types === STRING)
}

/** The value itself, unless something of it changed. */
export function coerceValue(
  value: unknown,
  alternatives: Alternatives,
  lists: Lists,
  depth: number,
): unknown {
  if (typeof value === 'string') return coerceText(value, alternatives, lists, depth)
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return value
  if (Array.isArray(value)) return coerceList(value, alternatives, lists, depth)
  if (wants(alternatives, ARRAY) && !wants(alternatives, OBJECT) && isIndexed(value)) {
    return coerceList(Object.values(value), alternatives, lists, depth)
  }
  return coerceMembers(value as Record<string, unknown>, fitting(alternatives, value as never), lists, depth)
}

function wants(alternatives: Alternatives, type: number): boolean {
  for (const shape of alternatives) if ((shape.types & type) !== 0) return true
  return false
}

function coerceText(text: string, alternatives: Alternatives, lists: Lists, depth: number): unknown {
  for (const shape of alternatives) {
    if ((shape.types & STRING) !== 0 && (shape.allowed === null || shape.allowed.has(text))) return text
  }
  let types = 0
  for (const shape of alternatives) types |= shape.types
  const scalar = (types & (NUMBER | BOOLEAN | NULL)) === 0 ? undefined : coerceScalar(text, types)
  if (scalar !== undefined) return scalar
  if ((types & ARRAY) === 0 || depth > MAX_DEPTH) return text
  const texts = lists === 'commas' ? text.split(',').map((one) => one.trim()) : [text]
  return coerceList(texts, alternatives, null, depth)
}

/** Decimal notation: neither hexadecimal nor `Infinity`. */
const DECIMAL = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const WHOLE = /^-?\d+$/

/** So many digits a number always holds exactly. */
const SAFE_DIGITS = 15

function coerceScalar(text: string, types: number): number | boolean | null | undefined {
  if ((types & NUMBER) !== 0) {
    const number = parseNumber(text)
    if (number !== undefined) return number
  }
  if ((types & BOOLEAN) !== 0) {
    if (text === 'true' || text === '1' || text === 'on') return true
    if (text === 'false' || text === '0' || text === 'off') return false
  }
  return (types & NULL) !== 0 && (text === '' || text === 'null') ? null : undefined
}

function parseNumber(text: string): number | undefined {
  if (text.length <= SAFE_DIGITS && isDigits(text)) return Number(text)
  if (!DECIMAL.test(text)) return undefined
  const number = Number(text)
  if (!Number.isFinite(number)) return undefined
  // An identifier of 17 digits could become another one.
  const isExact = Number.isSafeInteger(number) || !WHOLE.test(text) || String(number) === text
  return isExact ? number : undefined
}

/** Perf: nearly all numbers in a URL, without a regular expression. */
function isDigits(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 48 || unit > 57) return false
  }
  return text.length > 0
}

/** Whether an object is a list that a query parser gave numbers as keys: qs does so from its `arrayLimit` on. */
function isIndexed(value: object): boolean {
  let next = 0
  for (const key in value) {
    if (key !== String(next)) return false
    next++
  }
  return next > 0
}

function coerceList(list: unknown[], alternatives: Alternatives, lists: Lists, depth: number): unknown[] {
  const ofLists = alternatives.filter((shape) => (shape.types & ARRAY) !== 0)
  let changed: unknown[] | null = null
  for (let index = 0; index < list.length; index++) {
    const items =
      ofLists.length === 1
        ? itemsOf(ofLists[0]!, index)
        : ofLists.flatMap((shape) => itemsOf(shape, index) ?? [])
    if (items === null || items.length === 0) continue
    const item = list[index]
    const coerced = coerceValue(item, items, lists, depth + 1)
    if (coerced === item) continue
    changed ??= list.slice()
    changed[index] = coerced
  }
  return changed ?? list
}

function itemsOf(shape: Shape, index: number): Alternatives | null {
  return shape.prefixItems[index] ?? shape.items
}

function coerceMembers(
  value: Record<string, unknown>,
  shapes: Alternatives,
  lists: Lists,
  depth: number,
): Record<string, unknown> {
  const noted = shapes.length === 1 ? shapes[0]!.coerced : null
  if (noted !== null) return coerceNoted(value, noted, lists, depth)
  let changed: Record<string, unknown> | null = null
  for (const key in value) {
    const member = value[key]
    const alternatives =
      shapes.length === 1 ? memberOf(shapes[0]!, key) : shapes.flatMap((shape) => memberOf(shape, key) ?? [])
    if (alternatives === null || alternatives.length === 0) continue
    const coerced = coerceValue(member, alternatives, lists, depth + 1)
    if (coerced === member) continue
    changed ??= copyOf(value)
    changed[key] = coerced
  }
  return changed ?? value
}

/**
 * Perf: spreading an object whose members are in a dictionary, as the query parser of Node makes them, takes half a microsecond, three
 * times as long as this.
 */
function copyOf(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  // Security: by assignment, a `__proto__` would be no member.
  if (Object.getPrototypeOf(value) !== null || '__proto__' in value) return { ...value }
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) copy[key] = value[key]
  return copy
}

/** Perf: only what may change is looked at, without a look-up by name. */
function coerceNoted(
  value: Record<string, unknown>,
  noted: readonly Member[],
  lists: Lists,
  depth: number,
): Record<string, unknown> {
  let changed: Record<string, unknown> | null = null
  for (let index = 0; index < noted.length; index++) {
    const [key, alternatives] = noted[index]!
    const member = value[key]
    // Security: members of the prototype are none of the value's.
    if (member === undefined || typeof member === 'function') continue
    const coerced = coerceValue(member, alternatives, lists, depth + 1)
    if (coerced === member) continue
    changed ??= copyOf(value)
    changed[key] = coerced
  }
  return changed ?? value
}

/** What a schema says of a member; null when it says nothing. */
export function memberOf(shape: Shape, key: string): Alternatives | null {
  const named = shape.properties.get(key)
  if (named !== undefined) return named
  for (const [pattern, alternatives] of shape.patterns) if (pattern.test(key)) return alternatives
  return shape.others
}
