import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  constants,
  type OutgoingHttpHeaders,
} from 'node:http2'
import type { AddressInfo } from 'node:net'
import { finished, pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import type { Carrier, Line, Served } from './carrier.js'
import { CERTIFICATE } from './certificate.js'
import { host, lineOf } from './node-carriers.js'
import { hasBody, pairsOf, relay, subject } from './relay.js'
import { PAIR, secureReference } from './tls-carriers.js'

/** `app.listen({ server: 'http2' })` without TLS: each request is a stream of one connection. */
export const h2cCarrier: Carrier = {
  name: 'h2c',
  isRelayed: true,
  open: (app) => openHttp2(app, 'http'),
}

/** The same over TLS, agreed on by ALPN. */
export const h2Carrier: Carrier = {
  name: 'h2',
  isRelayed: true,
  reference: secureReference,
  open: (app) => openHttp2(app, 'https'),
}

async function openHttp2(app: Served, scheme: 'http' | 'https'): Promise<Line> {
  const options = { server: 'http2', ...(scheme === 'https' ? PAIR : {}) }
  const server = subject().createServer(app, options).listen(0, host)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const session = connect(`${scheme}://${host}:${port}`, { ca: CERTIFICATE })
  session.on('error', () => {})
  // Before any request: one that is taken back while the session still connects is never sent.
  await once(session, 'connect')
  const leaving: Promise<void>[] = []
  const front = relay((req, res) => askOverHttp2(session, leaving, req, res))
  // The answer takes a way of its own: it comes after the end of a client that closes its half.
  Object.assign(front, { httpAllowHalfOpen: true })
  const line = await lineOf(front)
  return {
    talk: (exchange) => line.talk(exchange),
    async close() {
      await line.close()
      await arrived(session)
      await Promise.all(leaving)
      session.destroy()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
/** @param leaving takes what is still on its way when the client has gone */
async function askOverHttp2(
  session: ClientHttp2Session,
  leaving: Promise<void>[],
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const stream = session.request(http2Fields(req), { endStream: !hasBody(req), waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ ...req.trailers }))
  if (hasBody(req)) sendBody(req, stream)
  res.once('close', () => leaving.push(takeBack(session, stream)))
  req.once('close', () => req.complete || leaving.push(takeBack(session, stream)))
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
  if (hasBody(req)) await finished(stream, { readable: false }).catch(() => {})
  res.addTrailers(pairsOf(trailers) as never)
  res.end()
}

/** What has come is handed on even if nothing more comes. */
function sendBody(req: IncomingMessage, stream: ClientHttp2Stream): void {
  req.on('data', (piece) => {
    if (stream.writable && !stream.write(piece)) req.pause()
  })
  stream.on('drain', () => req.resume())
  req.once('end', () => stream.end())
  req.once('error', () => {})
}

/**
 * The client has gone. What it has sent arrives first: of a request that is taken back at once the server would never hear.
 */
async function takeBack(session: ClientHttp2Session, stream: ClientHttp2Stream): Promise<void> {
  if (stream.closed || stream.destroyed) return
  await arrived(session)
  stream.close(constants.NGHTTP2_CANCEL)
}

/** Until the server has read what was sent so far. */
async function arrived(session: ClientHttp2Session): Promise<void> {
  await setImmediate()
  if (!session.destroyed) await new Promise<void>((resolve) => session.ping(() => resolve()))
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
