import { once } from 'node:events'
import type { Server } from 'node:http'
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  connect,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { CERTIFICATE, KEY } from '../../support/certificate.mjs'

/** Over plain TCP, and over TLS. */
export const TRANSPORTS = [
  { name: 'h2c', options: {} },
  { name: 'h2', options: { key: KEY, cert: CERTIFICATE } },
] as const

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  informations: IncomingHttpHeaders[]
  trailers: IncomingHttpHeaders
  body: string
  /** The code with which the stream ended. */
  rstCode: number
}

export interface Asked {
  path?: string
  method?: string
  headers?: OutgoingHttpHeaders
  body?: string | Buffer
}

export interface Http2Client {
  server: Server
  port: number
  session: ClientHttp2Session
  /** A stream, of which the test makes what it wants. */
  open(headers: OutgoingHttpHeaders, endStream?: boolean): ClientHttp2Stream
  ask(path: string | Asked): Promise<Answer>
}

interface Listening {
  listen(options: object): unknown
}

/** `app.listen({ server: 'http2' })`, until the test ends, and a connection to it. */
export async function listenHttp2(
  t: TestContext,
  app: unknown,
  options: object = {},
  clientOptions: object = {},
): Promise<Http2Client> {
  const server = (app as Listening).listen({ port: 0, host: '127.0.0.1', server: 'http2', ...options })
  return clientOf(t, server as Server, 'key' in options, clientOptions)
}

/** A connection to a server, until the test ends. */
export async function clientOf(
  t: TestContext,
  server: Server,
  isSecure = false,
  clientOptions: object = {},
): Promise<Http2Client> {
  if (!server.listening) await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const session = connect(`${isSecure ? 'https' : 'http'}://localhost:${port}`, {
    ca: CERTIFICATE,
    lookup: (_name: string, given: unknown, found: (...args: unknown[]) => void) => {
      const isAll = (given as { all?: boolean }).all
      if (isAll) found(null, [{ address: '127.0.0.1', family: 4 }])
      else found(null, '127.0.0.1', 4)
    },
    ...clientOptions,
  } as object)
  session.on('error', () => {})
  t.after(() => {
    session.destroy()
    server.closeAllConnections?.()
    server.close()
  })
  await once(session, 'remoteSettings')
  const open = (headers: OutgoingHttpHeaders, endStream = true) => session.request(headers, { endStream })
  return { server, port, session, open, ask: (asked) => ask(open, asked) }
}

async function ask(open: Http2Client['open'], asked: string | Asked): Promise<Answer> {
  const {
    path = '/',
    method = 'GET',
    headers = {},
    body,
  } = typeof asked === 'string' ? { path: asked } : asked
  const stream = open({ ':method': method, ':path': path, ...headers }, body === undefined)
  if (body !== undefined) stream.end(body)
  return answerOf(stream)
}

/** All that a stream brings; rejects when it breaks off. */
export async function answerOf(stream: ClientHttp2Stream): Promise<Answer> {
  const informations: IncomingHttpHeaders[] = []
  let trailers: IncomingHttpHeaders = {}
  stream.on('headers', (headers) => informations.push(headers))
  stream.on('trailers', (fields) => {
    trailers = fields
  })
  const closed = new Promise((resolve) => stream.once('close', resolve))
  const [headers] = (await once(stream, 'response')) as [IncomingHttpHeaders & { ':status': number }]
  const body = (await buffer(stream)).toString()
  await closed
  return {
    status: headers[':status'],
    headers,
    informations,
    trailers,
    body,
    rstCode: stream.rstCode as number,
  }
}
