import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http'
import { Duplex } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import type { HeadLimits } from '#dist/server/turbo/protocol/limits.js'
import { type Case, packetsOf } from './case.mjs'
import { USUAL_LIMITS } from './limits.mjs'
import type { Observation, SeenRequest } from './observation.mjs'

/*
 * The oracle: node:http, without a socket. Requests are never answered, so nothing that answering does (closing, queues)
 * mixes with what reading does.
 */

const STATUS_OF_CODE: Record<string, number> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
}

class Connection extends Duplex {
  readonly seen: Observation = { requests: [], refused: null, handedOver: '' }

  override _read(): void {}

  override _write(_chunk: Buffer, _encoding: string, done: () => void): void {
    done()
  }
}

/** node:http answers a request without Host itself, through `writeHead`, and tells no listener. */
class ObservedResponse extends ServerResponse {
  override writeHead(status: number, ...rest: unknown[]): this {
    refuse(this.req.socket as unknown as Connection, status, 'the server itself')
    return (super.writeHead as (...args: unknown[]) => this).call(this, status, ...rest)
  }
}

export class NodeOracle {
  readonly #server: Server

  constructor(limits: HeadLimits = USUAL_LIMITS) {
    this.#server = observedServer(limits)
  }

  /** Takes many cases at once: the turns of the event loop are what costs. */
  async observe(cases: readonly Case[]): Promise<Observation[]> {
    const connections = cases.map(() => {
      const connection = new Connection()
      this.#server.emit('connection', connection)
      return connection
    })
    await turn()
    cases.forEach((one, index) => {
      const connection = connections[index] as Connection
      for (const packet of packetsOf(one)) if (connection.seen.refused === null) connection.push(packet)
    })
    await turn()
    await turn()
    for (const connection of connections) connection.destroy()
    return connections.map((connection) => connection.seen)
  }
}

function observedServer({ maxHeaderSize, maxHeadersCount }: HeadLimits): Server {
  const server = createServer({ ServerResponse: ObservedResponse, maxHeaderSize })
  server.maxHeadersCount = maxHeadersCount
  server.on('request', (req, res) => note(req, res, 'nothing'))
  server.on('checkContinue', (req, res) => note(req, res, 'continue'))
  server.on('checkExpectation', (req, res) => note(req, res, 'other'))
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const code = error.code ?? error.message
    refuse(socket as unknown as Connection, STATUS_OF_CODE[code] ?? 400, code)
  })
  for (const event of ['upgrade', 'connect']) server.on(event, handOver)
  return server
}

function note(req: IncomingMessage, res: ServerResponse, expects: SeenRequest['expects']): void {
  const connection = req.socket as unknown as Connection
  if (connection.seen.refused !== null) return
  const request = seenRequest(req, expects)
  request.keepAlive = res.shouldKeepAlive
  connection.seen.requests.push(request)
  collect(req, request)
}

function collect(req: IncomingMessage, request: SeenRequest): void {
  req.on('error', () => {})
  req.on('data', (bytes: Buffer) => {
    request.body += bytes.toString('latin1')
  })
  req.on('end', () => {
    request.complete = req.complete
    request.rawTrailers = req.rawTrailers
  })
}

function handOver(req: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { seen } = req.socket as unknown as Connection
  if (seen.refused !== null) return
  const request = { ...seenRequest(req, 'nothing'), isUpgrade: true, complete: true }
  seen.requests.push(request)
  collect(req, request)
  seen.handedOver = head.toString('latin1')
  socket.on('data', (bytes: Buffer) => {
    seen.handedOver += bytes.toString('latin1')
  })
}

function seenRequest(req: IncomingMessage, expects: SeenRequest['expects']): SeenRequest {
  return {
    method: req.method as string,
    url: req.url as string,
    version: req.httpVersion,
    rawHeaders: req.rawHeaders,
    body: '',
    rawTrailers: [],
    complete: false,
    keepAlive: true,
    expects,
    isUpgrade: false,
  }
}

function refuse({ seen }: Connection, status: number, reason: string): void {
  seen.refused ??= { status, reason }
}
