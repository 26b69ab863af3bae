/*
 * Made at registration from a JSON Schema: what coercion and the search for unknown keys need to know of it. A schema becomes
 * a list of alternatives, one for each way through its `anyOf` and `oneOf`; each is one record, with what `$ref` and `allOf` add
 * already in it. Recursive schemas give recursive records.
 */
import { resolveReference } from '../schemas/references.js'
import type { JsonSchema, JsonType } from '../types/json-schema.js'

export const STRING = 1
export const NUMBER = 2
export const BOOLEAN = 4
export const NULL = 8
export const ARRAY = 16
export const OBJECT = 32
export const ANY = 63

/** What a value may be: one of these. */
export type Alternatives = readonly Shape[]

/** One way through a schema. */
export interface Shape {
  /** Bits of the types that a value may have. */
  types: number
  /** The values that are allowed, where the schema lists them. */
  allowed: ReadonlySet<unknown> | null
  properties: ReadonlyMap<string, Alternatives>
  /** Of `patternProperties`. */
  patterns: readonly (readonly [RegExp, Alternatives])[]
  /** Of the keys that are not named, where the schema says something of them. */
  others: Alternatives | null
  /** Whether keys that are not named belong to it. */
  isOpen: boolean
  /** Whether the schema itself refuses keys that are not named. */
  isClosed: boolean
  items: Alternatives | null
  prefixItems: readonly Alternatives[]
  /** The keys whose texts tell this alternative from others: members that may have listed values only. */
  tags: readonly (readonly [string, ReadonlySet<unknown>])[]
  /** The members that coercion has to look at; null when it has to look at all. Noted by `input/coercion.ts`. */
  coerced: readonly Member[] | null
}

/** A member by its name, and what it may be. */
export type Member = readonly [key: string, alternatives: Alternatives]

/** More ways through a schema than this are not told apart: it gets no coercion there. */
const MAX_ALTERNATIVES = 64

/** The alternatives of a schema; of null, which is a schema that can't be said, any value. */
export function compileShapes(root: JsonSchema | null): Alternatives {
  return root === null ? [anything()] : new ShapeCompiler(root).compile([root])
}

class ShapeCompiler {
  readonly #root: JsonSchema
  readonly #compiled = new Map<string, Shape[]>()
  readonly #numbers = new Map<JsonSchema, number>()

  constructor(root: JsonSchema) {
    this.#root = root
  }

  /** The alternatives of a value that has to fit all of these. */
  compile(all: readonly JsonSchema[]): Alternatives {
    const key = all.map((one) => this.#numberOf(one)).join()
    const known = this.#compiled.get(key)
    if (known !== undefined) return known
    // Invariant: known before it is filled, so that what is recursive finds itself.
    const alternatives: Shape[] = []
    this.#compiled.set(key, alternatives)
    const ways = this.#ways(all)
    for (const way of ways ?? []) alternatives.push(this.#shapeOf(way))
    if (ways === null) alternatives.push(anything())
    return alternatives
  }

  #numberOf(schema: JsonSchema): number {
    const known = this.#numbers.get(schema)
    if (known !== undefined) return known
    this.#numbers.set(schema, this.#numbers.size)
    return this.#numbers.size - 1
  }

  /** All ways through the unions of these, each as the list of schemas that hold on it; null when there are too many. */
  #ways(all: readonly JsonSchema[], above: ReadonlySet<JsonSchema> = new Set()): JsonSchema[][] | null {
    const flat = this.#flatten(all, above)
    const seen = new Set([...above, ...flat])
    let ways: JsonSchema[][] = [flat]
    for (const union of flat.flatMap((one) => unionsOf(one))) {
      const branches: JsonSchema[][] = []
      for (const branch of union) {
        const through = this.#ways([branch], seen)
        if (through === null) return null
        branches.push(...through)
      }
      ways = ways.flatMap((way) => branches.map((branch) => [...way, ...branch]))
      if (ways.length > MAX_ALTERNATIVES) return null
    }
    return ways
  }

  /** These schemas, and all that their `$ref` and `allOf` add. */
  #flatten(all: readonly JsonSchema[], above: ReadonlySet<JsonSchema>): JsonSchema[] {
    const flat: JsonSchema[] = []
    const waiting = [...all]
    for (let schema = waiting.shift(); schema !== undefined; schema = waiting.shift()) {
      if (flat.includes(schema) || above.has(schema)) continue
      flat.push(schema)
      if (typeof schema.$ref === 'string') {
        const target = resolveReference(this.#root, schema.$ref)
        if (target !== null) waiting.push(target)
      }
      waiting.push(...schemasIn(schema.allOf))
    }
    return flat
  }

  #shapeOf(all: readonly JsonSchema[]): Shape {
    const properties = this.#propertiesOf(all)
    const hasUnknown = all.some((one) => isUnresolved(this.#root, one))
    return {
      types: all.reduce((types, one) => types & typesOf(one), ANY),
      allowed: allowedBy(all),
      properties,
      patterns: this.#patternsOf(all),
      others: this.#together(all.map((one) => one.additionalProperties ?? one['unevaluatedProperties'])),
      isOpen: hasUnknown || isOpen(all),
      isClosed: all.some(
        (one) => one.additionalProperties === false || one['unevaluatedProperties'] === false,
      ),
      items: this.#together(all.map((one) => one.items)),
      prefixItems:
        all.find((one) => Array.isArray(one.prefixItems))?.prefixItems?.map((one) => this.compile([one])) ??
        [],
      tags: tagsOf(all),
      coerced: null,
    }
  }

  #propertiesOf(all: readonly JsonSchema[]): ReadonlyMap<string, Alternatives> {
    const found = new Map<string, JsonSchema[]>()
    for (const { properties } of all) {
      for (const [name, schema] of Object.entries(properties ?? {})) {
        if (isSchema(schema)) found.set(name, [...(found.get(name) ?? []), schema])
        else if (!found.has(name)) found.set(name, [])
      }
    }
    return new Map([...found].map(([name, schemas]) => [name, this.compile(schemas)]))
  }

