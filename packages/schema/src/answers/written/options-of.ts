import { alternativeChecks, type CheckAlternative } from '../../schemas/json-schema-alternatives.js'
import { standardOf } from '../../schemas/standard.js'
import type { JsonSchema } from '../../types/json-schema.js'
import type { Schema } from '../../types/schema.js'
import { compileMatch } from './matches.js'
import type { CompileOption } from './read-shape.js'

interface Asked {
  readonly [alternativeChecks]?: (root: JsonSchema, alternative: JsonSchema) => CheckAlternative
}

/**
 * How the alternatives of a schema are told apart, where no key does it: a JSON Schema is asked of Ajv, which ran it. Others can't be
 * asked for a part of them, so what they say as JSON Schema is looked at, which may allow more than they do.
 */
export function optionsOf(schema: Schema, root: JsonSchema): CompileOption {
  const ask = (schema as Asked)[alternativeChecks]
  const isFaithful = standardOf(schema).vendor === 'arktype'
  return function compileOption(alternative) {
    if (ask !== undefined) {
      try {
        return { matches: ask(root, alternative), isSure: true }
      } catch {
        // It makes no sense to this Ajv by itself.
      }
    }
    const { matches, isWhole } = compileMatch(root, alternative)
    return { matches, isSure: isFaithful && isWhole }
  }
}
