import { resolveReference } from '../../schemas/references.js'
import type { JsonSchema } from '../../types/json-schema.js'
import { combineShapes } from './combine-shapes.js'
import { compilePattern } from '../../schemas/patterns.js'
import {
  isScalar,
  type ArrayShape,
  type Field,
  type ObjectShape,
  type Option,
  type RestShape,
  type Shape,
  type TrialShape,
} from './shape.js'
import { findTag } from './tags.js'

/** What is written of a value, and whether that is known from the schema alone. */
export interface ReadShape {
  readonly shape: Shape
  /**
   * False where it takes the schema itself to tell what comes out: alternatives that nothing tells apart, conditions, schemas
   * that allow all beside some that don't.
   */
  readonly isExact: boolean
}

/** Makes what tells whether a value is of an alternative, which is a part of the schema that is read. */
export type CompileOption = (alternative: JsonSchema) => Pick<Option<unknown>, 'matches' | 'isSure'>

type SchemaOrBoolean = JsonSchema | boolean

/**
 * Reads what a JSON Schema declares. Objects are closed unless the schema says something of further keys: `properties` alone
 * name what is written, as in Fastify, although JSON Schema itself allows what it does not mention. Where it names no keys at
 * all, everything is written.
 *
 * @param root its references lead somewhere: asserted at registration. One that does not lets nothing through
 */
export function readShape(root: JsonSchema, compileOption: CompileOption): ReadShape {
  const reader = new ShapeReader(root, compileOption)
  const shape = reader.child(root)
  reader.readAll()
  return { shape, isExact: reader.isExact }
}

/**
 * One level of a schema, with all that `$ref`, `allOf`, `anyOf` and `oneOf` add to it, is read before what lies below it. So
 * the level that a recursive schema leads back to is known by then.
 */
class ShapeReader {
  readonly #root: JsonSchema
  readonly #shapes = new Map<JsonSchema, Shape>()
  readonly #unread = new Map<Shape, JsonSchema>()
  readonly #compileOption: CompileOption
  isExact = true

  constructor(root: JsonSchema, compileOption: CompileOption) {
    this.#root = root
    this.#compileOption = compileOption
  }

  readAll(): void {
    // A map that grows meanwhile is walked to its end.
    for (const [shape, schema] of this.#unread) this.#read(shape, schema)
  }

  /** The shape of a schema below, which is read later. */
  child(schema: SchemaOrBoolean): Shape {
    if (typeof schema === 'boolean') return schema ? openShape() : closedShape()
    const target = this.#follow(schema)
    const known = this.#shapes.get(target)
    if (known !== undefined) return known
    const shape = closedShape()
    this.#shapes.set(target, shape)
    this.#unread.set(shape, target)
    return shape
  }

  /** The shape of a schema of the same level, which is needed now. */
  #level(schema: SchemaOrBoolean): Shape {
    const shape = this.child(schema)
    const unread = this.#unread.get(shape)
    if (unread !== undefined) this.#read(shape, unread)
    return shape
  }

  #read(shape: Shape, schema: JsonSchema): void {
    this.#unread.delete(shape)
    Object.assign(shape, this.#combine(this.#partsOf(schema)) ?? this.#bare(schema))
  }

