import { type FieldError, Problem } from './problem.js'
import { PROBLEMS } from './problem-catalogue.js'

/** The problem of input that did not pass; says all that is wrong with it. */
export function invalidInput(errors: readonly FieldError[]): Problem {
  const detail = errors
    .map(({ field, problem, expected }) => `${field} ${problem}; expected ${expected}`)
    .join('. ')
  return new Problem(PROBLEMS['invalid-input'], `${detail}.`, { errors })
}
