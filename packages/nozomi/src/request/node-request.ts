import { IncomingMessage } from 'node:http'
import type { RequestState } from './state.js'

/**
 * The layer between `express.request` and node's own prototype: it holds the overrides of node's methods, which call
 * the next one up the chain, whatever that is by then. The twin of response/node-response.ts.
 */
export const nodeRequest: object = Object.create(IncomingMessage.prototype)

/** The methods that an override stands before, looked up when they are called: agents patch node's prototype late. */
export function nodeMethods(): RequestState {
  return Object.getPrototypeOf(nodeRequest) as RequestState
}
