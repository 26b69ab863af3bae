import { IncomingMessage } from 'node:http'
import type { RequestState } from './state.js'

/**
 * `express.request`, before its members are put on it (request.ts). The overrides of node's methods stand on it as well,
 * and call the next ones up the chain, whatever those are by then. Parity: its prototype is node's own.
 */
export const nodeRequest: object = Object.create(IncomingMessage.prototype)

/** The methods that an override stands before, looked up when they are called: agents patch node's prototype late. */
export function nodeMethods(): RequestState {
  return Object.getPrototypeOf(nodeRequest) as RequestState
}
