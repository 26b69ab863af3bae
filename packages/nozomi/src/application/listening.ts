import type { RequestListener, Server } from 'node:http'
import { createServerFor, isServerChoice, type ServerChoice } from '../server/servers.js'
import { publishListen } from './diagnostics.js'
import { type ApplicationState, messageClasses } from './state.js'

export const listeningMembers: object & ThisType<ApplicationState> = {
  /**
   * Creates a server for the application and listens: all forms of `server.listen()`. The callback is called once,
   * when the server listens or when it can't, then with the error. `server: 'turbo'` among the options, or in the
   * environment variable `NOZOMI_SERVER`, chooses our own HTTP/1.1 server in place of node:http, and `server: 'http2'`
   * HTTP/2. Beside `server` the options may be those of the server, too: `key` and `cert` make it speak TLS.
   *
   * @throws NOZOMI_SERVER_UNKNOWN when there is no server of that name.
   */
  listen(...args: unknown[]): Server {
    const [first] = args
    const choice = isObject(first) ? { ...first } : {}
    const server = createServerFor(this[messageClasses], this as never, choice) as Server
    const callback = args.at(-1)
    if (typeof callback === 'function') {
      const done = callOnce(callback as (...values: unknown[]) => unknown)
      args[args.length - 1] = done
      server.once('error', done)
    }
    const listening = (server.listen as (...values: unknown[]) => Server)(...args)
    publishListen(this, server)
    return listening
  },
}

/** Options of `server.listen()`; not a handle, which may be a server itself. */
function isObject(value: unknown): value is ServerChoice {
  return typeof value === 'object' && value !== null && !('_handle' in value) && isServerChoice(value)
}

/**
 * A server for an application, or for any listener for requests, not yet listening: the options of
 * `http.createServer()`, or with `key` and `cert` those of `https.createServer()`, and `server`, the name of ours. With
 * `server: 'http2'` those of `http2.createServer()` or `http2.createSecureServer()`, and the limits of http2/limits.ts.
 *
 * @throws NOZOMI_SERVER_UNKNOWN when there is no server of that name.
 */
export function createServer(app: ApplicationState | RequestListener, options?: ServerChoice): Server {
  const classes = messageClasses in app ? app[messageClasses] : undefined
  return createServerFor(classes, app as RequestListener, options) as Server
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
