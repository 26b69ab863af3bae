import { type DescribedOperation, nameOfOperation } from './document.js'
import type { ValueIssue } from './schema-checks.js'

/** In what an exchange leaves the document. Those of `request-` are about requests that were accepted. */
export type DriftKind =
  | 'undocumented-path'
  | 'undocumented-method'
  | 'undocumented-status'
  | 'undocumented-type'
  | 'response-body'
  | 'missing-header'
  | 'response-header'
  | 'request-params'
  | 'request-query'
  | 'request-headers'
  | 'request-cookies'
  | 'request-type'
  | 'request-body'

/** One way in which an exchange leaves the document. It holds no value that was sent. */
export interface DriftFinding {
  readonly kind: DriftKind
  /** The operation of the document (`GET /users/{id}`); where there is none, method and path of the request. */
  readonly operation: string
  readonly status: number
  /** One line: what was found, and what the document says. */
  readonly message: string
  /** Where in the value, and what is wrong there; the first five. */
  readonly issues: readonly ValueIssue[]
}

export function findingOf(
  kind: DriftKind,
  operation: DescribedOperation | { method: string; path: string },
  status: number,
  message: string,
  issues: readonly ValueIssue[] = [],
): DriftFinding {
  return { kind, operation: nameOfOperation(operation), status, message, issues }
}

/** `/name must be string; lacks "id"`. */
export function formatIssues(issues: readonly ValueIssue[]): string {
  return issues.map(({ path, message }) => (path === '' ? message : `${path} ${message}`)).join('; ')
}

/** `GET /users/{id} answers 200 with a body that does not fit: …`. */
export function nameOfFinding({ operation, message }: DriftFinding): string {
  return message.startsWith('answers') ? `${operation} ${message}` : `${operation}: ${message}`
}
