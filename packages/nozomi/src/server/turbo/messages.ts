import { ServerResponse } from 'node:http'
import { storeFramedHeader } from '../../messages/answer-framing.js'
import { carrier, type Carried, type Carrier } from '../../messages/carrier.js'
import type { IncomingState, OutgoingState } from '../../messages/node-state.js'
import type { HeadParser } from './protocol/head-parser.js'
import { authorityOf } from './protocol/request-target.js'
import type { TurboService } from './service.js'

/*
 * A request and its response, made of a head. They are constructed as node:http constructs them, by the same classes,
 * so that they have all that node's have, on every release; what costs there is what comes after it: the events and
 * turns of two streams. (Both constructors take 0.3 µs of some 20, Node 20 to 26.)
 *
 * Runs for each request: no closure, no object beside the two.
 */

const SLASH = 0x2f

export type Request = IncomingState & Carried
export type Response = OutgoingState & Carried

export function makeRequest(service: TurboService, connection: Carrier, head: HeadParser): Request {
  const req = new service.IncomingMessage(connection.socket) as Request
  const { rawHeaders } = head
  req.httpVersionMajor = 1
  req.httpVersionMinor = head.minor
  req.httpVersion = head.minor === 1 ? '1.1' : '1.0'
  req.method = head.method
  req.url = head.target
  // One with a body stays a request (connection.ts).
  req.upgrade = head.isUpgrade && head.length === 0
  if (service.server.joinDuplicateHeaders) req.joinDuplicateHeaders = true
  req._addHeaderLines(rawHeaders, rawHeaders.length)
  if (head.target.charCodeAt(0) !== SLASH) takeHostOfTarget(req)
  req[carrier] = connection
  return req
}

export function makeResponse(
  service: TurboService,
  connection: Carrier,
  req: Request,
  keepsAlive: boolean,
): Response {
  const { server } = service
  const res = new service.ServerResponse(req, {
    highWaterMark: connection.socket.writableHighWaterMark,
    rejectNonStandardBodyWrites: server.rejectNonStandardBodyWrites,
  }) as Response
  // Its own, because a foreign application may change the prototype.
  res._finish = finish
  res._storeHeader = storeFramedHeader
  res[carrier] = connection
  res.shouldKeepAlive = keepsAlive
  res._keepAliveTimeout = server.keepAliveTimeout
  res._maxRequestsPerSocket = server.maxRequestsPerSocket as number
  const { uniqueFields } = service
  if (uniqueFields !== null) {
    ;(res as unknown as Record<symbol, unknown>)[uniqueFields] = (server as never)[uniqueFields]
  }
  return res
}

/**
 * RFC 9112 §3.2.2: beside a target in absolute form the Host field is ignored; the host is that of the target. Security: who
 * reads the one, and who reads the other, would answer for two hosts.
 */
function takeHostOfTarget(req: Request): void {
  const host = authorityOf(req.url as string)
  if (host === undefined) return
  req.headers.host = host
  req.headersDistinct['host'] = [host]
}

/** What node calls when all of an answer was written. */
function finish(this: Response): void {
  ;(ServerResponse.prototype as Response)._finish.call(this)
  this[carrier]?.endAnswer(this)
}
