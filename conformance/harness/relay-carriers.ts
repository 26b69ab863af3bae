import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import type { Carrier } from './carrier.js'
import { lineOf } from './node-carriers.js'
import { applicationOf, hasBody, pairsOf, relay, subject } from './relay.js'

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
