import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type ClientHttp2Session, connect, type OutgoingHttpHeaders } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import type { Carrier, Served } from './carrier.js'
import { host, lineOf } from './node-carriers.js'
import { loadFactory, subjectName } from './subject.js'

/*
 * Ways of serving without a connection: a server of node:http takes the bytes, hands each request to the application in
 * another form, and writes the answer back. What belongs to a connection is the relay's own.
 */

/** `app.inject()`: a request made of options. */
export const injectCarrier: Carrier = {
  name: 'inject',
  isRelayed: true,
  open: (app) =>
    lineOf(
      relay(async (req, res) => {
        const answer = await subject().inject(app, {
          method: req.method as string,
          url: req.url as string,
          headers: pairsOf(req.rawHeaders),
          body: hasBody(req) ? req : undefined,
          remoteAddress: req.socket.remoteAddress as string,
          stream: true,
        })
        res.writeHead(answer.status, answer.statusMessage, [...answer.rawHeaders])
        await pipeline(answer.stream as Readable, res, { end: false })
        res.addTrailers(answer.trailers as never)
        res.end()
      }),
    ),
}

/** `app.fetch()`: a Web Request, and a Response. */
export const fetchCarrier: Carrier = {
  name: 'fetch',
  isRelayed: true,
  open: (app) =>
    lineOf(
      relay(async (req, res) => {
        const request = new Request(`http://${req.headers.host ?? 'example.test'}${req.url}`, {
          method: req.method as string,
          headers: pairsOf(req.rawHeaders),
          body: hasBody(req) ? (Readable.toWeb(req) as never) : null,
          duplex: 'half',
        } as RequestInit)
        const response = await applicationOf(app).fetch(request, { ip: req.socket.remoteAddress as string })
        res.writeHead(response.status, response.statusText, [...response.headers].flat())
        if (response.body) await pipeline(Readable.fromWeb(response.body as ReadableStream), res)
        else res.end()
      }),
    ),
}

/** `app.listen({ server: 'http2' })` without TLS: each request is a stream of one connection. */
export const h2cCarrier: Carrier = {
  name: 'h2c',
  isRelayed: true,
  async open(app) {
    const server = subject().createServer(app, { server: 'http2' }).listen(0, host)
    await once(server, 'listening')
    const session = connect(`http://${host}:${(server.address() as AddressInfo).port}`)
    session.on('error', () => {})
    const front = relay((req, res) => askOverHttp2(session, req, res))
    // The answer takes a way of its own: it comes after the end of a client that closes its half.
    Object.assign(front, { httpAllowHalfOpen: true })
    const line = await lineOf(front)
    return {
      talk: (exchange) => line.talk(exchange),
      async close() {
        session.destroy()
        await line.close()
        const closed = once(server, 'close')
        server.close()
        server.closeAllConnections()
        await closed
      },
    }
  },
}

async function askOverHttp2(
  session: ClientHttp2Session,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const stream = session.request(http2Fields(req), { endStream: !hasBody(req), waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ ...req.trailers }))
  const sending = hasBody(req) ? pipeline(req, stream).catch(() => {}) : undefined
  res.once('close', () => stream.close())
  let trailers: string[] = []
  stream.on('trailers', (_fields: object, _flags: number, raw: string[] = []) => {
    trailers = raw
  })
  const [fields, , raw] = (await once(stream, 'response')) as [Record<string, number>, number, string[]]
  res.writeHead(
    fields[':status'] as number,
    raw.filter((_, at) => !raw[at - (at % 2)]?.startsWith(':')),
  )
  await pipeline(stream, res, { end: false })
  await sending
  res.addTrailers(pairsOf(trailers) as never)
  res.end()
}

/** RFC 9113 §8.2.2: without what is said of a connection; and Host as a pseudo-field. */
function http2Fields({ method, url, rawHeaders }: IncomingMessage): OutgoingHttpHeaders {
  const fields: Record<string, string | string[]> = { ':method': method as string, ':path': url as string }
  for (const [given, value] of pairsOf(rawHeaders)) {
    const lower = given.toLowerCase()
    const name = lower === 'host' ? ':authority' : lower
    if (OF_A_CONNECTION.has(name)) continue
    const before = fields[name]
    fields[name] = before === undefined ? value : [before, value].flat()
  }
  return fields
}

const OF_A_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
])

interface Injected {
  status: number
  statusMessage: string
  rawHeaders: readonly string[]
  trailers: object
  stream: Readable | null
}

interface Subject {
  (): Application
  inject(app: Served, options: object): Promise<Injected>
  createServer(app: Served, options: { server: 'http2' }): Server
}

interface Application {
  disable(setting: string): Application
  use(handler: Served): Application
  fetch(request: Request, context: { ip: string }): Promise<Response>
}

function subject(): Subject {
  return loadFactory(subjectName) as unknown as Subject
}

/** A plain listener has no `fetch`: an application hands everything to it. */
function applicationOf(app: Served): Application {
  return 'fetch' in app ? (app as unknown as Application) : subject()().disable('x-powered-by').use(app)
}

function relay(handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>): Server {
  return createServer((req, res) => {
    // What the answer has is the application's; it has a date unless the application took it away.
    res.sendDate = false
    handle(req, res).catch(() => res.destroy())
  }).listen(0, host)
}

function pairsOf(raw: readonly string[]): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [
    raw[2 * index] as string,
    raw[2 * index + 1] as string,
  ])
}

function hasBody({ headers }: IncomingMessage): boolean {
  return 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0
}
