import type { RequestListener } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse, ServerHttp2Session } from 'node:http2'
import type { CarriedClasses } from '../carried-classes.js'
import { Http2Connection } from './connection.js'
import { serveStream } from './dispatch.js'

/*
 * The messages that a server of node:http2 makes by itself, for `http2.createServer(app)`. They are like those of
 * node:http, and inherit from none of them: what an application's prototypes need is not there. So the stream under them
 * becomes an exchange, with messages of the application's own.
 */

const connection = Symbol('nozomi.http2Connection')

interface KnownSession extends ServerHttp2Session {
  [connection]?: Http2Connection
}

/** Whether node:http2 made the request; asked without loading node:http2, which takes longer than most of this package. */
export function isOfHttp2(req: object): req is Http2ServerRequest {
  const { httpVersionMajor, stream } = req as Partial<Http2ServerRequest>
  return httpVersionMajor === 2 && typeof stream?.respond === 'function'
}

/** Hands what such messages stand for to a listener. Who has set something on them finds it there. */
export function answerForeign(
  classes: CarriedClasses,
  foreign: Http2ServerRequest,
  foreignResponse: Http2ServerResponse,
  listener: RequestListener,
): void {
  const { stream } = foreign
  const session = stream.session as KnownSession | undefined
  // The client has gone.
  if (session === undefined || stream.destroyed || stream.closed) return
  session[connection] ??= new Http2Connection(session, session.server as object, null)
  // node would send the trailers of its own response.
  stream.removeAllListeners('wantTrailers')
  serveStream(classes, stream, foreign.rawHeaders, session[connection], ({ req, res }) => {
    for (const [name, value] of Object.entries(foreign)) {
      if (!(name in req)) (req as unknown as Record<string, unknown>)[name] = value
    }
    for (const name of foreignResponse.getHeaderNames()) {
      res.setHeader(name, foreignResponse.getHeader(name) as string)
    }
    res.statusCode = foreignResponse.statusCode
    listener(req, res)
  })
}
