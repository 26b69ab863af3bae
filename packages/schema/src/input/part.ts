import { findForbiddenKeys } from './forbidden-keys.js'
import type { RunSchema, Result } from '../schemas/run-schema.js'
import type { SchemaIssue } from '../schemas/naming/schema-issue.js'
import type { Place } from '../types/issue.js'
import type { Origin } from './issue-details.js'
import type { Kept } from './kept.js'
import type { InputRequest, ValidParts } from './request.js'

/** One part of a request that a contract names: how it is read, checked, and given to the handlers. */
export interface Part {
  readonly place: Place
  /** What the client sent, made of it what can be, and what the schema says to that. Throws an error that ends the request. */
  check(req: InputRequest, kept: Kept): Result | Promise<Result>
  /** What its issues are about. Called after `check`, when there are some. */
  origin(req: InputRequest, kept: Kept): Origin
  /** Called when all parts have passed, with what came out of the schema, and `req.valid` to put it in, too. */
  keep(req: InputRequest, value: unknown, kept: Kept, valid: ValidParts): void
}

/**
 * Refuses keys that could change a prototype before a schema sees the value.
 */
export function runGuarded(value: unknown, run: RunSchema): Result | Promise<Result> {
  const forbidden: SchemaIssue[] | null = findForbiddenKeys(value)
  return forbidden === null ? run(value) : { issues: forbidden }
}

/**
 * Runs a schema on a body that was harmless when it was parsed, where the schema lets nothing through that it does not name. Perf: such keys are
 * looked for only where something is wrong. Of a body of 1,000 objects that is most of what is done beside the schema.
 */
export function runUnguarded(value: unknown, run: RunSchema): Result | Promise<Result> {
  const result = run(value)
  if (result instanceof Promise)
    return result.then((later) => (later.issues ? guardedIssues(value, later) : later))
  return result.issues ? guardedIssues(value, result) : result
}

function guardedIssues(value: unknown, result: Result): Result {
  const forbidden = findForbiddenKeys(value)
  return forbidden === null ? result : { issues: forbidden }
}
