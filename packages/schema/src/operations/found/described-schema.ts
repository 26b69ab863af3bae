import type { JsonSchema } from '../../types/json-schema.js'
import type { Schema } from '../../types/schema.js'

/**
 * What was found, as a schema that can say itself. It takes every value, save none where members are required: what validates is
 * the middleware that it was found in.
 *
 * @param vendor the library that it was found to be made with
 */
export function describedSchema(json: JsonSchema, vendor = 'nozomi'): Schema {
  const describe = (): JsonSchema => json
  const standard = {
    version: 1 as const,
    vendor,
    validate: (value: unknown) => (value === undefined && needsMembers(json) ? MISSING : { value }),
    jsonSchema: { input: describe, output: describe },
  }
  return { '~standard': standard }
}

const MISSING = { issues: [{ message: 'is required' }] }

function needsMembers({ required = [] }: JsonSchema): boolean {
  return required.length > 0
}
