import type { z } from 'zod'
import type { FieldError } from '../../contract/vocabulary.js'
import { invalidInput } from '../domain/refused.js'

/** Longer values are not repeated in an error. */
const SHOWN_CHARACTERS = 60

/**
 * Reads input through a schema whose messages say what is expected. Throws `Refused`, with each wrong field once, when
 * it does not pass.
 */
export function readInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const errors = result.error.issues.flatMap((issue) => fieldErrorsOf(issue, input))
  throw invalidInput(
    errors.filter((error, index) => errors.findIndex(({ field }) => field === error.field) === index),
  )
}

function fieldErrorsOf(issue: z.core.$ZodIssue, input: unknown): FieldError[] {
  const { path, message: expected } = issue
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      field: [...path, key].join('.').slice(0, SHOWN_CHARACTERS),
      problem: 'is not known here',
      expected,
    }))
  }
  return [
    {
      field: path.length === 0 ? 'body' : path.join('.'),
      problem: describe(valueAt(input, path)),
      expected,
    },
  ]
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key],
    input,
  )
}

function describe(value: unknown): string {
  if (value === undefined) return 'is missing'
  if (Array.isArray(value)) return 'is a list'
  if (typeof value === 'object' && value !== null) return 'is an object'
  if (typeof value === 'string' && value.length > SHOWN_CHARACTERS) return `has ${value.length} characters`
  return `is ${JSON.stringify(value)}`
}
