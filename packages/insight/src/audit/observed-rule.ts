import type { ObservedRequest } from '../types/events.js'
import type { AnyApplication } from '../types/stack.js'
import type { Fault, Rule } from './rule.js'

export interface Observation {
  readonly app: AnyApplication
  readonly req: ObservedRequest
  readonly isProduction: boolean
}

/** One thing that is looked for in requests. Null: it is not there. */
export interface ObservedRule extends Pick<Rule, 'name' | 'severity' | 'why'> {
  readonly check: (observation: Observation) => Omit<Fault, 'place'> | null
}
