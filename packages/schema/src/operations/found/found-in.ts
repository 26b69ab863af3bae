import type { AnyHandler } from '@nozomi/insight/layers'
import { readCelebrate } from './celebrate.js'
import { readChain } from './express-validator.js'
import type { FoundRules } from './found-rules.js'
import { readCarriedSchemas } from './carried-schemas.js'

/** What was read once stays true. */
const known = new WeakMap<AnyHandler, FoundRules | null>()

/**
 * What middleware without a contract takes, where it can be told: chains of express-validator, celebrate, and functions that carry
 * or use schemas of Zod, Joi and others. Nothing of it runs.
 */
export function foundIn(handler: AnyHandler): FoundRules | null {
  let found = known.get(handler)
  if (found === undefined) {
    found = read(handler)
    known.set(handler, found)
  }
  return found
}

function read(handler: AnyHandler): FoundRules | null {
  try {
    return readChain(handler) ?? readCelebrate(handler) ?? readCarriedSchemas(handler)
  } catch {
    // Whatever an object does that looks like one of theirs and is none.
    return null
  }
}
