import type { EventEmitter } from 'node:events'
import type { ServerHttp2Stream } from 'node:http2'
import type { CarriedClasses } from '../carried-classes.js'
import type { Exchange } from '../exchange/exchange.js'
import type { Http2Connection } from './connection.js'
import { arrivalOf, type Refusal } from './stream-arrival.js'
import { StreamCarriage } from './stream-carriage.js'

/** Makes an exchange of a stream that has just come, and gives it to `handOver`. */
export function serveStream(
  classes: CarriedClasses,
  stream: ServerHttp2Stream,
  rawFields: readonly string[],
  connection: Http2Connection,
  handOver: (exchange: Exchange) => void,
): void {
  const hasBody = !stream.endAfterHeaders
  const arrival = arrivalOf(rawFields, hasBody, connection)
  if (typeof arrival === 'string') {
    refuse(stream, arrival)
    return
  }
  const carriage = new StreamCarriage(classes, arrival, stream, connection)
  handOver(carriage.exchange)
  carriage.receiveBody(hasBody)
}

/** Hands a request to whoever listens on a server for it, by node's rules. */
export function emitRequest(server: EventEmitter, { req, res }: Exchange): void {
  const { expect } = req.headers
  if (expect === undefined) server.emit('request', req, res)
  else if (expect.toLowerCase() === '100-continue') {
    if (server.emit('checkContinue', req, res)) return
    res.writeContinue()
    server.emit('request', req, res)
  } else if (!server.emit('checkExpectation', req, res)) {
    res.writeHead(417)
    res.end()
  }
}

const REFUSALS: Record<Refusal, [status: number, text: string]> = {
  connect: [501, 'CONNECT is not supported\n'],
  'two hosts': [400, ':authority and Host name two hosts\n'],
}

function refuse(stream: ServerHttp2Stream, refusal: Refusal): void {
  const [status, text] = REFUSALS[refusal]
  stream.on('error', ignore)
  stream.respond({ ':status': status, 'content-type': 'text/plain; charset=utf-8' })
  stream.end(text)
  stream.resume()
}

function ignore(): void {}
