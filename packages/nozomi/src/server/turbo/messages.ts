import { ServerResponse } from 'node:http'
import { carrier, type Carried, type Carrier } from '../../messages/carrier.js'
import type { IncomingState, OutgoingState } from '../../messages/node-state.js'
import type { HeadParser } from './protocol/head-parser.js'
import type { TurboService } from './service.js'

/*
 * A request and its response, made of a head. They are constructed as node:http constructs them, by the same classes,
 * so that they have all that node's have, on every release; what costs there is what comes after it: the events and
 * turns of two streams. (Both constructors take 0.3 µs of some 20, Node 20 to 26.)
 *
 * Runs for each request: no closure, no object beside the two.
 */

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
  req.upgrade = head.isUpgrade
  if (service.server.joinDuplicateHeaders) req.joinDuplicateHeaders = true
  req._addHeaderLines(rawHeaders, rawHeaders.length)
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

/** What node calls when all of an answer was written. */
function finish(this: Response): void {
  ;(ServerResponse.prototype as Response)._finish.call(this)
  this[carrier]?.endAnswer(this)
}
