import type { Finding, Severity } from '../types/finding.js'
import type { Place } from '../types/place.js'
import type { AnyApplication } from '../types/stack.js'
import type { Step } from './steps.js'

/** What every rule sees of an application. */
export interface Audited {
  readonly app: AnyApplication
  /** Every layer, in the order in which a request comes to them. */
  readonly steps: readonly Step[]
  /** Whether it is judged as one that serves the public. */
  readonly isProduction: boolean
  /** Where a setting was set; null when nobody watched. */
  readonly settingPlace: (setting: string) => Place | null
}

/** What a rule says of one fault; its name, severity and reason are those of the rule. */
export type Fault = Pick<Finding, 'what' | 'mend' | 'place'>

/** One thing that is looked for. Its name is a heading of docs/reference/audit.md. */
export interface Rule {
  readonly name: string
  readonly severity: Severity
  /** Why it matters, in one or two sentences. */
  readonly why: string
  readonly check: (audited: Audited) => Iterable<Fault>
}

export function findingOf(rule: Pick<Rule, 'name' | 'severity' | 'why'>, fault: Fault): Finding {
  const { name, severity, why } = rule
  return { rule: name, severity, what: fault.what, why, mend: fault.mend, place: fault.place }
}
