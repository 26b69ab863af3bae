export interface FieldProblem {
  readonly field: string
  readonly problem: string
  readonly expected: string
}

/** An answer that is no success (RFC 9457). The message is for the visitor. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  /** What is wrong with what was sent, field by field. */
  readonly fields: readonly FieldProblem[]

  constructor(status: number, body: unknown) {
    const { detail, code, errors } = (body ?? {}) as {
      readonly detail?: string
      readonly code?: string
      readonly errors?: readonly FieldProblem[]
    }
    super(detail ?? `The shop answered ${status}.`)
    this.status = status
    this.code = code ?? ''
    this.fields = errors ?? []
  }

  /** What to say to the visitor about anything that was thrown. */
  static messageOf(error: unknown): string {
    if (error instanceof ApiError) return error.message
    return 'The shop does not answer. Check the connection, and try again.'
  }
}
