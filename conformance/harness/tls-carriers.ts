import { once } from 'node:events'
import type { Server } from 'node:http'
import { createServer } from 'node:https'
import { connect, createSecureContext } from 'node:tls'
import type { Carrier, Line, Served } from './carrier.js'
import { CERTIFICATE, KEY } from './certificate.js'
import { host, lineOf } from './node-carriers.js'
import { subject } from './relay.js'
import { dialPlain, type Dial } from './socket-line.js'

/*
 * The same bytes over TLS. Express, which they are compared with, is behind `https.createServer()` then, so that what
 * handlers see of it (`req.secure`, `req.protocol`) is compared too.
 */

export const PAIR = { key: KEY, cert: CERTIFICATE }

const trusting = createSecureContext({ ca: CERTIFICATE })

/** A client that offers HTTP/1.1 and nothing else. */
const dialSecure: Dial = async (port) => {
  const { tcp } = await dialPlain(port)
  const socket = connect({
    socket: tcp,
    servername: 'localhost',
    secureContext: trusting,
    ALPNProtocols: ['http/1.1'],
  })
  await once(socket, 'secureConnect')
  return { socket, tcp }
}

function secureLineOf(server: Server): Promise<Line> {
  return lineOf(server, dialSecure)
}

/** `https.createServer(options, app)`; Express has no other way. */
export const secureReference: Carrier = {
  name: 'https.createServer',
  open: (app) => secureLineOf(createServer(PAIR, app).listen(0, host)),
}

/** The application's own `listen`, with a key and a certificate, on each server; what has no `listen` is handed to one. */
export const httpsCarrier: Carrier = {
  name: 'https',
  reference: secureReference,
  open: (app) => secureLineOf(listen(app, 'node')),
}

export const turboTlsCarrier: Carrier = {
  name: 'turbo-tls',
  isTurbo: true,
  reference: secureReference,
  open: (app) => secureLineOf(listen(app, 'turbo')),
}

/** A client that offers no h2 to a server that would speak it. */
export const fallbackCarrier: Carrier = {
  name: 'h2-fallback',
  reference: secureReference,
  open: (app) => secureLineOf(listen(app, 'http2')),
}

interface Application {
  listen(options: object): Server
}

function listen(app: Served, server: 'node' | 'turbo' | 'http2'): Server {
  return 'handle' in app
    ? (app as unknown as Application).listen({ port: 0, host, server, ...PAIR })
    : subject()
        .createServer(app, { server, ...PAIR })
        .listen(0, host)
}
