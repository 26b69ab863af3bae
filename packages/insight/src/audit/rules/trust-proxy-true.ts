import type { AnyApplication } from '../../types/stack.js'
import type { Rule } from '../rule.js'

export const trustProxyTrue: Rule = {
  name: 'trust-proxy-true',
  severity: 'warning',
  why: 'With `true` every address in X-Forwarded-For is believed, also those that the client wrote there itself: `req.ip` is what the client wants it to be, and limits and logs by address are worthless.',
  *check({ app, settingPlace }) {
    if (settingOf(app, 'trust proxy') !== true) return
    yield {
      what: "The setting 'trust proxy' is true: the client chooses its own address",
      mend: "Name the proxies: app.set('trust proxy', 1) for one of them, or their addresses, such as 'loopback, 10.0.0.0/8'.",
      place: settingPlace('trust proxy'),
    }
  },
}

function settingOf(app: AnyApplication, name: string): unknown {
  return app.settings?.[name]
}
