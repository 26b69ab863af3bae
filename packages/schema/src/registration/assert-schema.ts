import { isRecord, refuse, show, standardIn } from '../problems/given.js'
import type { Schema } from '../types/schema.js'

/** @throws ContractError for what is no schema of a library that speaks Standard Schema. */
export function assertSchema(by: string, member: string, given: unknown): asserts given is Schema {
  const standard = standardIn(given)
  if (typeof standard?.['validate'] === 'function' && standard['version'] === 1) return
  refuse(by, member, `there is no schema: ${show(given)}`, hintFor(given))
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
