import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import type { Served } from './carrier.js'
import { host } from './node-carriers.js'
import { loadFactory, subjectName } from './subject.js'

/*
 * What the ways of serving without an HTTP/1.1 connection have in common: a server of node:http takes the bytes, hands each
 * request to the application in another form, and writes the answer back. What belongs to a connection is the relay's own.
 */

export function relay(handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>): Server {
  return createServer((req, res) => {
    // What the answer has is the application's; it has a date unless the application took it away.
    res.sendDate = false
    handle(req, res).catch(() => res.destroy())
  }).listen(0, host)
}

export function pairsOf(raw: readonly string[]): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [
    raw[2 * index] as string,
    raw[2 * index + 1] as string,
  ])
}

export function hasBody({ headers }: IncomingMessage): boolean {
  return 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0
}

interface Injected {
  status: number
  statusMessage: string
  rawHeaders: readonly string[]
  trailers: object
  stream: Readable | null
}

/** What Nozomi has beside Express. */
interface Subject {
  (): Application
  inject(app: Served, options: object): Promise<Injected>
  createServer(app: Served, options: object): Server
  lambda(app: Served, options?: object): (event: unknown, context: unknown) => Promise<unknown>
}

interface Application {
  disable(setting: string): Application
  use(handler: Served): Application
  fetch(request: Request, context: { ip: string }): Promise<Response>
}

export function subject(): Subject {
  return loadFactory(subjectName) as unknown as Subject
}

/** A plain listener has no `fetch`: an application hands everything to it. */
export function applicationOf(app: Served): Application {
  return 'fetch' in app ? (app as unknown as Application) : subject()().disable('x-powered-by').use(app)
}
