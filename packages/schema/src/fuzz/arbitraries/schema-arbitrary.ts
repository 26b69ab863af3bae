import * as fc from 'fast-check'
import type { JsonSchema, JsonType } from '../../types/json-schema.js'
import { valueAt } from '../../drift/locate.js'
import { mergeSchemas } from './merge-schemas.js'
import { numberArbitrary } from './number-arbitrary.js'
import { arrayArbitrary, objectArbitrary } from './structure-arbitrary.js'
import { textArbitrary } from './text-arbitrary.js'
import { boundedFilter, ifSatisfiable, Unsatisfiable } from './unsatisfiable.js'

type Sub = JsonSchema | boolean

/** What arbitraries of one document share. */
export interface SchemaSpace {
  /** What references begin at. */
  readonly root: object
  /** Makes a check of a schema whose references begin at the root. */
  compile(schema: JsonSchema): (value: unknown) => boolean
}

/** The references that lead to a schema: recursion ends by them. */
export type Trail = readonly string[]

/** From here on only what is required is made. */
const SOFT_DEPTH = 4
const HARD_DEPTH = 24
const MOST_REPEATS = 2

/** What a value is not made to fit, and is checked for. */
const CHECKED = [
  'not',
  'oneOf',
  'if',
  'contains',
  'dependentRequired',
  'dependentSchemas',
  'propertyNames',
  'minProperties',
  'maxProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
]

/** Values of a schema; best effort, so what is made must still be checked. */
export function schemaArbitrary(
  space: SchemaSpace,
  schema: Sub | undefined,
  trail: Trail,
): fc.Arbitrary<unknown> {
  if (schema === false) throw new Unsatisfiable('the schema allows nothing')
  if (schema === true || schema === undefined) return anyValue
  const made = withExamples(schema, () => composedArbitrary(space, schema, trail))
  const isChecked = CHECKED.some((keyword) => schema[keyword] !== undefined)
  return isChecked ? boundedFilter(made, space.compile(schema)) : made
}

/** What the document gives as an example is tried, too. */
function withExamples(schema: JsonSchema, make: () => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const examples = [
    ...[schema['example'] ?? []].flat(),
    ...(Array.isArray(schema.examples) ? schema.examples : []),
  ]
  if (examples.length === 0 || schema.type === 'array') return make()
  const made = ifSatisfiable(make)
  const given = fc.constantFrom(...examples)
  return made ? fc.oneof({ weight: 4, arbitrary: made }, { weight: 1, arbitrary: given }) : given
}

function composedArbitrary(space: SchemaSpace, schema: JsonSchema, trail: Trail): fc.Arbitrary<unknown> {
  const { $ref, allOf, anyOf, oneOf, ...rest } = schema
  if (typeof $ref === 'string') {
    const beside = { ...rest, ...(allOf && { allOf }), ...(anyOf && { anyOf }), ...(oneOf && { oneOf }) }
    const target = referred(space, $ref, trail)
    return schemaArbitrary(space, both(target, beside), [...trail, $ref])
  }
  if (allOf) {
    const [merged, longer] = flattened(space, allOf, trail)
    const own = { ...rest, ...(anyOf && { anyOf }), ...(oneOf && { oneOf }) }
    return composedArbitrary(space, mergeSchemas(own, merged), longer)
  }
  const branches = anyOf ?? oneOf
  if (!branches) return typedArbitrary(space, schema, trail)
  const beside = anyOf && oneOf ? { ...rest, oneOf } : rest
  return alternatives(branches.map((branch) => () => schemaArbitrary(space, both(branch, beside), trail)))
}

/** All members of an `allOf` as one schema, and the references that they came by. */
function flattened(space: SchemaSpace, members: readonly Sub[], trail: Trail): [JsonSchema, Trail] {
  const longer = [...trail]
  let merged: JsonSchema = {}
  for (const member of members) {
    if (member === false) throw new Unsatisfiable('the schema allows nothing')
    if (member === true) continue
    const { $ref, allOf = [], ...rest } = member
    merged = mergeSchemas(merged, rest)
    const target = typeof $ref === 'string' ? [referred(space, $ref, longer)] : []
    if (typeof $ref === 'string') longer.push($ref)
    const inner = [...allOf, ...target]
    if (inner.length === 0) continue
    const [deeper, longest] = flattened(space, inner, longer)
    merged = mergeSchemas(merged, deeper)
    longer.splice(0, longer.length, ...longest)
  }
  return [merged, longer]
}

function referred(space: SchemaSpace, reference: string, trail: Trail): Sub {
  const repeats = trail.filter((one) => one === reference).length
  if (repeats >= MOST_REPEATS || trail.length >= HARD_DEPTH)
    throw new Unsatisfiable(`${reference} has no end`)
  const target = valueAt(space.root, reference)
  if (typeof target === 'boolean' || (typeof target === 'object' && target !== null)) return target as Sub
  throw new Unsatisfiable(`${reference} leads to nothing in the document`)
}

function both(one: Sub, beside: JsonSchema): Sub {
  if (Object.keys(beside).length === 0) return one
  return typeof one === 'boolean' ? one && beside : { allOf: [one, beside] }
}

/** One of several, those left out that can't be made. */
function alternatives(makers: readonly (() => fc.Arbitrary<unknown>)[]): fc.Arbitrary<unknown> {
  const made = makers.flatMap((make) => ifSatisfiable(make) ?? [])
  if (made.length === 0) throw new Unsatisfiable('no alternative can be made')
  return fc.oneof(...made)
}

function typedArbitrary(space: SchemaSpace, schema: JsonSchema, trail: Trail): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum) {
    if (schema.enum.length === 0) throw new Unsatisfiable('an enum without values')
    return fc.constantFrom(...schema.enum)
  }
  const types = typesWanted(schema)
  if (types.length === 0) return anyValue
  return alternatives(types.map((type) => () => arbitraryOfType(space, schema, type, trail)))
}

function arbitraryOfType(
  space: SchemaSpace,
  schema: JsonSchema,
  type: JsonType,
  trail: Trail,
): fc.Arbitrary<unknown> {
  const inner = (sub: Sub | undefined): fc.Arbitrary<unknown> => schemaArbitrary(space, sub, trail)
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'number':
      return numberArbitrary(schema, type === 'integer')
    case 'string':
      return textArbitrary(schema, space.compile(textPart(schema)))
    case 'array':
      return arrayArbitrary(schema, inner)
    case 'object':
      return objectArbitrary(schema, inner, trail.length < SOFT_DEPTH)
  }
}

/** What is said of texts: small enough to be compiled for each text of a document. */
function textPart({ format, pattern, minLength, maxLength }: JsonSchema): JsonSchema {
  return {
    type: 'string',
    ...(format !== undefined && { format }),
    ...(pattern !== undefined && { pattern }),
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
  }
}

const TYPE_WORDS: readonly (readonly [JsonType, readonly string[]])[] = [
  ['object', ['properties', 'required', 'additionalProperties', 'patternProperties', 'minProperties']],
  ['array', ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems']],
  ['string', ['pattern', 'format', 'minLength', 'maxLength']],
  ['number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']],
]

/** The types of a schema; where it names none, those that its words are about. */
function typesWanted(schema: JsonSchema): JsonType[] {
  if (schema.type !== undefined) return [schema.type].flat()
  return TYPE_WORDS.filter(([, words]) => words.some((word) => schema[word] !== undefined)).map(
    ([type]) => type,
  )
}

/** Where the document says nothing. */
const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.integer(), { maxLength: 2 }),
  fc.record({ a: fc.integer() }, { noNullPrototype: true }),
)
