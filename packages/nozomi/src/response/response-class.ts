import { type IncomingMessage, ServerResponse } from 'node:http'
import { carrier } from '../messages/carrier.js'
import { bodyBytes, promisedBytes } from '../messages/content-length.js'
import { defineApp, enteredApp } from '../messages/define-members.js'
import type { SettingsSource } from '../settings/configuration.js'
import { response } from './response.js'
import { locals } from './state.js'

/**
 * Makes the response class of one application. Its prototype is `app.response`; it inherits from `express.response`.
 *
 * Perf: see the request class, its twin.
 */
export function createResponseClass(app: SettingsSource): typeof ServerResponse {
  class Response extends ServerResponse {
    // node has these two on its prototype, and makes them own when the head is written, in one order or the other.
    override statusCode = 200
    override statusMessage = undefined as unknown as string;
    [enteredApp] = null;
    [locals] = null;
    [bodyBytes] = 0;
    [promisedBytes] = undefined;
    [carrier] = null

    constructor(req: IncomingMessage, options?: object) {
      // @ts-expect-error node passes { highWaterMark } here, which its types do not know
      super(req, options)
      ;(req as { res?: unknown }).res = this
    }
  }
  Object.setPrototypeOf(Response.prototype, response)
  defineApp(Response.prototype, app)
  return Response as typeof ServerResponse
}
