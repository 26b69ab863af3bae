import type { z } from 'zod'
import type { Request } from '../framework.js'
import { invalidInput } from '../problems/invalid-input.js'
import type { FieldError } from '../problems/problem.js'
import { expectationAt, fieldsAt } from './expectation.js'

/** Longer values are not repeated in an error. */
const SHOWN_CHARACTERS = 60

/** These read a part of a request through a schema, and throw the problem `invalid-input` when it does not pass. */
export function readQuery<S extends z.ZodType>(schema: S, req: Request): z.output<S> {
  return read(schema, req.query, 'query')
}

export function readPath<S extends z.ZodType>(schema: S, req: Request): z.output<S> {
  return read(schema, req.params, 'path')
}

export function readBody<S extends z.ZodType>(schema: S, req: Request): z.output<S> {
  return read(schema, req.body, 'body')
}

/** As `readBody`, for what came without a request: the payload of a socket's event. */
export function readPayload<S extends z.ZodType>(schema: S, payload: unknown): z.output<S> {
  return read(schema, payload, 'body')
}

function read<S extends z.ZodType>(schema: S, input: unknown, where: FieldError['in']): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const errors = result.error.issues.flatMap((issue) => fieldErrorsOf(issue, schema, input, where))
  throw invalidInput(firstOfEachField(errors))
}

function fieldErrorsOf(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  input: unknown,
  where: FieldError['in'],
): FieldError[] {
  const name = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    const expected = `only ${fieldsAt(schema, issue.path).join(', ')}`
    const problem = 'is not known here'
    return issue.keys.map((key) => ({ in: where, field: [...issue.path, key].join('.'), problem, expected }))
  }
  // A rule over several fields brings its own words.
  const own = issue.code === 'custom' ? (issue.params as Partial<FieldError> | undefined) : undefined
  return [
    {
      in: where,
      field: name === '' ? where : name,
      problem: own?.problem ?? describe(valueAt(input, issue.path), where),
      expected: own?.expected ?? expectationAt(schema, issue.path) ?? issue.message,
    },
  ]
}

function firstOfEachField(errors: readonly FieldError[]): FieldError[] {
  return errors.filter((error, index) => errors.findIndex(({ field }) => field === error.field) === index)
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    input,
  )
}

function describe(value: unknown, where: FieldError['in']): string {
  if (value === undefined) return 'is missing'
  if (Array.isArray(value)) return where === 'query' ? `is given ${value.length} times` : 'is a list'
  if (typeof value === 'object' && value !== null) return 'is an object'
  if (typeof value === 'string' && value.length > SHOWN_CHARACTERS) return `has ${value.length} characters`
  return `is ${shown(value)}`
}

/** Security: signs that turn the direction of writing would do so in the error too. */
function shown(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[\u202a-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16)}`,
  )
}
