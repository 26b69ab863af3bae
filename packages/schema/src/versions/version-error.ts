import { STATUS_CODES } from 'node:http'
import { catalogue, type ErrorArguments, type ErrorCode, SchemaError } from '../problems/catalogue.js'
import type { Problem } from '../problems/problem.js'
import type { Issue } from '../types/issue.js'

export type VersionErrorCode = Extract<ErrorCode, `NOZOMI_SCHEMA_VERSION_${string}`>

interface VersionErrorParts {
  /** Default: that of the catalogue. */
  readonly status?: number
  /** Fields of the answer; Express's own error page sends them too. */
  readonly headers?: Readonly<Record<string, string>>
  readonly issues?: readonly Issue[]
  /** Members that the problem has besides (RFC 9457 §3.2). */
  readonly extensions?: Readonly<Record<string, unknown>>
}

/** Why a request was refused for its version, with what the answer needs. */
export class VersionError extends SchemaError {
  declare readonly code: VersionErrorCode
  readonly issues: readonly Issue[]
  readonly extensions: Readonly<Record<string, unknown>>

  constructor(code: VersionErrorCode, message: string, parts: VersionErrorParts) {
    super(code, parts.status ?? catalogue[code].status, message, parts.headers)
    this.name = 'VersionError'
    this.issues = parts.issues ?? []
    this.extensions = parts.extensions ?? {}
  }

  /** As RFC 9457 writes it down. */
  toProblem(): Problem {
    return {
      type: 'about:blank',
      title: STATUS_CODES[this.status] ?? 'Error',
      status: this.status,
      detail: this.message,
      code: this.code,
      ...this.extensions,
      ...(this.issues.length > 0 && { issues: this.issues }),
    }
  }
}

/** The error of the catalogue with this code, its message made from `args`. */
export function createVersionError<Code extends VersionErrorCode>(
  code: Code,
  args: ErrorArguments<Code>,
  parts: VersionErrorParts,
): VersionError {
  const { message } = catalogue[code] as { message(...given: ErrorArguments<Code>): string }
  return new VersionError(code, message(...args), parts)
}
