import http, { type RequestListener, type ServerOptions } from 'node:http'
import https, { type ServerOptions as SecureServerOptions } from 'node:https'
import type { Socket } from 'node:net'
import { serve } from './connection.js'
import type { CarriedClasses } from '../carried-classes.js'
import { type HttpServer, TurboService } from './service.js'

/*
 * The turbo server: node's server in everything but the protocol. It is constructed as node's own is, so options are
 * checked by node, and 'connection' then goes to our connections in place of node's parser.
 */

/** @internal What the connections of a server share. */
export const service = Symbol('nozomi.turboService')

export interface Serving {
  [service]: TurboService
}

/** What both servers do in their own way, because node's is bound to its parser. */
const connectionMembers = {
  closeAllConnections(this: HttpServer & Serving): void {
    for (const { socket } of this[service].connections) socket.destroy()
  },

  closeIdleConnections(this: HttpServer & Serving): void {
    for (const connection of this[service].connections) if (connection.isIdle) connection.socket.destroy()
  },
}

export class TurboServer extends http.Server implements Serving {
  readonly [service]: TurboService

  constructor(options: ServerOptions, classes: CarriedClasses) {
    super(options)
    this[service] = takeOver(this, 'connection', classes)
  }
}

export class SecureTurboServer extends https.Server implements Serving {
  readonly [service]: TurboService

  constructor(options: SecureServerOptions, classes: CarriedClasses) {
    super(options)
    this[service] = takeOver(this as never, 'secureConnection', classes)
  }
}

Object.assign(TurboServer.prototype, connectionMembers)
Object.assign(SecureTurboServer.prototype, connectionMembers)

/** Puts our connections where node's parser was. */
function takeOver(server: HttpServer, event: string, classes: CarriedClasses): TurboService {
  const turbo = new TurboService(server, classes)
  const [nodeListener] = server.listeners(event).slice(-1)
  server.removeListener(event, nodeListener as () => void)
  // node's watch over its own parsers.
  for (const listener of server.listeners('listening'))
    server.removeListener('listening', listener as () => void)
  server.on(event, function onConnection(socket: Socket) {
    Object.assign(socket, { server, parser: null, _httpMessage: null, setEncoding: refuseEncoding })
    serve(turbo, socket)
  })
  return turbo
}

/** Parity: node's socket of a server says so too. Whoever takes the connection over gets the method back. */
function refuseEncoding(): never {
  const error = new Error('Changing the socket encoding is not allowed per RFC7230 Section 3.')
  throw Object.assign(error, { code: 'ERR_HTTP_SOCKET_ENCODING' })
}

/** As `http.createServer()`. */
export function createTurboServer(
  ...args: [options?: ServerOptions | RequestListener, listener?: RequestListener]
): TurboServer {
  const { options, listener } = sorted<ServerOptions>(args)
  const server = new TurboServer(options, options as CarriedClasses)
  if (listener) server.on('request', listener)
  return server
}

/** As `https.createServer()`. */
export function createSecureTurboServer(
  ...args: [options?: SecureServerOptions | RequestListener, listener?: RequestListener]
): SecureTurboServer {
  const { options, listener } = sorted<SecureServerOptions>(args)
  const server = new SecureTurboServer(options, options as CarriedClasses)
  if (listener) server.on('request', listener)
  return server
}

function sorted<Options>(args: unknown[]): { options: Options; listener: RequestListener | undefined } {
  const [first, second] = args
  return typeof first === 'function'
    ? { options: {} as Options, listener: first as RequestListener }
    : { options: (first ?? {}) as Options, listener: second as RequestListener | undefined }
}
