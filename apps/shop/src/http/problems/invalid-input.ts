import type { Issue } from '@nozomi/schema'
import { type FieldError, issueOf, nameOf, Problem } from './problem.js'
import { PROBLEMS } from './problem-catalogue.js'

/** The problem of input that did not pass; says all that is wrong with it. */
export function invalidInput(errors: readonly FieldError[]): Problem {
  return invalidRequest(errors.map(issueOf))
}

/** The same, of what a contract has found: one issue for each place, since what is wrong first is often wrong in several ways. */
export function invalidRequest(found: readonly Issue[]): Problem {
  const issues = found.filter(
    (issue, index) => found.findIndex((other) => nameOf(other) === nameOf(issue)) === index,
  )
  const [only] = issues
  if (issues.length === 1 && only !== undefined && isMissingCondition(only)) {
    return new Problem(PROBLEMS['precondition-required'], `If-Match ${only.message}.`, { issues })
  }
  const detail = issues.map((issue) => `${nameOf(issue)} ${issue.message}`).join('. ')
  return new Problem(PROBLEMS['invalid-input'], `${detail}.`, { issues })
}

/** RFC 6585 §3: nobody changes blindly what others may have changed. */
function isMissingCondition({ in: place, path, code }: Issue): boolean {
  return place === 'headers' && path[0] === 'if-match' && code === 'required'
}
