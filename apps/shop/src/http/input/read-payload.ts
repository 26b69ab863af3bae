import type { Issue, IssueCode } from '@nozomi/schema'
import type { z } from 'zod'
import { invalidRequest } from '../problems/invalid-input.js'
import { sentenceOf } from './expectation.js'
import { fieldsAt, unknownField } from './known-fields.js'

/**
 * Reads through a schema what came without a request of its own, such as the payload of a socket's event; throws the problem `invalid-input`
 * when it does not pass. Requests are read by `validate()`.
 */
export function readPayload<S extends z.ZodType>(schema: S, payload: unknown): z.output<S> {
  const result = schema.safeParse(payload)
  if (result.success) return result.data
  throw invalidRequest(result.error.issues.flatMap((issue) => issuesOf(issue, schema)))
}

function issuesOf(issue: z.core.$ZodIssue, schema: z.ZodType): Issue[] {
  const path = issue.path as (string | number)[]
  if (issue.code === 'unrecognized_keys') {
    const words = sentenceOf(unknownField(fieldsAt(schema, path)))
    return issue.keys.map((key) => issueAt([...path, key], 'unknown_key', words))
  }
  return [issueAt(path, CODES[issue.code] ?? 'custom', issue.message)]
}

function issueAt(path: (string | number)[], code: IssueCode, message: string): Issue {
  return { in: 'body', path, code, message }
}

const CODES: Readonly<Partial<Record<z.core.$ZodIssue['code'], IssueCode>>> = {
  invalid_type: 'type',
  invalid_format: 'format',
  too_small: 'too_small',
  too_big: 'too_big',
  invalid_value: 'not_allowed',
}
