/*
 * What messages can be made from, besides what the library told. Runs only when something is wrong, and works nothing out before it is
 * asked for.
 */
import { MAX_ISSUES } from '../problems/validation-error.js'
import { jsonSchemaOf } from '../schemas/json-schema-of.js'
import type { SchemaIssue } from '../schemas/naming/schema-issue.js'
import { namesAt, schemaAt } from '../schemas/schema-at.js'
import type { FoundIssue, Place } from '../types/issue.js'
import type { JsonSchema } from '../types/json-schema.js'
import type { Schema } from '../types/schema.js'

/** What an issue is about. */
export interface Origin {
  /** The part as it came, before anything was made of its texts. */
  readonly sent: unknown
  /** What it met; null for what is no schema. */
  readonly schema: Schema | null
}

/**
 * An issue with its place, and with `value`, `schema` and `known` in its details.
 *
 * Security: these are no enumerable members, so that neither a log of the error nor an answer made of it by somebody has passwords in it.
 */
function completeIssue(issue: SchemaIssue, place: Place, { sent, schema }: Origin): FoundIssue {
  const { path, code } = issue
  const details = Object.defineProperties(
    { ...issue.details },
    {
      value: { get: () => sentAt(sent, path) },
      schema: { get: () => withSchema(schema, (root) => schemaAt(root, sent, path)) },
      ...(code === 'unknown_key' &&
        !('known' in issue.details) && {
          known: { get: () => withSchema(schema, (root) => namesAt(root, sent, path.slice(0, -1))) },
        }),
    },
  )
  return { in: place, ...issue, details }
}

/** Those that are told are completed. Security: a body can hold as many mistakes as bytes. */
export function completeIssues(issues: readonly SchemaIssue[], place: Place, origin: Origin): FoundIssue[] {
  return issues.map((issue, index) =>
    index < MAX_ISSUES ? completeIssue(issue, place, origin) : { in: place, ...issue },
  )
}

/** What was sent at a path. One text may be all of a list. */
function sentAt(sent: unknown, path: readonly (string | number)[]): unknown {
  let value = sent
  for (let index = 0; index < path.length; index++) {
    const key = path[index]!
    const isWholeList = typeof value === 'string' && typeof key === 'number' && index === path.length - 1
    if (isWholeList) return value
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string | number, unknown>)[key]
  }
  return value
}

function withSchema<T>(schema: Schema | null, read: (root: JsonSchema) => T | null): T | null {
  const root = schema === null ? null : inputOf(schema)
  return root === null ? null : read(root)
}

/** Perf: a schema is written out as JSON Schema when the first message asks for it. */
const inputs = new WeakMap<Schema, JsonSchema | null>()

function inputOf(schema: Schema): JsonSchema | null {
  let input = inputs.get(schema)
  if (input === undefined) {
    input = jsonSchemaOf(schema, 'input')
    inputs.set(schema, input)
  }
  return input
}
