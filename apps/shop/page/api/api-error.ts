/** One thing that is wrong with what was sent. */
export interface Issue {
  /** The keys that lead to it. */
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** An answer that is no success (RFC 9457). The message is for the visitor. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  /** What is wrong with what was sent, field by field. */
  readonly issues: readonly Issue[]

  constructor(status: number, body: unknown) {
    const { detail, code, issues } = (body ?? {}) as {
      readonly detail?: string
      readonly code?: string
      readonly issues?: readonly Issue[]
    }
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
