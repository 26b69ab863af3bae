import { dataOf, isObject } from '../known/own-data.js'
import type { Observation, ObservedRule } from '../observed-rule.js'
import { sessionCookieSameSite } from '../rules/session-cookie-same-site.js'
import { sessionMemoryStore } from '../rules/session-memory-store.js'

/*
 * Sessions as a request has them: for those whose options could not be seen at the start, because they are made for each
 * request or stand in code that was minified. Whether the cookie is `secure` is not among it: where that is 'auto', it
 * depends on the connection of this one request.
 */

export const observedSameSite: ObservedRule = {
  ...naming(sessionCookieSameSite),
  check(observation) {
    const cookie = sessionCookieOf(observation)
    if (cookie === null || dataOf(cookie, 'sameSite')) return null
    return {
      what: 'The cookie of the session has no sameSite',
      mend: "Give the session cookie: { sameSite: 'lax' }, or 'strict'.",
    }
  },
}

export const observedMemoryStore: ObservedRule = {
  ...naming(sessionMemoryStore),
  check(observation) {
    if (sessionCookieOf(observation) === null) return null
    const store = dataOf(observation.req, 'sessionStore')
    if (dataOf(dataOf(store, 'constructor'), 'name') !== 'MemoryStore') return null
    return {
      what: 'The sessions are kept in the memory of the process',
      mend: 'Give session() a store, such as that of connect-redis.',
    }
  },
}

function naming({ name, severity, why }: Pick<ObservedRule, 'name' | 'severity' | 'why'>) {
  return { name, severity, why }
}

/** The cookie of a session of express-session, where it matters. */
function sessionCookieOf({ req, isProduction }: Observation): object | null {
  const cookie = dataOf(dataOf(req, 'session'), 'cookie')
  return isProduction && isObject(cookie) && dataOf(cookie, 'originalMaxAge') !== undefined ? cookie : null
}
