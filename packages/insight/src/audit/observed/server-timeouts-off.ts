import { dataOf } from '../known/own-data.js'
import type { ObservedRule } from '../observed-rule.js'

const TIMEOUTS = ['headersTimeout', 'requestTimeout']

export const serverTimeoutsOff: ObservedRule = {
  name: 'server-timeouts-off',
  severity: 'warning',
  why: 'Without them a client may take as long as it likes to send its request. A few thousand that send a byte now and then hold all connections of the server.',
  check({ req }) {
    const server = dataOf(req.socket, 'server')
    const off = TIMEOUTS.filter((name) => dataOf(server, name) === 0)
    if (off.length === 0) return null
    return {
      what: `The server waits for requests without limit: ${off.map((name) => `${name} is 0`).join(', ')}`,
      mend: "Leave node's defaults (60 s for the fields, 300 s for the request), or set limits of your own.",
    }
  },
}
