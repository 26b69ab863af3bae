import { IncomingMessage, ServerResponse } from 'node:http'
import { carrier } from './carrier.js'
import { carriedRequestOverrides } from './carried-request.js'
import { carriedResponseOverrides, sendWhole } from './carried-response.js'
import { defineOverrides } from './define-members.js'

/*
 * Messages for listeners that are no application: node's, with what a carrier needs.
 */

export class PlainRequest extends IncomingMessage {
  [carrier] = null
}

export class PlainResponse extends ServerResponse {
  [carrier] = null

  constructor(req: IncomingMessage, options?: object) {
    // @ts-expect-error node passes { highWaterMark } here, which its types do not know
    super(req, options)
  }
}

defineOverrides(PlainRequest.prototype, carriedRequestOverrides)
defineOverrides(PlainResponse.prototype, carriedResponseOverrides)
defineOverrides(PlainResponse.prototype, {
  end(this: ServerResponse, ...args: unknown[]): ServerResponse {
    const isWhole = args[2] === undefined && sendWhole(this, args[0], args[1])
    return isWhole ? this : (ServerResponse.prototype.end.apply(this, args as never) as ServerResponse)
  },
})
