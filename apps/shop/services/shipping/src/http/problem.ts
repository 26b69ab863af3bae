import { STATUS_CODES } from 'node:http'
import type { FieldError, RefusalCode } from '../../contract/vocabulary.js'
import { Refused } from '../domain/refused.js'
import { DeadlineExceeded, Unavailable } from '../use-cases/call.js'

/** The status of each code; the README has a row for each. A code is never given another meaning. */
export const PROBLEMS = {
  'invalid-input': 400,
  'malformed-json': 400,
  'malformed-request': 400,
  'unknown-route': 404,
  'unknown-shipment': 404,
  'method-not-allowed': 405,
  'order-shipped-differently': 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  'internal-error': 500,
  unavailable: 503,
  'deadline-exceeded': 504,
} as const satisfies Record<RefusalCode, number> & Record<string, number>

export type ProblemCode = keyof typeof PROBLEMS

const RETRY_AFTER_SECONDS = '1'

/** A request that gets a 4xx or 5xx, as RFC 9457 writes it down. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly status: number
  readonly fields: readonly FieldError[]
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: ProblemCode,
    detail: string,
    {
      fields = [],
      headers = {},
      cause,
    }: { fields?: readonly FieldError[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, { cause })
    this.code = code
    this.status = PROBLEMS[code]
    this.fields = fields
    this.headers = headers
  }

  /** RFC 9457 §4.2.1: without a type of its own, the title is the phrase of the status; `code` tells them apart. */
  toJSON(): object {
    return {
      title: STATUS_CODES[this.status],
      status: this.status,
      code: this.code,
      detail: this.message,
      ...(this.fields.length > 0 && { errors: this.fields }),
    }
  }
}

/** What a client is told about an error, wherever it was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof Refused) return new Problem(error.code, error.message, { fields: error.fields })
  if (error instanceof DeadlineExceeded) return new Problem('deadline-exceeded', error.message)
  if (error instanceof Unavailable) {
    const headers = { 'Retry-After': RETRY_AFTER_SECONDS }
    return new Problem('unavailable', error.message, { headers, cause: error })
  }
  // Security: what broke is for the log; the client learns nothing of our insides.
  return (
    problemOfFramework(error) ??
    new Problem('internal-error', 'The request could not be answered.', { cause: error })
  )
}

/** The errors that the framework raises about a request; they carry a status and a type. */
function problemOfFramework(error: unknown): Problem | null {
  const { type, status, limit } = (error ?? {}) as { type?: string; status?: number; limit?: number }
  if (!(error instanceof Error) || status === undefined || status < 400 || status >= 500) return null
  if (type === 'entity.parse.failed')
    return new Problem('malformed-json', `The body is not a JSON object: ${error.message}.`)
  if (status === 413) {
    const fields = [{ field: 'body', problem: 'is too large', expected: `at most ${limit} bytes` }] as const
    return new Problem('too-large', `The body may have at most ${limit} bytes.`, { fields })
  }
  if (status === 415) return unsupported(`The body can not be read: ${error.message}.`)
  return new Problem('malformed-request', `The request can not be understood: ${error.message}.`)
}

export function unsupported(detail: string): Problem {
  return new Problem('unsupported-media-type', detail, { headers: { Accept: 'application/json' } })
}
