import { createServer, IncomingMessage, type RequestListener, Server, ServerResponse } from 'node:http'
import { type Serving, service } from './turbo/server.js'

/*
 * node:http as the carrier. The server constructs the messages, so it is told the application's own classes: that is
 * what spares each request two changes of prototype.
 */

/** The classes whose instances the server gives to its request listener. */
export interface MessageClasses {
  IncomingMessage: typeof IncomingMessage
  ServerResponse: typeof ServerResponse
  /** Makes a request of the class send `100 Continue` when somebody starts to read its body. */
  deferContinue(req: IncomingMessage): void
}

/** Where a server of node keeps the classes of its messages: symbols with these descriptions, on all of 20 to 26. */
const CLASS_SLOTS = ['IncomingMessage', 'ServerResponse'] as const

/** A server for one application. */
export function createNodeServer(
  classes: MessageClasses,
  listener: RequestListener,
  options: object = {},
): Server {
  const server = createServer(
    { ...options, IncomingMessage: classes.IncomingMessage, ServerResponse: classes.ServerResponse },
    listener,
  )
  answerContinueLate(server, classes)
  return server
}

/**
 * Makes a server that somebody else created (`http.createServer(app)`, supertest) construct our classes from its
 * next request on. Only when the application is its one request listener, and it still has node's own classes:
 * everybody else on the server keeps what they had. True when the server now constructs our classes.
 */
export function adoptServer(server: unknown, classes: MessageClasses, listener: unknown): boolean {
  // node:http and node:https servers share no class of their own, only the slots.
  const own = server as (Server & Record<symbol, unknown>) | null | undefined
  if (!own || typeof own.listeners !== 'function') return false
  const listeners = own.listeners('request')
  if (listeners.length !== 1 || listeners[0] !== listener) return false
  const turbo = (own as Partial<Serving>)[service]
  if (turbo) return turbo.adopt(classes)
  const slots = Object.getOwnPropertySymbols(own).filter((symbol) =>
    CLASS_SLOTS.includes(symbol.description as never),
  )
  const [request, response] = CLASS_SLOTS.map((name) => slots.find((symbol) => symbol.description === name))
  if (!request || !response) return false
  if (own[request] !== IncomingMessage || own[response] !== ServerResponse) return false
  own[request] = classes.IncomingMessage
  own[response] = classes.ServerResponse
  if (own.listenerCount('checkContinue') === 0) answerContinueLate(own, classes)
  return true
}

/**
 * Without a listener for `checkContinue` node answers `100 Continue` before anybody has looked at the request. With
 * this one the request goes its way, and says that the client may go on when its body is first read.
 */
export function answerContinueLate(server: Server, classes: MessageClasses): void {
  server.on('checkContinue', function onCheckContinue(req, res) {
    // A listener that the application's owner added decides for itself.
    if (server.listenerCount('checkContinue') > 1) return
    if (req instanceof classes.IncomingMessage) classes.deferContinue(req)
    else res.writeContinue()
    server.emit('request', req, res)
  })
}
