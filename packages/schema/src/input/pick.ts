/* Runs for each request whose contract names params, headers or cookies. */
import type { JsonSchema } from '../types/json-schema.js'
import { coerceValue, compileCoercion, type Lists, noteCoerced } from './coercion.js'
import { type Alternatives, compileShapes, namedKeys } from './shapes.js'

/** The members that a schema names, of what holds those of others too: in an object of their own, coerced. */
export type Pick = (from: Readonly<Record<string, unknown>>) => unknown

/** A member, and what is coerced of it; null for nothing. */
type Member = readonly [key: string, alternatives: Alternatives | null]

/** Where the schema takes any key, or can't be said, it gets all. */
export function compilePick(schema: JsonSchema | null, coerces: boolean, lists: Lists = null): Pick {
  const named = compileNamedPick(schema, coerces, lists)
  if (named !== null) return named
  const keys = schema === null ? null : namedKeys(compileShapes(schema))
  const coerce = coerces ? compileCoercion(schema, lists) : null
  const members = keys?.map((key): Member => [key, null]) ?? null
  const all: Pick = members === null ? (from) => ({ ...from }) : (from) => pickMembers(from, members, null)
  return coerce === null ? all : (from) => coerce(all(from))
}

/** The same, for a schema of one object whose keys are known; null for others. */
export function compileNamedPick(
  schema: JsonSchema | null,
  coerces: boolean,
  lists: Lists = null,
): Pick | null {
  const shapes = compileShapes(schema)
  const keys = schema === null ? null : namedKeys(shapes)
  if (keys === null || shapes.length > 1) return null
  const members = keys.map((key): Member => {
    const alternatives = shapes[0]!.properties.get(key)!
    return [key, coerces && noteCoerced(alternatives) ? alternatives : null]
  })
  return function pick(from) {
    return pickMembers(from, members, lists)
  }
}

function pickMembers(
  from: Readonly<Record<string, unknown>>,
  members: readonly Member[],
  lists: Lists,
): object {
  const picked: Record<string, unknown> = {}
  for (let index = 0; index < members.length; index++) {
    const [key, alternatives] = members[index]!
    // Security: `from` may be an object with members of its prototype, such as `constructor`.
    if (!Object.hasOwn(from, key)) continue
    const value = from[key]
    picked[key] = alternatives === null ? value : coerceValue(value, alternatives, lists, 1)
  }
  return picked
}
