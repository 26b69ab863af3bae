import type { JsonSchema } from '../../types/json-schema.js'
import { type InputSite, inputSites, objectSites, withoutRequired } from './input-sites.js'
import type { Mutant, Mutation, MutationKind, MutationSubject } from './mutation.js'
import { isOfType } from './value-sites.js'

/** Longer texts and lists than this are not made to break a bound. */
const MOST_LENGTH = 20_000
const MOST_ITEMS = 1000

/** Values of other types, none of which a lenient server could rightly read as the one that is wanted. */
const WRONG: Readonly<Record<string, readonly unknown[]>> = {
  string: [{ wrong: 'type' }, ['wrong type']],
  number: ['not a number', {}, []],
  integer: ['not a number', 0.5, {}],
  boolean: ['perhaps', {}, []],
  array: ['not a list', { wrong: 'type' }],
  object: ['not an object', 7, ['wrong type']],
  null: ['not null', {}],
}

/** Mutations of values: each breaks what the document says of one. */
export const BROKEN_VALUES: readonly Mutation[] = [
  mutation('missing-required', true, (subject) => [
    ...withoutRequired(subject),
    ...objectSites(subject).flatMap((site) =>
      (site.schema.required ?? [])
        .filter((name) => Object.hasOwn(site.value as object, name))
        .map((name) => () => site.without(name)),
    ),
  ]),
  mutation('wrong-type', true, ofSites(wrongTypes)),
  mutation('out-of-bounds', true, ofSites(outOfBounds)),
  mutation('bad-enum', true, ofSites(badEnums)),
  // JSON Schema: formats say something of values, and need not be enforced.
  mutation('bad-format', false, ofSites(badFormats)),
  // What is not known is stripped by many, and rightly so.
  mutation('unknown-key', false, (subject) =>
    objectSites(subject)
      .filter(
        ({ schema }) => schema.additionalProperties === false || schema['unevaluatedProperties'] === false,
      )
      .map((site) => () => site.replaced({ ...(site.value as object), nozomi_unknown: 1 })),
  ),
]

function mutation(kind: MutationKind, mustBeRefused: boolean, mutants: Mutation['mutants']): Mutation {
  return { kind, leavesDocument: true, mustBeRefused, inFront: [], mutants }
}

function ofSites(replacements: (site: InputSite) => readonly unknown[]): Mutation['mutants'] {
  return (subject: MutationSubject): (() => Mutant)[] =>
    inputSites(subject).flatMap((site) =>
      replacements(site).map((replacement) => () => site.replaced(replacement)),
    )
}

function wrongTypes({ schema, value, isText }: InputSite): unknown[] {
  const types = [schema.type ?? []].flat()
  const wanted = types.find((type) => isOfType(type, value))
  if (wanted === undefined) return []
  const wrong = (WRONG[wanted] ?? []).filter((one) => !types.some((type) => isOfType(type, one)))
  const nothing = types.includes('null') || isText ? [] : [null]
  return [...wrong.filter((one) => !isText || typeof one === 'string'), ...nothing]
}

function outOfBounds({ schema, value }: InputSite): unknown[] {
  if (typeof value === 'number') return numbersOutside(schema, value)
  if (typeof value === 'string') return textsOutside(schema, value)
  return Array.isArray(value) ? listsOutside(schema, value) : []
}

function numbersOutside(schema: JsonSchema, value: number): number[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = schema
  return [
    ...(minimum === undefined ? [] : [minimum - 1]),
    ...(maximum === undefined ? [] : [maximum + 1]),
    ...(exclusiveMinimum === undefined ? [] : [exclusiveMinimum]),
    ...(exclusiveMaximum === undefined ? [] : [exclusiveMaximum]),
    ...(multipleOf === undefined ? [] : [value + multipleOf / 2]),
  ]
}

function textsOutside({ minLength = 0, maxLength }: JsonSchema, value: string): string[] {
  const shorter = minLength > 0 ? [[...value].slice(0, minLength - 1).join('')] : []
  const isLong = maxLength !== undefined && maxLength < MOST_LENGTH
  return isLong ? [...shorter, value + 'a'.repeat(maxLength + 1 - [...value].length)] : shorter
}

function listsOutside(
  { minItems = 0, maxItems, uniqueItems }: JsonSchema,
  value: readonly unknown[],
): unknown[][] {
  const shorter = minItems > 0 ? [value.slice(0, minItems - 1)] : []
  const isLong = maxItems !== undefined && maxItems < MOST_ITEMS && value.length > 0
  const longer = isLong
    ? [Array.from({ length: maxItems + 1 }, (_, index) => value[index % value.length])]
    : []
  const twice = uniqueItems && value.length > 0 ? [[...value, value[0]]] : []
  return [...shorter, ...longer, ...twice]
}

function badEnums({ schema }: InputSite): unknown[] {
  const values = schema.const === undefined ? schema.enum : [schema.const]
  if (values === undefined) return []
  return values.every((value) => typeof value === 'number') ? [987_654_321] : ['nozomi-no-such-value']
}

function badFormats({ schema, value }: InputSite): unknown[] {
  if (typeof value !== 'string' || (schema.format === undefined && schema.pattern === undefined)) return []
  return ['not of this format', '', `${value}\n`, `!${value}`]
}