  #partsOf(schema: JsonSchema): Shape[] {
    const parts: Shape[] = []
    const own = this.#own(schema)
    if (own !== null) parts.push(own)
    if (schema.$ref !== undefined) parts.push(this.#level(this.#target(schema.$ref)))
    for (const part of schema.allOf ?? []) parts.push(this.#level(part))
    if (schema.anyOf !== undefined) parts.push(this.#union(schema.anyOf))
    if (schema.oneOf !== undefined) parts.push(this.#union(schema.oneOf))
    const conditional = conditionalParts(schema)
      .map((part) => this.#level(part))
      .filter((part) => !part.isOpen && !isScalar(part))
    if (conditional.length > 0) this.isExact = false
    // Of an object, a condition on lists says nothing.
    for (const { object, array } of conditional)
      parts.push({ isOpen: false, object: object ?? { is: 'whole' }, array: array ?? { is: 'whole' } })
    return parts
  }

  /** Null when nothing is said of what is written. */
  #combine(parts: Shape[]): Shape | null {
    const saying = parts.filter(({ isOpen }) => !isOpen)
    if (saying.length === 0) return null
    // What one side leaves open comes out of an intersection in some libraries, and in others not.
    const isHalfOpen =
      saying.length > 1 && saying.some(({ object, array }) => isWhole(object) || isWhole(array))
    if (saying.length < parts.length || isHalfOpen) this.isExact = false
    return combineShapes(saying)
  }

  /** A schema that names no keys and no items: `{}`, or a type alone. */
  #bare(schema: JsonSchema): Shape {
    const types = typesOf(schema)
    if (types === null) return openShape()
    return {
      isOpen: false,
      object: types.includes('object') ? { is: 'whole' } : null,
      array: types.includes('array') ? { is: 'whole' } : null,
    }
  }

  /** What the keywords of the schema itself declare; null when they name nothing. */
  #own(schema: JsonSchema): Shape | null {
    const values = valuesOf(schema)
    if (values !== null) {
      if (values.every(isNoContainer)) return closedShape()
      // Only the schema knows whether an object is one of those that it lists.
      this.isExact = false
      return openShape()
    }
    const types = typesOf(schema)
    const object = namesKeys(schema) && (types?.includes('object') ?? true) ? this.#fields(schema) : null
    const array = namesItems(schema) && (types?.includes('array') ?? true) ? this.#list(schema) : null
    if (object !== null || array !== null) {
      const bare = this.#bare(schema)
      return { isOpen: false, object: object ?? bare.object, array: array ?? bare.array }
    }
    const isContainer = types === null || types.includes('object') || types.includes('array')
    return isContainer ? null : closedShape()
  }

  #fields(schema: JsonSchema): ObjectShape {
    const { properties = {}, patternProperties = {}, required = [] } = schema
    const fields: Field[] = Object.keys(properties)
      // Security: no object gets another prototype by its keys.
      .filter((key) => key !== '__proto__')
      .map((key) => ({
        key,
        shape: this.child(properties[key] as JsonSchema),
        isRequired: required.includes(key),
      }))
    const additional = schema.additionalProperties ?? schema['unevaluatedProperties'] ?? false
    const rest: RestShape = {
      patterns: Object.entries(patternProperties).map(([source, one]) => ({
        pattern: compilePattern(source),
        shape: this.child(one),
      })),
      other: additional === false ? null : this.child(additional as SchemaOrBoolean),
    }
    if (fields.length === 0 && rest.patterns.length === 0 && rest.other !== null && allowsAll(additional)) {
      return { is: 'whole' }
    }
    return {
      is: 'fields',
      fields: inOrderOfKeys(fields),
      rest: rest.patterns.length === 0 && rest.other === null ? null : rest,
    }
  }

  #list(schema: JsonSchema): ArrayShape {
    const { first: prefixItems, rest: items } = itemsOf(schema)
    if (prefixItems.length === 0 && (items === undefined || allowsAll(items))) return { is: 'whole' }
    return {
      is: 'list',
      first: prefixItems.map((one) => this.child(one)),
      rest: items === undefined || items === false ? null : this.child(items),
    }
  }

  #union(schemas: readonly JsonSchema[]): Shape {
    const options = this.#alternatives(schemas).map((schema) => ({ schema, shape: this.#level(schema) }))
    if (options.some(({ shape }) => shape.isOpen)) {
      if (options.some(({ shape }) => !shape.isOpen)) this.isExact = false
      return openShape()
    }
    const objects = options.filter(({ shape }) => shape.object !== null)
    const arrays = options.filter(({ shape }) => shape.array !== null)
    const tag = objects.length > 1 ? findTag(objects.map(({ schema }) => schema)) : null
    if ((objects.length > 1 && tag === null) || arrays.length > 1) this.isExact = false
    const object: ObjectShape | null =
      tag === null
        ? oneOrTrial(objects.map(({ schema, shape }) => this.#option(schema, shape.object as ObjectShape)))
        : {
            is: 'tagged',
            key: tag.key,
            cases: objects.map(({ shape }, at) => ({
              values: tag.values[at] ?? [],
              shape: shape.object as ObjectShape,
            })),
          }
    const array = oneOrTrial(
      arrays.map(({ schema, shape }) => this.#option(schema, shape.array as ArrayShape)),
    )
    return { isOpen: false, object, array }
  }

  #option<S>(schema: JsonSchema, shape: S): () => Option<S> {
    return () => ({ ...this.#compileOption(schema), shape })
  }

  /** References followed, and unions within unions laid flat. */
  #alternatives(schemas: readonly JsonSchema[], seen = new Set<JsonSchema>()): JsonSchema[] {
    return schemas.flatMap((schema) => {
      const target = this.#follow(schema)
      if (seen.has(target)) return []
      seen.add(target)
      const inner = innerUnion(target)
      return inner === null ? [target] : this.#alternatives(inner, seen)
    })
  }

  /** What a schema that only leads elsewhere leads to. */
  #follow(schema: JsonSchema): JsonSchema {
    const passed = new Set<JsonSchema>()
    let target = schema
    while (isReference(target)) {
      if (passed.has(target)) return NOTHING
      passed.add(target)
      target = this.#target(target.$ref)
    }
    return target
  }

  #target(reference: string): JsonSchema {
    return resolveReference(this.#root, reference) ?? NOTHING
  }
}

