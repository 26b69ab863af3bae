/** What can go wrong, as it is explained to people. */
export interface ProblemKind {
  readonly code: string
  readonly status: number
  readonly title: string
  readonly explanation: string
}

export type ProblemKinds = Readonly<Record<string, ProblemKind>>

/** Kinds of problems by their codes; a module has a list of its own, and says it in its module.ts. */
export function defineProblems<Code extends string>(
  kinds: Readonly<Record<Code, Omit<ProblemKind, 'code'>>>,
): Readonly<Record<Code, ProblemKind>> {
  const entries = Object.entries<Omit<ProblemKind, 'code'>>(kinds).map(([code, kind]) => [
    code,
    { code, ...kind },
  ])
  return Object.fromEntries(entries) as Record<Code, ProblemKind>
}

/** What is wrong with one part of the input. */
export interface FieldError {
  /** Where it was sent. */
  readonly in: 'body' | 'header' | 'path' | 'query'
  /** Its name, with dots where it is nested: `price.amount`. */
  readonly field: string
  /** What was wrong, to be read after the name: `is 500`. */
  readonly problem: string
  /** What would be right: `a whole number from 1 to 100`. */
  readonly expected: string
}

/** A request that gets a 4xx or 5xx, as RFC 9457 writes it down. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly kind: ProblemKind
  readonly errors: readonly FieldError[]
  /** Fields that the response has besides, such as `Allow`. */
  readonly headers: Readonly<Record<string, string>>

  constructor(
    kind: ProblemKind,
    detail: string,
    {
      errors = [],
      headers = {},
      cause,
    }: { errors?: readonly FieldError[]; headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(detail, { cause })
    this.kind = kind
    this.errors = errors
    this.headers = headers
  }

  get status(): number {
    return this.kind.status
  }

  toJSON(): object {
    const { code, title, status } = this.kind
    return {
      type: `/problems/${code}`,
      title,
      status,
      code,
      detail: this.message,
      ...(this.errors.length > 0 && { errors: this.errors }),
    }
  }
}
