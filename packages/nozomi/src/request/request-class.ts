import { IncomingMessage } from 'node:http'
import { bodySink } from '../messages/body-sink.js'
import { carrier } from '../messages/carrier.js'
import { defineApp, enteredApp } from '../messages/define-members.js'
import type { SettingsSource } from '../settings/configuration.js'
import { request } from './request.js'
import { abortSignal, awaitsContinue, constructed, query, type RequestState } from './state.js'

/**
 * Makes the request class of one application. Its prototype is `app.request`; it inherits from `express.request`.
 *
 * Perf: the server constructs requests of this class, so their prototype never changes (a prototype swapped on a
 * live object costs node:http more than the rest of a small request), and all fields are set here, in one order,
 * so that all requests share one hidden class. All but `route`: Parity: tools ask `'route' in req` to learn whether a
 * route matched.
 */
export function createRequestClass(app: SettingsSource): typeof IncomingMessage {
  class Request extends IncomingMessage {
    res = undefined
    next = undefined
    baseUrl = undefined
    originalUrl = undefined
    params = undefined;
    [enteredApp] = null;
    [query] = null;
    [awaitsContinue] = false;
    [abortSignal] = null;
    [bodySink] = null;
    [constructed] = true;
    [carrier] = null
  }
  Object.setPrototypeOf(Request.prototype, request)
  defineApp(Request.prototype, app)
  return Request
}

/** Gives a request that a foreign server constructed the fields that the class would have set. */
export function completeRequest(req: RequestState): void {
  if (req[query] === undefined) {
    req[query] = null
    req[awaitsContinue] = false
    req[abortSignal] = null
  }
}