/** Security: of what is not known, no object and no list is written. */
const NOTHING: JsonSchema = { enum: [] }

function openShape(): Shape {
  return { isOpen: true, object: { is: 'whole' }, array: { is: 'whole' } }
}

function closedShape(): Shape {
  return { isOpen: false, object: null, array: null }
}

function isWhole(shape: ObjectShape | ArrayShape | null): boolean {
  return shape?.is === 'whole'
}

/** One alternative need not be told from others. */
function oneOrTrial<S>(options: (() => Option<S>)[]): S | TrialShape<S> | null {
  if (options.length > 1) return { is: 'trial', options: options.map((make) => make()) }
  return options[0]?.().shape ?? null
}

/** A schema that only leads elsewhere. What stands beside the reference in words changes nothing. */
function isReference(schema: JsonSchema): schema is JsonSchema & { $ref: string } {
  return schema.$ref !== undefined && Object.keys(schema).every((keyword) => ANNOTATIONS.has(keyword))
}

const ANNOTATIONS = new Set([
  '$ref',
  '$comment',
  'title',
  'description',
  'default',
  'deprecated',
  'examples',
  'readOnly',
  'writeOnly',
])

function innerUnion(schema: JsonSchema): JsonSchema[] | null {
  const keywords = Object.keys(schema).filter((keyword) => !ANNOTATIONS.has(keyword))
  if (keywords.length !== 1) return null
  return schema.anyOf ?? schema.oneOf ?? null
}

/** What a schema adds under conditions. It is written whenever it is there. */
function conditionalParts(schema: JsonSchema): JsonSchema[] {
  const { then: whenTrue, else: whenFalse, dependentSchemas, dependencies } = schema
  const named = [dependentSchemas, dependencies].flatMap((one) => Object.values(one ?? {}))
  return [whenTrue, whenFalse, ...named].filter(
    (part): part is JsonSchema => typeof part === 'object' && part !== null && !Array.isArray(part),
  )
}

function namesKeys(schema: JsonSchema): boolean {
  return (
    schema.properties !== undefined ||
    schema.additionalProperties !== undefined ||
    schema['unevaluatedProperties'] !== undefined ||
    schema.patternProperties !== undefined
  )
}

function namesItems(schema: JsonSchema): boolean {
  const { items, prefixItems, unevaluatedItems } = schema
  return items !== undefined || prefixItems !== undefined || unevaluatedItems !== undefined
}

/** What is declared of items: of the first ones, and of those that follow. Up to draft 2019-09 `items` may be a list. */
function itemsOf(schema: JsonSchema): { first: readonly JsonSchema[]; rest: SchemaOrBoolean | undefined } {
  const { prefixItems, items, additionalItems, unevaluatedItems } = schema
  if (Array.isArray(items))
    return { first: items, rest: (additionalItems ?? unevaluatedItems) as SchemaOrBoolean }
  return { first: prefixItems ?? [], rest: (items ?? unevaluatedItems) as SchemaOrBoolean | undefined }
}

function allowsAll(schema: unknown): boolean {
  return (
    schema === true || (typeof schema === 'object' && schema !== null && Object.keys(schema).length === 0)
  )
}

function typesOf({ type }: JsonSchema): readonly string[] | null {
  if (type === undefined) return null
  return Array.isArray(type) ? type : [type]
}

/** The values that a schema lists. */
function valuesOf(schema: JsonSchema): readonly unknown[] | null {
  return 'const' in schema ? [schema.const] : (schema.enum ?? null)
}

function isNoContainer(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

/** Keys that are indices come first in an object, by their number. */
function inOrderOfKeys(fields: readonly Field[]): Field[] {
  const byKey = new Map(fields.map((field) => [field.key, field]))
  const ordered = Object.keys(Object.fromEntries(byKey))
  return ordered.map((key) => byKey.get(key) as Field)
}
