import { PROBLEMS, type ProblemCode } from './problem-catalogue.js'

/** What is wrong with one part of the input. */
export interface FieldError {
  /** Where it was sent. */
  readonly in: 'body' | 'header' | 'path' | 'query'
  /** Its name, with dots where it is nested: `price.amount`. */
  readonly field: string
  /** What was wrong, to be read after the name: `is 500`. */
  readonly problem: string
  /** What would be right: `a whole number from 1 to 100`. */
  readonly expected: string
}

/** A request that gets a 4xx or 5xx, as RFC 9457 writes it down. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly status: number
  readonly errors: readonly FieldError[]
  /** Fields that the response has besides, such as `Allow`. */
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ProblemCode,
    detail: string,
    {
      errors = [],
      headers = {},
      cause,
    }: { errors?: readonly FieldError[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, { cause })
    this.code = code
    this.status = PROBLEMS[code].status
    this.errors = errors
    this.headers = headers
  }

  toJSON(): object {
    return {
      type: `/problems/${this.code}`,
      title: PROBLEMS[this.code].title,
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(this.errors.length > 0 && { errors: this.errors }),
    }
  }
}

export function invalidInput(errors: readonly FieldError[]): Problem {
  const detail = errors
    .map(({ field, problem, expected }) => `${field} ${problem}; expected ${expected}`)
    .join('. ')
  return new Problem('invalid-input', `${detail}.`, { errors })
}
