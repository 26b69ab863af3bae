import { describe, placeOf } from '../describe.js'
import { sessionsOf } from '../known/sessions.js'
import type { Rule } from '../rule.js'

export const sessionCookieSameSite: Rule = {
  name: 'session-cookie-same-site',
  severity: 'warning',
  why: 'Without `sameSite` it is left to the browser whether the cookie goes along with what other sites post, which is how requests are forged.',
  *check({ steps, isProduction }) {
    for (const { step, options } of isProduction ? sessionsOf(steps) : []) {
      if (options.sameSite === null || options.sameSite) continue
      yield {
        what: `The cookie of ${describe(step)} has no sameSite`,
        mend: "Give the session cookie: { sameSite: 'lax' }, or 'strict'.",
        place: placeOf(step.node),
      }
    }
  },
}
