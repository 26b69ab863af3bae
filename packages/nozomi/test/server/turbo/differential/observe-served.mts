import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Duplex } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { type Case, packetsOf } from './case.mjs'
import type { Observation } from './observation.mjs'

/*
 * A whole server, without a socket: every request is answered when it is complete.
 */

/** What a client sees of a connection, and what handlers were given. */
export interface Served {
  /** Status codes of the answers, in their order; 100 is none. */
  statuses: number[]
  /** Whether the server closed, or handed over, the connection. */
  fate: 'kept' | 'closed' | 'handed over'
  /** What handlers saw of complete requests: method, target, fields, content, trailers. */
  handled: unknown[][]
  handedOver: string
}

class Connection extends Duplex {
  readonly handled: unknown[][] = []
  written = ''
  handedOver: string | null = null

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.written += chunk.toString('latin1')
    done()
  }
}

export class ServedObserver {
  readonly #server: Server

  /** Of a server without listeners. */
  constructor(server: Server) {
    this.#server = server
    answerAll(server)
  }

  async observe(cases: readonly Case[]): Promise<Served[]> {
    const connections = cases.map(() => {
      const connection = new Connection()
      this.#server.emit('connection', connection)
      return connection
    })
    await turn()
    // A turn between packets, so that each is read as it would be from a socket.
    const packets = cases.map(packetsOf)
    for (let index = 0; packets.some((of) => index < of.length); index++) {
      connections.forEach((connection, at) => {
        const packet = packets[at]?.[index]
        if (packet !== undefined && !connection.destroyed) connection.push(packet)
      })
      await turn()
    }
    for (let turns = 0; turns < 4; turns++) await turn()
    const served = connections.map(servedOn)
    for (const connection of connections) connection.destroy()
    return served
  }
}

/** What is to be seen of a stream that the parsers read so. */
export function expectedOf(seen: Observation): Served {
  const complete = seen.requests.filter((request) => request.complete)
  const last = seen.requests.at(-1)
  const isClosed = seen.refused !== null || (last?.complete === true && !last.keepAlive)
  return {
    statuses: [
      ...complete.filter((request) => !request.isUpgrade).map(() => 200),
      ...(seen.refused === null ? [] : [seen.refused.status]),
    ],
    fate: last?.isUpgrade === true ? 'handed over' : isClosed ? 'closed' : 'kept',
    handled: complete.map(({ method, url, version, rawHeaders, body, rawTrailers }) => {
      return [method, url, version, rawHeaders, body, rawTrailers]
    }),
    handedOver: seen.handedOver,
  }
}

function servedOn({ written, writableEnded, destroyed, handled, handedOver }: Connection): Served {
  const statuses = [...written.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
  const isClosed = writableEnded || destroyed
  return {
    statuses: statuses.filter((status) => status !== 100),
    fate: handedOver !== null ? 'handed over' : isClosed ? 'closed' : 'kept',
    handled: handled.filter((request) => request.length > 0),
    handedOver: handedOver ?? '',
  }
}

function answerAll(server: Server): void {
  for (const event of ['request', 'checkExpectation']) server.on(event, answer)
  server.on('checkContinue', (req, res) => {
    res.writeContinue()
    answer(req, res)
  })
  for (const event of ['upgrade', 'connect']) {
    server.on(event, (req: IncomingMessage, socket: Duplex, head: Buffer) => {
      // Node 26 gives a stream around the socket.
      const connection = req.socket as unknown as Connection
      connection.handled.push([...seenOf(req), '', []])
      connection.handedOver = head.toString('latin1')
      socket.on('data', (bytes: Buffer) => {
        connection.handedOver += bytes.toString('latin1')
      })
    })
  }
}

function answer(req: IncomingMessage, res: ServerResponse): void {
  const { handled } = req.socket as unknown as Connection
  const place = handled.push([]) - 1
  let body = ''
  req.on('error', () => {})
  req.on('data', (bytes: Buffer) => {
    body += bytes.toString('latin1')
  })
  req.on('end', () => {
    handled[place] = [...seenOf(req), body, req.rawTrailers]
    // As in node, an answer to HTTP/1.0 without a stated length closes the connection.
    res.setHeader('Content-Length', 2)
    res.end('ok')
  })
}

function seenOf(req: IncomingMessage): unknown[] {
  return [req.method, req.url, req.httpVersion, req.rawHeaders]
}
