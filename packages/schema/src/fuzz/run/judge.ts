import type { ApiDescription } from '../../drift/api-description.js'
import { checkResponse } from '../../drift/check-response.js'
import type { DescribedOperation } from '../../drift/document.js'
import type { DriftFinding } from '../../drift/finding.js'
import { ifInTime } from '../../drift/slow-patterns.js'
import type { Mutation } from '../mutations/mutation.js'
import type { Outcome } from './ask.js'

/** What a request can bring to light. */
export type FuzzKind =
  | 'server-error'
  | 'no-answer'
  | 'hang'
  | 'crash'
  | 'outside-document'
  | 'accepted-invalid'
  | 'refused-valid'

export type FuzzSeverity = 'error' | 'warning' | 'advice'

export const SEVERITY_OF: Readonly<Record<FuzzKind, FuzzSeverity>> = {
  'server-error': 'error',
  'no-answer': 'error',
  hang: 'error',
  crash: 'error',
  'outside-document': 'error',
  // A server may rightly be more lenient than its document, and a rule may be none of JSON Schema's.
  'accepted-invalid': 'warning',
  'refused-valid': 'advice',
}

/** One thing that an outcome shows. */
export interface Verdict {
  readonly kind: FuzzKind
  /** The same for what is the same fault of an operation. */
  readonly key: string
  readonly message: string
  readonly status: number | null
  readonly drift: DriftFinding | null
}

/** What is known of the request that was sent. */
export interface Intent {
  /** Null for an input that the document allows. */
  readonly mutation: Mutation | null
  /** Where the mutation is: `/body/name`. */
  readonly place: string | null
}

/** Everything that an outcome shows of an operation. */
export function judge(
  api: ApiDescription,
  operation: DescribedOperation,
  intent: Intent,
  outcome: Outcome | { readonly kind: 'crash'; readonly message: string },
): Verdict[] {
  switch (outcome.kind) {
    case 'crash':
      return [verdict('crash', outcome.message, null)]
    case 'reset':
      return [verdict('no-answer', outcome.message, null)]
    case 'timeout':
      return [verdict('hang', outcome.message, null)]
    case 'unreachable':
    case 'unclear':
      return []
    case 'answer': {
      const { status } = outcome.answer
      if (status >= 500) return [verdict('server-error', `answers ${status}`, status, String(status))]
      if (intent.mutation?.inFront.includes(status)) return []
      const { answer } = outcome
      const outside = ifInTime(() => checkResponse(api, operation, operation.method, answer)) ?? []
      return [...outside.map(outsideDocument), ...judgeAcceptance(intent, status)]
    }
  }
}

function judgeAcceptance({ mutation, place }: Intent, status: number): Verdict[] {
  const isAccepted = status >= 200 && status < 300
  if (mutation?.mustBeRefused && isAccepted) {
    const message = `answers ${status} to what the document does not allow: ${mutation.kind} at ${place}`
    return [verdict('accepted-invalid', message, status, mutation.kind)]
  }
  const isRefused = mutation === null && (status === 400 || status === 422)
  return isRefused ? [verdict('refused-valid', `answers ${status} to what the document allows`, status)] : []
}

function outsideDocument(drift: DriftFinding): Verdict {
  const { kind, status, message } = drift
  return { kind: 'outside-document', key: `outside-document ${kind} ${status}`, message, status, drift }
}

function verdict(kind: FuzzKind, message: string, status: number | null, detail = ''): Verdict {
  return { kind, key: `${kind} ${detail}`, message, status, drift: null }
}