  #patternsOf(all: readonly JsonSchema[]): readonly (readonly [RegExp, Alternatives])[] {
    return all.flatMap(({ patternProperties }) =>
      Object.entries(patternProperties ?? {}).map(
        ([pattern, schema]) => [compilePattern(pattern), this.compile(schemasIn([schema]))] as const,
      ),
    )
  }

  #together(found: readonly unknown[]): Alternatives | null {
    const schemas = schemasIn(found)
    return schemas.length === 0 ? null : this.compile(schemas)
  }
}

/** What is no pattern to the engine is taken to match any key. */
function compilePattern(pattern: string): RegExp {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags)
    } catch {
      // Not with these flags.
    }
  }
  return /^/
}

function isSchema(found: unknown): found is JsonSchema {
  return typeof found === 'object' && found !== null
}

function schemasIn(found: readonly unknown[] | undefined): JsonSchema[] {
  return (found ?? []).filter(isSchema)
}

function unionsOf({ anyOf, oneOf }: JsonSchema): JsonSchema[][] {
  return [anyOf, oneOf].map((union) => schemasIn(union)).filter((union) => union.length > 0)
}

/** Whether it refers to something that is not in its document: then nothing is known of it. */
function isUnresolved(root: JsonSchema, schema: JsonSchema): boolean {
  if (schema['$dynamicRef'] !== undefined) return true
  return typeof schema.$ref === 'string' && resolveReference(root, schema.$ref) === null
}

const TYPES: Readonly<Record<JsonType, number>> = {
  string: STRING,
  number: NUMBER,
  integer: NUMBER,
  boolean: BOOLEAN,
  null: NULL,
  array: ARRAY,
  object: OBJECT,
}

function typesOf(schema: JsonSchema): number {
  const { type } = schema
  if (type !== undefined) {
    return (Array.isArray(type) ? type : [type]).reduce((types, one) => types | (TYPES[one] ?? 0), 0)
  }
  const values = valuesOf(schema)
  return values === null ? ANY : values.reduce<number>((types, value) => types | typeOfValue(value), 0)
}

function typeOfValue(value: unknown): number {
  if (value === null) return NULL
  if (Array.isArray(value)) return ARRAY
  return TYPES[typeof value as JsonType] ?? ANY
}

function valuesOf(schema: JsonSchema): readonly unknown[] | null {
  if (Array.isArray(schema.enum)) return schema.enum
  return 'const' in schema ? [schema.const] : null
}

function allowedBy(all: readonly JsonSchema[]): ReadonlySet<unknown> | null {
  const lists = all.map(valuesOf).filter((values) => values !== null)
  if (lists.length === 0) return null
  return new Set(lists[0]!.filter((value) => lists.every((list) => list.includes(value))))
}

function isOpen(all: readonly JsonSchema[]): boolean {
  const additional = all.map((one) => one.additionalProperties ?? one['unevaluatedProperties'])
  if (additional.some((one) => one !== undefined && one !== false)) return true
  if (additional.includes(false)) return false
  return !all.some((one) => one.properties !== undefined || one.patternProperties !== undefined)
}

function tagsOf(all: readonly JsonSchema[]): readonly (readonly [string, ReadonlySet<unknown>])[] {
  return all.flatMap(({ properties }) =>
    Object.entries(properties ?? {}).flatMap(([name, schema]) => {
      const values = isSchema(schema) ? valuesOf(schema) : null
      return values === null ? [] : [[name, new Set(values)] as const]
    }),
  )
}

function anything(): Shape {
  return {
    types: ANY,
    allowed: null,
    properties: new Map(),
    patterns: [],
    others: null,
    isOpen: true,
    isClosed: false,
    items: null,
    prefixItems: [],
    tags: [],
    coerced: null,
  }
}

/** The alternatives that an object may be, judged by their tags; all that are objects, when no tag fits. */
export function fitting(alternatives: Alternatives, value: Readonly<Record<string, unknown>>): Alternatives {
  if (alternatives.length === 1) return (alternatives[0]!.types & OBJECT) === 0 ? [] : alternatives
  const objects = alternatives.filter((shape) => (shape.types & OBJECT) !== 0)
  const fits = objects.filter((shape) => shape.tags.every(([key, values]) => isTagged(value[key], values)))
  return fits.length > 0 ? fits : objects
}

/** Tags come as texts where all does. */
function isTagged(value: unknown, values: ReadonlySet<unknown>): boolean {
  if (value === undefined || values.has(value)) return true
  return typeof value === 'string' && [...values].some((one) => String(one) === value)
}

/** All keys that a schema names, whatever else belongs to it. */
export function allNamedKeys(alternatives: Alternatives): ReadonlySet<string> {
  return new Set(alternatives.flatMap((shape) => [...shape.properties.keys()]))
}

/**
 * The keys that a schema names, where these are all that belong to it; null when any key does. What a part of a request holds
 * besides them is none of the schema's business, where that part has keys of others too: headers, cookies, params.
 */
export function namedKeys(alternatives: Alternatives): readonly string[] | null {
  if (alternatives.some((shape) => shape.isOpen || shape.patterns.length > 0)) return null
  return [...new Set(alternatives.flatMap((shape) => [...shape.properties.keys()]))]
}
