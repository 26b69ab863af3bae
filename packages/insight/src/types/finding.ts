import type { Place } from './place.js'

export type Severity = 'error' | 'warning' | 'advice'

/** What the audit found: what, where, why it matters, how to mend it. */
export interface Finding {
  /** The rule that found it: `body-parser-after-route`. Has a heading in the reference. */
  readonly rule: string
  readonly severity: Severity
  /** One sentence: what is wrong, with the names and paths that it is about. */
  readonly what: string
  readonly why: string
  /** What to write instead, as far as can be said. */
  readonly mend: string
  readonly place: Place | null
}
