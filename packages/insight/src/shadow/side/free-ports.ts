import net, { type ListenOptions, Server } from 'node:net'
import http from 'node:http'
import https from 'node:https'

/*
 * Both sides run beside each other, so none gets the port that the application asks for: every server of the process
 * listens on a free one, of the loopback address.
 */

export interface Listening {
  readonly server: Server
  /** Null: a path, or any port. */
  readonly asked: number | null
}

/**
 * @param onAsk called when the application calls `listen()` of a server of HTTP
 * @param onListening called when that server listens
 */
export function giveFreePorts(onAsk: () => void, onListening: (listening: Listening) => void): void {
  const { listen } = Server.prototype
  Server.prototype.listen = function shadowListen(this: Server, ...args: unknown[]) {
    const isHttp = isHttpServer(this)
    const asked = askedPort(args)
    if (isHttp) {
      onAsk()
      this.once('listening', () => onListening({ server: this, asked }))
    }
    const changed = asked === null && !(isHttp && asksForPath(args)) ? args : withFreePort(args)
    return Reflect.apply(listen, this, changed)
  } as typeof listen
}

export function isHttpServer(server: unknown): server is Server {
  if (server instanceof http.Server || server instanceof https.Server) return true
  return server instanceof net.Server && server.listenerCount('request') > 0
}

function askedPort([first]: unknown[]): number | null {
  const port = isOptions(first) ? first.port : first
  if (typeof port === 'number') return port
  return typeof port === 'string' && /^\d+$/.test(port) ? Number(port) : null
}

function asksForPath([first]: unknown[]): boolean {
  return typeof first === 'string' || (isOptions(first) && typeof first.path === 'string')
}

function withFreePort(args: unknown[]): unknown[] {
  const [first] = args
  const { path: _path, ...options } = isOptions(first) ? first : {}
  const callbacks = args.filter((arg) => typeof arg === 'function')
  return [{ ...options, port: 0, host: '127.0.0.1', ipv6Only: false }, ...callbacks.slice(-1)]
}

function isOptions(value: unknown): value is ListenOptions {
  return typeof value === 'object' && value !== null
}
