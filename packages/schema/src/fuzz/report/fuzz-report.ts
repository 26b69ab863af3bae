import type { MutationKind } from '../mutations/mutation.js'
import type { WireRequest } from '../requests/fuzz-input.js'
import type { FuzzKind, FuzzSeverity } from '../run/judge.js'
import type { DriftFinding } from '../../drift/finding.js'

/** A fault of an operation, and the smallest request that was found to show it. */
export interface FuzzFinding {
  readonly kind: FuzzKind
  readonly severity: FuzzSeverity
  /** `POST /users`. */
  readonly operation: string
  /** One line. */
  readonly message: string
  /** Of the answer; null where there was none. */
  readonly status: number | null
  /** What was done to an input that the document allows; null if nothing was. */
  readonly mutation: MutationKind | null
  /** Where: `/body/name`. */
  readonly place: string | null
  /** Of `outside-document`: in what the answer leaves it. */
  readonly drift: DriftFinding | null
  readonly request: WireRequest
  /** The start of the answer's body, if it is text. */
  readonly answer: string | null
  /** The request as a command. Fields that the caller gave are variables in it. */
  readonly curl: string
  /** Whether the request showed the fault when it was sent once more, at the end. */
  readonly isReproducible: boolean
}

/** What was done to one operation. */
export interface FuzzedOperation {
  readonly operation: string
  readonly requests: number
  /** How many answers had each status. */
  readonly statuses: Readonly<Record<string, number>>
}

export interface FuzzReport {
  /** The same seed makes the same inputs. */
  readonly seed: number
  readonly requests: number
  readonly operations: readonly FuzzedOperation[]
  /** In the order in which they were found; each fault of an operation once. */
  readonly findings: readonly FuzzFinding[]
  /** What kept the run from seeing more: answers that were all 401, inputs that could not be made, the end of its budget. */
  readonly notes: readonly string[]
}
