import type { Finding, Severity } from '../types/finding.js'
import type { AnyApplication } from '../types/stack.js'
import { audit, type AuditOptions, isAtLeast } from './audit.js'
import { countFindings, formatFindings } from './format-findings.js'

export interface AssertOptions extends AuditOptions {
  /** The least severity that is refused. Default: `warning`. */
  readonly failOn?: Severity
}

/** What an application is not started for. */
export class AuditError extends Error {
  override readonly name = 'AuditError'
  readonly code = 'INSIGHT_AUDIT'
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[]) {
    super(`The audit of the application found ${countFindings(findings)}:\n\n${formatFindings(findings)}`)
    this.findings = findings
  }
}

/**
 * Refuses an application in which the audit finds something: called before it listens, it keeps a fault from going live.
 *
 * @throws AuditError with all that was found at `failOn` or above.
 */
export function assertAudited(app: AnyApplication, options: AssertOptions = {}): void {
  const { failOn = 'warning' } = options
  const refused = audit(app, options).filter(({ severity }) => isAtLeast(severity, failOn))
  if (refused.length > 0) throw new AuditError(refused)
}
