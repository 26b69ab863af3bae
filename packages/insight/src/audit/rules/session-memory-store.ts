import { describe, placeOf } from '../describe.js'
import { sessionsOf } from '../known/sessions.js'
import type { Rule } from '../rule.js'

export const sessionMemoryStore: Rule = {
  name: 'session-memory-store',
  severity: 'error',
  why: 'The default store keeps every session for ever, loses all of them with the process, and is not shared between instances. It was made for development.',
  *check({ steps, isProduction }) {
    for (const { step, options } of isProduction ? sessionsOf(steps) : []) {
      if (options.store !== 'MemoryStore') continue
      yield {
        what: `${describe(step)} keeps its sessions in the memory of the process`,
        mend: 'Give session() a store, such as that of connect-redis.',
        place: placeOf(step.node),
      }
    }
  },
}
