import { isRecord, refuse, show, standardIn } from '../problems/given.js'
import { linkedSchemaOf, type Side } from '../schemas/json-schema-of.js'
import { compilePattern } from '../schemas/patterns.js'
import { standardOf } from '../schemas/standard.js'
import type { JsonSchema } from '../types/json-schema.js'
import type { Schema } from '../types/schema.js'

/**
 * @param side that of which the JSON Schema is read
 * @throws ContractError for what is no schema of a library that speaks Standard Schema, or says a JSON Schema that can't be read
 */
export function assertSchema(
  by: string,
  member: string,
  given: unknown,
  side: Side = 'input',
): asserts given is Schema {
  const standard = standardIn(given)
  if (typeof standard?.['validate'] !== 'function' || standard['version'] !== 1)
    refuse(by, member, `there is no schema: ${show(given)}`, hintFor(given))
  assertReadable(by, member, given as Schema, side)
}

/** Security: what is not understood would leave an answer open at that place. */
function assertReadable(by: string, member: string, given: Schema, side: Side): void {
  const linked = linkedSchemaOf(given, side)
  if (linked === null) return
  const [reference] = linked.broken
  if (reference !== undefined) {
    refuse(
      by,
      member,
      `its JSON Schema refers to ${show(reference)}, and where that leads is not known`,
      standardOf(given).vendor === 'joi'
        ? 'let the link lead to a schema that it is in, or to one of .shared()'
        : 'put what it refers to into $defs, and refer to it as #/$defs/…; or give the Ajv that has it: jsonSchema(schema, { ajv })',
    )
  }
  const pattern = brokenPattern(linked.jsonSchema)
  if (pattern === undefined) return
  refuse(by, member, `its JSON Schema has the pattern ${show(pattern)}, which is none`, 'correct the pattern')
}

function brokenPattern(jsonSchema: JsonSchema): string | undefined {
  const patterns: string[] = []
  JSON.stringify(jsonSchema, (key, value: unknown) => {
    if (key === 'pattern' && typeof value === 'string') patterns.push(value)
    if (key === 'patternProperties') patterns.push(...Object.keys(value ?? {}))
    return value
  })
  return patterns.find((pattern) => !isPattern(pattern))
}

function isPattern(source: string): boolean {
  try {
    compilePattern(source)
    return true
  } catch {
    return false
  }
}

/** What somebody may have meant who gave something else than a schema. */
function hintFor(given: unknown): string {
  if (isRecord(given)) {
    if (typeof given['validate'] === 'function') return 'wrap a schema of Joi 17: joi(schema)'
    if ('_def' in given) return 'this is Zod before 3.24, which does not speak Standard Schema: update it'
    if ('type' in given || 'properties' in given || '$ref' in given || 'anyOf' in given) {
      return 'wrap a JSON Schema: jsonSchema(schema)'
    }
    const members = Object.values(given)
    if (members.length > 0 && members.every((one) => standardIn(one) !== undefined)) {
      return 'make one schema of these, such as z.object({ … })'
    }
  }
  return 'give a schema of a library that speaks Standard Schema, such as z.object({ … }); or joi(schema), jsonSchema(schema)'
}
