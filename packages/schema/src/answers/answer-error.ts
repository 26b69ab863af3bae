import { catalogue, SchemaError } from '../problems/catalogue.js'
import type { SchemaIssue } from '../schemas/naming/schema-issue.js'
import type { FoundIssue } from '../types/issue.js'
import { isSecret, shownValue } from './shown-value.js'

/** Of which answer an error speaks. */
export interface AnswerPlace {
  readonly method: string
  /** The path of the route as it was registered, with what its router is mounted on. */
  readonly route: string
  /** The status that was to be answered. */
  readonly answered: number
}

/** So many issues stand in the message; all of them are in `issues`. */
const SHOWN_ISSUES = 3

/**
 * An answer is not what the contract of its route says: `res.json()` throws it, before anything was sent. `code`
 * `NOZOMI_SCHEMA_ANSWER`. It is an error of the application, so its `status` is 500; the one that was to be answered stands in `answered`.
 */
export class AnswerError extends SchemaError {
  readonly method: string
  readonly route: string
  readonly answered: number
  /** What is wrong with the value; empty when the status is not declared. */
  readonly issues: readonly FoundIssue[]

  constructor(place: AnswerPlace, wrong: string, right: string, issues: readonly SchemaIssue[] = []) {
    const { message } = catalogue.NOZOMI_SCHEMA_ANSWER
    const { method, route, answered } = place
    super('NOZOMI_SCHEMA_ANSWER', 500, message(`${method} ${route} answers ${answered}`, wrong, right))
    this.name = 'AnswerError'
    this.method = method
    this.route = route
    this.answered = answered
    this.issues = issues.map((issue) => ({ ...issue, in: 'response' }))
  }
}

/** Of a value that its schema refuses. */
export function mismatchError(
  place: AnswerPlace,
  issues: readonly SchemaIssue[],
  value: unknown,
): AnswerError {
  const shown = issues.slice(0, SHOWN_ISSUES).map((issue) => `${textOf(issue)} (${foundText(issue, value)})`)
  if (issues.length > SHOWN_ISSUES) shown.push(`and ${issues.length - SHOWN_ISSUES} more`)
  return new AnswerError(
    place,
    `its contract does not allow the value: ${shown.join('; ')}`,
    'correct what the handler sends, or `response` in validate()',
    issues,
  )
}

/** Of a status that the contract does not name. */
export function undeclaredError(place: AnswerPlace, declared: readonly string[]): AnswerError {
  return new AnswerError(
    place,
    `its contract declares only ${declared.join(', ')}`,
    `add ${place.answered} to \`response\` in validate(), or answer with a status that it has`,
  )
}

/** Security: some libraries put the value into their words. */
function textOf({ path, code, message }: SchemaIssue): string {
  const words = path.some((key) => isSecret(key)) ? code : message
  return path.length === 0 ? words : `${path.map(String).join('.')}: ${words}`
}

function foundText({ path }: SchemaIssue, value: unknown): string {
  let found = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return 'it is missing'
    found = (found as Record<string | number, unknown>)[key]
  }
  return found === undefined
    ? 'it is missing'
    : `it is ${shownValue(
        found,
        path.find((key) => isSecret(key)),
      )}`
}
