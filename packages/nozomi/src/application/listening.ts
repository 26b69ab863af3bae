import type { Server } from 'node:http'
import { createNodeServer } from '../server/node.js'
import { type ApplicationState, messageClasses } from './state.js'

export const listeningMembers: object & ThisType<ApplicationState> = {
  /**
   * Creates a node:http server for the application and listens: all forms of `server.listen()`. The callback is
   * called once, when the server listens or when it can't, then with the error.
   */
  listen(...args: unknown[]): Server {
    const server = createNodeServer(this[messageClasses], this as never)
    const callback = args.at(-1)
    if (typeof callback === 'function') {
      const done = callOnce(callback as (...values: unknown[]) => unknown)
      args[args.length - 1] = done
      server.once('error', done)
    }
    return (server.listen as (...values: unknown[]) => Server)(...args)
  },
}

function callOnce(
  callback: (...values: unknown[]) => unknown,
): (this: unknown, ...values: unknown[]) => unknown {
  let called = false
  return function done(this: unknown, ...values: unknown[]) {
    if (called) return undefined
    called = true
    return callback.apply(this, values)
  }
}
