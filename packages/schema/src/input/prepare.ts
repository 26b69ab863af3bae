/*
 * Runs for each request: what is done with a value before its schema sees it, and after. What an option does not ask for is not
 * there at all.
 */
import { jsonSchemaOf } from '../schemas/json-schema-of.js'
import type { SchemaIssue } from '../schemas/naming/schema-issue.js'
import { unknownKey } from '../schemas/naming/schema-issue.js'
import { compileSchema, type Result, type RunSchema } from '../schemas/run-schema.js'
import { compileStrangers } from '../schemas/strangers.js'
import type { JsonSchema } from '../types/json-schema.js'
import type { UnknownKeys } from '../types/options.js'
import type { Schema } from '../types/schema.js'
import { compileRefusedKeys, compileSeparation, restore } from './unknown-keys.js'

/**
 * A schema, ready to run on a value whose texts have been coerced: with what `unknown` asks for around it, and with all refused keys
 * told where its library stops at the first.
 *
 * @param unknown other than `'schema'` needs a schema that can say itself as JSON Schema: asserted before
 */
export function compileRun(schema: Schema, unknown: UnknownKeys): RunSchema {
  const run = compileSchema(schema)
  const jsonSchema = jsonSchemaOf(schema, 'input')
  if (jsonSchema === null) return run
  if (unknown === 'schema') return withAllRefused(run, jsonSchema)
  const runSeparated = withUnknown(run, jsonSchema, unknown)
  return unknown === 'strip' ? unlessDropped(schema, run, runSeparated) : runSeparated
}

/** Perf: what the schema drops by itself needs not be taken out before: of 1,000 objects with a key to strip that is most of the time. */
function unlessDropped(schema: Schema, run: RunSchema, runSeparated: RunSchema): RunSchema {
  const strangersOf = compileStrangers(schema)
  return function runStripped(value) {
    return strangersOf() === 'dropped' ? run(value) : runSeparated(value)
  }
}

function withAllRefused(run: RunSchema, jsonSchema: JsonSchema): RunSchema {
  const findRefused = compileRefusedKeys(jsonSchema)
  if (findRefused === null) return run
  return function runAndFindRefused(value) {
    const result = run(value)
    if (result instanceof Promise)
      return result.then((later) => (later.issues ? addRefused(later.issues, findRefused(value)) : later))
    return result.issues ? addRefused(result.issues, findRefused(value)) : result
  }
}

/** What the library has told stays, in its words and its order. Only a schema that refuses one such key refuses others. */
function addRefused(issues: readonly SchemaIssue[], refused: readonly SchemaIssue[]): Result {
  if (!issues.some((issue) => issue.code === 'unknown_key')) return { issues }
  const known = new Set(
    issues.filter((issue) => issue.code === 'unknown_key').map((issue) => JSON.stringify(issue.path)),
  )
  return { issues: [...issues, ...refused.filter((issue) => !known.has(JSON.stringify(issue.path)))] }
}

function withUnknown(
  run: RunSchema,
  jsonSchema: JsonSchema,
  unknown: Exclude<UnknownKeys, 'schema'>,
): RunSchema {
  const separate = compileSeparation(jsonSchema)
  return function runSeparated(value) {
    const { known, extras } = separate(value)
    const result = run(known)
    if (extras.length === 0 || unknown === 'strip') return result
    const finish = (done: Result): Result => {
      if (unknown === 'keep') return done.issues ? done : { value: restore(done.value, extras) }
      const refused = extras.map((extra) => unknownKey(extra.path, extra.key))
      return { issues: done.issues ? [...done.issues, ...refused] : refused }
    }
    return result instanceof Promise ? result.then(finish) : finish(result)
  }
}
