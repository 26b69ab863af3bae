import type { FoundIssue, Issue, IssueDetails } from '../types/issue.js'
import { catalogue, SchemaError } from './catalogue.js'
import { formatIssues } from './issue-text.js'

/** Security: a body can hold as many mistakes as bytes. More than this many are not told. */
export const MAX_ISSUES = 100

/** An issue that an application found. */
export interface GivenIssue extends Issue {
  /** What messages can be made from. Default: nothing. */
  readonly details?: IssueDetails
}

/** What an error of an application says of itself. */
export interface ValidationErrorOptions {
  /** From 400 to 599. Default 400. */
  readonly status?: number
  /** What programs know it by. Default `NOZOMI_SCHEMA_INVALID`. */
  readonly code?: string
  /** What went wrong, for people; the message of the error too. Default: the issues in a line. */
  readonly detail?: string
  /** Fields of the answer, such as `Retry-After`. */
  readonly headers?: Readonly<Record<string, string>>
  /** The error that led to it. It is not told. */
  readonly cause?: unknown
}

/**
 * What `validate()` passes on when a request does not pass: `status` 400, or 422 by option; `code`
 * `NOZOMI_SCHEMA_INVALID`; and all that was found in `issues`, the first hundred of it. The message names the first of them in
 * a line. `problems()` answers with it.
 *
 * An application throws one of its own for what only it can know, with a status, a code and a detail of its own:
 *
 * @example
 * throw new ValidationError([{ in: 'body', path: ['sku'], code: 'not_unique', message: 'There is such a product' }], {
 *   status: 409,
 *   code: 'SKU_TAKEN',
 *   detail: 'The SKU A-1 is taken',
 * })
 */
export class ValidationError extends SchemaError {
  readonly issues: readonly FoundIssue[]
  /** What was said of it besides the issues; undefined where nothing was. */
  readonly detail: string | undefined

  /**
   * @param options the status alone, or all that is to be said
   * @throws TypeError for a status that is none of an error
   */
  constructor(issues: readonly GivenIssue[], options: number | ValidationErrorOptions = {}) {
    const {
      status = 400,
      code,
      detail,
      headers,
      cause,
    }: ValidationErrorOptions = typeof options === 'number' ? { status: options } : options
    assertStatus(status)
    super(
      code ?? 'NOZOMI_SCHEMA_INVALID',
      status,
      detail ?? catalogue.NOZOMI_SCHEMA_INVALID.message(formatIssues(issues)),
      headers,
    )
    this.name = 'ValidationError'
    if (cause !== undefined)
      Object.defineProperty(this, 'cause', { value: cause, writable: true, configurable: true })
    this.issues = issues.slice(0, MAX_ISSUES).map(withDetails)
    this.detail = detail
  }
}

const NO_DETAILS: IssueDetails = {}

function withDetails(issue: GivenIssue): FoundIssue {
  return issue.details === undefined ? { ...issue, details: NO_DETAILS } : (issue as FoundIssue)
}

function assertStatus(status: number): void {
  if (Number.isInteger(status) && status >= 400 && status <= 599) return
  throw new TypeError(
    `ValidationError: the status is ${String(status)}; it is a whole number from 400 to 599`,
  )
}
