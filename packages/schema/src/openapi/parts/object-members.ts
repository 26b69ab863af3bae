import { resolveReference } from '../../schemas/references.js'
import type { JsonSchema } from '../../types/json-schema.js'

/** One member of an object, as a schema says it. */
export interface ObjectMember {
  readonly schema: JsonSchema
  readonly isRequired: boolean
}

const DEEPEST = 20

/**
 * The members of the objects that a schema takes, of all its alternatives; null when it names none. Required is what every
 * alternative requires.
 *
 * @param root what its references are in
 */
export function membersOf(schema: JsonSchema, root: JsonSchema, depth = 0): Map<string, ObjectMember> | null {
  if (depth > DEEPEST) return null
  const target = typeof schema.$ref === 'string' ? resolveReference(root, schema.$ref) : null
  if (target !== null) return membersOf(target, root, depth + 1)
  const own = ownMembers(schema)
  const all = (schema.allOf ?? []).map((one) => membersOf(one, root, depth + 1))
  const either = [schema.anyOf, schema.oneOf].flatMap((list) =>
    list === undefined ? [] : [eitherOf(list.map((one) => membersOf(one, root, depth + 1)))],
  )
  const known = [own, ...all, ...either].filter((members) => members !== null)
  if (known.length === 0) return null
  return known.reduce((members, more) => bothOf(members, more))
}

function ownMembers({ properties, required = [] }: JsonSchema): Map<string, ObjectMember> | null {
  if (properties === undefined) return null
  return new Map(
    Object.entries(properties).map(([name, schema]) => [
      name,
      { schema, isRequired: required.includes(name) },
    ]),
  )
}

function bothOf(one: Map<string, ObjectMember>, other: Map<string, ObjectMember>): Map<string, ObjectMember> {
  const both = new Map(one)
  for (const [name, member] of other) {
    const isRequired = member.isRequired || one.get(name)?.isRequired === true
    both.set(name, { schema: member.schema, isRequired })
  }
  return both
}

function eitherOf(
  alternatives: readonly (Map<string, ObjectMember> | null)[],
): Map<string, ObjectMember> | null {
  const known = alternatives.filter((one) => one !== null)
  if (known.length === 0) return null
  const names = new Set(known.flatMap((members) => [...members.keys()]))
  return new Map(
    [...names].map((name) => {
      const schemas = known.map((members) => members.get(name)?.schema).filter((one) => one !== undefined)
      const isRequired = alternatives.every((members) => members?.get(name)?.isRequired === true)
      return [name, { schema: unionOf(schemas), isRequired }]
    }),
  )
}

function unionOf(schemas: readonly JsonSchema[]): JsonSchema {
  const [first = {}] = schemas
  const isSame = schemas.every((one) => JSON.stringify(one) === JSON.stringify(first))
  return isSame ? first : { anyOf: [...schemas] }
}
