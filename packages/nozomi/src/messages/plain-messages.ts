import { IncomingMessage, ServerResponse } from 'node:http'
import { carrier, type Carrier } from './carrier.js'
import { carriedRequestOverrides } from './carried-request.js'
import { sendWhole } from './carried-response.js'
import { defineOverrides } from './define-members.js'

/*
 * Messages for listeners that are no application: node's, with what a carrier needs.
 */

export class PlainRequest extends IncomingMessage {
  [carrier]: Carrier | null = null
}

export class PlainResponse extends ServerResponse {
  [carrier]: Carrier | null = null
}

defineOverrides(PlainRequest.prototype, carriedRequestOverrides)
defineOverrides(PlainResponse.prototype, {
  end(this: ServerResponse, ...args: unknown[]): ServerResponse {
    const isWhole = args[2] === undefined && sendWhole(this, args[0], args[1])
    return isWhole ? this : (ServerResponse.prototype.end.apply(this, args as never) as ServerResponse)
  },
})
