import http, { type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { symbolOf } from '../../messages/node-state.js'
import { Persistence } from '../../messages/persistence.js'
import { PlainRequest, PlainResponse } from '../../messages/plain-messages.js'
import { Clock, type Timed } from './clock.js'
import type { CarriedClasses, RequestClass, ResponseClass } from '../carried-classes.js'
import { Packet } from './packet.js'
import type { HeadParser } from './protocol/head-parser.js'
import { DEFAULT_MAX_HEADERS_COUNT, type HeadLimits } from './protocol/limits.js'

/*
 * What all connections of one server share: message classes, limits, the clock, and who is handed a request.
 */

/** node's server, with what its types don't name. */
export type HttpServer = Server & {
  httpAllowHalfOpen?: boolean
  joinDuplicateHeaders?: boolean
  rejectNonStandardBodyWrites?: boolean
  requireHostHeader?: boolean
  maxHeaderSize?: number
  keepAliveTimeoutBuffer?: number
  shouldUpgradeCallback?(req: IncomingMessage): boolean
}

/** A connection as its server sees it. */
export interface ServedConnection extends Timed {
  readonly socket: Socket
  readonly isIdle: boolean
  /** How many requests have come. */
  readonly requests: number
}

export class TurboService {
  readonly server: HttpServer
  IncomingMessage: RequestClass
  ServerResponse: ResponseClass
  deferContinue: ((req: IncomingMessage) => void) | null
  readonly clock: Clock
  readonly persistence = new Persistence()
  readonly packet = new Packet()
  /** The symbol of the option `uniqueHeaders`, on a server and on its responses; null without the option. */
  readonly uniqueFields: symbol | null

  constructor(server: HttpServer, classes: CarriedClasses) {
    this.server = server
    this.IncomingMessage = classes.IncomingMessage ?? (PlainRequest as unknown as RequestClass)
    this.ServerResponse = classes.ServerResponse ?? PlainResponse
    this.deferContinue = classes.deferContinue ?? null
    const symbol = symbolOf(server, 'kUniqueHeaders')
    this.uniqueFields = symbol !== null && (server as never)[symbol] ? symbol : null
    this.clock = new Clock(() => [
      server.keepAliveTimeout,
      server.headersTimeout,
      server.requestTimeout,
      server.timeout,
    ])
  }

  /** Makes messages of these classes from the next request on, unless the server was told others. */
  adopt(classes: CarriedClasses): boolean {
    if (this.IncomingMessage !== (PlainRequest as unknown) || this.ServerResponse !== PlainResponse)
      return false
    this.IncomingMessage = classes.IncomingMessage ?? this.IncomingMessage
    this.ServerResponse = classes.ServerResponse ?? this.ServerResponse
    this.deferContinue = classes.deferContinue ?? null
    return true
  }

  /** Read for each connection: programs set them on the server. */
  get limits(): HeadLimits {
    const { maxHeadersCount, maxHeaderSize, requireHostHeader } = this.server
    return {
      maxHeaderSize: maxHeaderSize || http.maxHeaderSize,
      maxHeadersCount: typeof maxHeadersCount === 'number' ? maxHeadersCount : DEFAULT_MAX_HEADERS_COUNT,
      requireHostHeader: requireHostHeader !== false,
    }
  }

  /** Gives the time at which the connection began. */
  keep(connection: ServedConnection): number {
    return this.clock.add(connection)
  }

  forget(connection: ServedConnection): void {
    this.clock.remove(connection)
  }

  /** A copy: connections go while it is walked. */
  get connections(): ServedConnection[] {
    return [...this.clock.timed] as ServedConnection[]
  }

  /** Hands a request to whoever is to have it. */
  dispatch(connection: ServedConnection, req: IncomingMessage, res: ServerResponse, head: HeadParser): void {
    const { server } = this
    const most = server.maxRequestsPerSocket
    if (typeof most === 'number' && most > 0 && head.minor === 1) {
      ;(res as { maxRequestsOnConnectionReached?: boolean }).maxRequestsOnConnectionReached =
        connection.requests >= most
      if (connection.requests > most) {
        server.emit('dropRequest', req, connection.socket)
        res.writeHead(503)
        res.end()
        return
      }
    }
    if (head.expectsContinue) this.#answerContinue(req, res)
    else if (head.expectation !== undefined) this.#answerExpectation(req, res)
    else server.emit('request', req, res)
  }

  #answerContinue(req: IncomingMessage, res: ServerResponse): void {
    const { server } = this
    ;(res as { _expect_continue?: boolean })._expect_continue = true
    if (server.listenerCount('checkContinue') > 0) {
      server.emit('checkContinue', req, res)
      return
    }
    if (this.deferContinue !== null) this.deferContinue(req)
    else res.writeContinue()
    server.emit('request', req, res)
  }

  /** RFC 9110 §10.1.1: an expectation that nobody knows can't be met. */
  #answerExpectation(req: IncomingMessage, res: ServerResponse): void {
    if (this.server.emit('checkExpectation', req, res)) return
    res.writeHead(417)
    res.end()
  }
}
