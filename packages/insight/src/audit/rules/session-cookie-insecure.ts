import { describe, placeOf } from '../describe.js'
import { sessionsOf } from '../known/sessions.js'
import type { Rule } from '../rule.js'

export const sessionCookieInsecure: Rule = {
  name: 'session-cookie-insecure',
  severity: 'error',
  why: 'Without `secure` the browser sends the cookie over plain HTTP as well, where anybody on the way can read it and take over the session.',
  *check({ steps, isProduction }) {
    for (const { step, options } of isProduction ? sessionsOf(steps) : []) {
      if (options.secure === null || options.secure) continue
      yield {
        what: `The cookie of ${describe(step)} is sent over plain HTTP, too`,
        mend: "Give the session cookie: { secure: true }, or 'auto'; behind a proxy that ends TLS set 'trust proxy' as well.",
        place: placeOf(step.node),
      }
    }
  },
}
