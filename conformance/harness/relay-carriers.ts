import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
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
