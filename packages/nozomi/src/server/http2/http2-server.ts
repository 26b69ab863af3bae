import http, { type RequestListener } from 'node:http'
import type {
  Http2SecureServer,
  Http2Server,
  SecureServerOptions,
  ServerHttp2Session,
  ServerHttp2Stream,
} from 'node:http2'
import type { CarriedClasses } from '../carried-classes.js'
import { answerContinueLate, type MessageClasses } from '../node.js'
import { Http2Connection } from './connection.js'
import { emitRequest, serveStream } from './dispatch.js'
import { decideLimits, type DecidedLimits, type Http2ServerOptions, limitNode } from './limits.js'

/*
 * HTTP/2 by node:http2, for an application: node speaks the protocol, and each stream becomes an exchange, so that the
 * messages are those of every other server. Clients that don't offer h2 in the handshake of TLS get HTTP/1.1.
 *
 * Without TLS it is HTTP/2 with prior knowledge (RFC 9113 §3.3, "h2c"), as a proxy speaks to a server behind it.
 */

type AnyServer = Http2Server | Http2SecureServer

/** What the servers of node:http have, and those of node:http2 have not. */
interface Closing {
  closeAllConnections(): void
  closeIdleConnections(): void
}

/** The settings of a node:http server, which connections of HTTP/1.1 go by; node gives them to no HTTP/2 server before 24. */
const OF_HTTP1 = [
  'maxHeaderSize',
  'insecureHTTPParser',
  'requestTimeout',
  'headersTimeout',
  'keepAliveTimeout',
  'connectionsCheckingInterval',
  'requireHostHeader',
  'joinDuplicateHeaders',
  'rejectNonStandardBodyWrites',
  'maxHeadersCount',
  'maxRequestsPerSocket',
] as const

export function createHttp2Server(
  classes: MessageClasses | undefined,
  listener: RequestListener,
  options: Http2ServerOptions & SecureServerOptions,
  isSecure: boolean,
): AnyServer & Closing {
  const limits = decideLimits(options)
  const server = makeServer(classes, options, isSecure)
  const connections = new Map<ServerHttp2Session, Http2Connection>()
  // node would make messages of its own for who listens for 'request'.
  server.removeAllListeners('newListener')
  server.on('session', (session) => {
    connections.set(session, new Http2Connection(session, server, limits))
    session.once('close', () => connections.delete(session))
  })
  server.on('stream', onStream)
  server.on('request', listener as never)
  if (classes) answerContinueLate(server as never, classes)
  watchRequests(server, connections, limits)
  return withClosing(server, connections)

  function onStream(stream: ServerHttp2Stream, _fields: object, _flags: number, rawFields: string[]): void {
    const connection = connections.get(stream.session as ServerHttp2Session)
    if (connection === undefined || connection.isEnding) return
    // Security: it was taken back before anybody has seen it, and nobody needs to.
    if (stream.destroyed || stream.closed) connection.countReset()
    else
      serveStream(classes ?? {}, stream, rawFields, connection, (exchange) => emitRequest(server, exchange))
  }
}

function makeServer(
  classes: CarriedClasses | undefined,
  options: Http2ServerOptions & SecureServerOptions,
  isSecure: boolean,
): AnyServer {
  // oxlint-disable-next-line typescript/no-require-imports -- a tenth of the time that the package takes to load
  const http2 = require('node:http2') as typeof import('node:http2')
  const limited = limitNode(options)
  if (!isSecure) return http2.createServer(limited)
  const { IncomingMessage, ServerResponse } = classes ?? {}
  const messages = classes ? { IncomingMessage, ServerResponse } : {}
  const http1 = { Http1IncomingMessage: IncomingMessage, Http1ServerResponse: ServerResponse }
  const given = options as { http1Options?: object }
  const server = http2.createSecureServer({
    allowHTTP1: true,
    ...limited,
    ...(classes && !hasHttp1Options ? http1 : {}),
    http1Options: { ...messages, ...given.http1Options },
  } as SecureServerOptions)
  const plain = http.createServer({ ...options, ...given.http1Options } as http.ServerOptions)
  const settings = server as unknown as Record<string, unknown>
  for (const name of OF_HTTP1) settings[name] = (plain as unknown as Record<string, unknown>)[name]
  return server
}

/** Whether node takes the settings of HTTP/1.1 apart from others; since 24, where their old names are deprecated. */
const hasHttp1Options = Number(process.versions.node.split('.')[0]) >= 24

function watchRequests(
  server: AnyServer,
  connections: Map<ServerHttp2Session, Http2Connection>,
  { requestTimeout, connectionsCheckingInterval }: DecidedLimits,
): void {
  if (requestTimeout === 0 || connectionsCheckingInterval === 0) return
  let timer: NodeJS.Timeout | undefined
  server.on('listening', () => {
    clearInterval(timer)
    timer = setInterval(() => {
      const now = Date.now()
      for (const connection of connections.values()) connection.endLateRequests(now)
    }, connectionsCheckingInterval).unref()
  })
  server.on('close', () => clearInterval(timer))
}

/**
 * Closing as servers of node:http have it. `close()` tells every client by GOAWAY to begin nothing more, and waits for what
 * is under way; node's own does so since 24.
 */
function withClosing(
  server: AnyServer,
  connections: Map<ServerHttp2Session, Http2Connection>,
): AnyServer & Closing {
  const { close } = server
  const { closeAllConnections, closeIdleConnections } = http.Server.prototype
  return Object.assign(server, {
    close(callback?: (error?: Error) => void) {
      close.call(server, callback)
      for (const session of connections.keys()) session.close()
      return server
    },
    closeIdleConnections() {
      for (const { session, isIdle } of connections.values()) if (isIdle) session.close()
      closeIdleConnections.call(server as never)
    },
    closeAllConnections() {
      for (const session of connections.keys()) session.destroy()
      closeAllConnections.call(server as never)
    },
  })
}
