/* Runs for each value that is checked without a request. */
import { jsonSchemaOf } from '../schemas/json-schema-of.js'
import type { Result } from '../schemas/run-schema.js'
import type { UnknownKeys } from '../types/options.js'
import type { Schema } from '../types/schema.js'
import { compileCoercion, type Lists } from './coercion.js'
import { runGuarded } from './part.js'
import { compileRun } from './prepare.js'

/** What a schema makes of a value, or all that is wrong with that. */
export type ValueCheck = (value: unknown) => Result | Promise<Result>

/** A schema with all that is done with a part of a request. */
export function compileValueCheck(
  schema: Schema,
  { coerce, unknown, lists }: { coerce: boolean; unknown: UnknownKeys; lists: Lists },
): ValueCheck {
  const run = compileRun(schema, unknown)
  const coercion = coerce ? compileCoercion(jsonSchemaOf(schema, 'input'), lists) : null
  const runCoerced = coercion === null ? run : (value: unknown) => run(coercion(value))
  return function checkValue(value) {
    return runGuarded(value, runCoerced)
  }
}
