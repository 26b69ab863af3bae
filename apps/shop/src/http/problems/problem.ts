import type { Issue, IssueCode, Place } from '@nozomi/schema'

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

/** What is wrong with one part of the input, in the words of the shop. */
export interface FieldError {
  /** Where it was sent. */
  readonly in: Exclude<Place, 'response'>
  /** Its name, with dots where it is nested: `price.amount`. Empty for the whole of where it was sent. */
  readonly field: string
  /** What was wrong, to be read after the name: `is 500`. */
  readonly problem: string
  /** What would be right: `a whole number from 1 to 100`. */
  readonly expected: string
  /** Default `custom`: a rule of the shop. */
  readonly code?: IssueCode
}

/** The error as RFC 9457 lists it. */
export function issueOf({ in: place, field, code = 'custom', problem, expected }: FieldError): Issue {
  return { in: place, path: pathOf(place, field), code, message: `${problem}; expected ${expected}` }
}

/** The names of fields of the head are told in small letters. */
function pathOf(place: Place, field: string): (string | number)[] {
  if (field === '') return []
  if (place === 'headers') return [field.toLowerCase()]
  return field.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key))
}

/** What people call the place of an issue: `price.amount`; `body` for all of it. */
export function nameOf({ in: place, path }: Pick<Issue, 'in' | 'path'>): string {
  return path.length === 0 ? place : path.join('.')
}

interface ProblemParts {
  /** What is wrong with the input, in the words of the shop; or `issues`, as they are told. */
  readonly errors?: readonly FieldError[]
  readonly issues?: readonly Issue[]
  readonly headers?: Record<string, string>
  readonly cause?: unknown
}

/** A request that gets a 4xx or 5xx, as RFC 9457 writes it down. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly kind: ProblemKind
  readonly issues: readonly Issue[]
  /** Fields that the response has besides, such as `Allow`. */
  readonly headers: Readonly<Record<string, string>>

  constructor(
    kind: ProblemKind,
    detail: string,
    { errors = [], issues = errors.map(issueOf), headers = {}, cause }: ProblemParts = {},
  ) {
    super(detail, { cause })
    this.kind = kind
    this.issues = issues
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
      ...(this.issues.length > 0 && { issues: this.issues }),
    }
  }
}
