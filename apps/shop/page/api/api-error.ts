import type { components } from './paths.js'

type Problem = components['schemas']['Problem']

/** One thing that is wrong with what was sent. */
type Issue = components['schemas']['Issue']

/** An answer that is no success (RFC 9457). The message is for the visitor. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  /** What is wrong with what was sent, field by field. */
  readonly issues: readonly Issue[]

  /** The body may be anything: proxies answer, too. */
  constructor(status: number, body: unknown) {
    const { detail, code, issues }: Partial<Problem> = isProblem(body) ? body : {}
    super(detail ?? `The shop answered ${status}.`)
    this.status = status
    this.code = code ?? ''
    this.issues = issues ?? []
  }

  /** What to say to the visitor about anything that was thrown. */
  static messageOf(error: unknown): string {
    if (error instanceof ApiError) return error.message
    return 'The shop does not answer. Check the connection, and try again.'
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'detail' in body
}
