import { validateHeaderName, validateHeaderValue } from 'node:http'
import { nextMethod } from './node-response.js'
import type { ResponseState } from './state.js'

type Hints = Record<string, string | string[]>

export const earlyHintsOverrides = {
  /**
   * Sends a 103 with links that the client can fetch ahead (RFC 8297).
   *
   * Security: Node 20 writes names and values unchecked, so that a CR LF in one splits the response.
   *
   * @throws TypeError when a name is no token, or a value holds a character that no field may hold.
   */
  writeEarlyHints(this: ResponseState, hints: Hints, callback?: () => void): void {
    for (const [name, value] of Object.entries(hints ?? {})) {
      validateHeaderName(name)
      for (const one of Array.isArray(value) ? value : [value]) validateHeaderValue(name, String(one))
    }
    nextMethod('writeEarlyHints').call(this, ...([hints, callback] as never[]))
  },
}
