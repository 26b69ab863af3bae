import type { ObservedRule } from '../observed-rule.js'

const FORWARDED = ['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'forwarded']

export const trustProxyUnset: ObservedRule = {
  name: 'trust-proxy-unset',
  severity: 'warning',
  why: 'Behind a proxy `req.ip` is the address of the proxy, the same for everybody: limits and logs by address count all clients as one, `req.protocol` is http, and secure cookies are not set.',
  check({ app, req }) {
    const arrived = FORWARDED.filter((name) => req.headers[name] !== undefined)
    if (arrived.length === 0 || app.settings?.['trust proxy']) return null
    return {
      what: `A request came with ${arrived.join(', ')}, and the setting 'trust proxy' is off`,
      mend: "If a proxy stands in front, name it: app.set('trust proxy', 1). If none does, a client wrote the field itself, and all is well: leave this rule out.",
    }
  },
}
