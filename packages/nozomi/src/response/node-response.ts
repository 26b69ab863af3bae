import { ServerResponse } from 'node:http'

/**
 * The layer between `express.response` and node's own prototype: it holds the overrides of node's methods, which call
 * the next one up the chain, whatever that is by then. Tools that serve without a socket put a prototype of their own
 * in node's place.
 */
export const nodeResponse: object = Object.create(ServerResponse.prototype)

/** The method that an override stands before, looked up when it is called: agents patch node's prototype late. */
export function nextMethod(name: string): (...args: never[]) => unknown {
  return (Object.getPrototypeOf(nodeResponse) as Record<string, (...args: never[]) => unknown>)[name]!
}
