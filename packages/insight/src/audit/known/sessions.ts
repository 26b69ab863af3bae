import type { Step } from '../steps.js'
import { knownAs } from './known-middleware.js'
import { type SessionOptions, sessionOptionsOf } from './options.js'

export interface KnownSession {
  readonly step: Step
  readonly options: SessionOptions
}

/** The sessions of express-session whose options can be seen. */
export function sessionsOf(steps: readonly Step[]): KnownSession[] {
  return steps.flatMap((step) => {
    const { handler } = step.node
    if (handler === null || knownAs(handler) !== 'session') return []
    const options = sessionOptionsOf(handler)
    return options ? [{ step, options }] : []
  })
}
