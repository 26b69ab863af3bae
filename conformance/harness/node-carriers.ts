import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Carrier, Line, Served } from './carrier.js'
import { type Dial, talkOverSocket } from './socket-line.js'

export const host = '127.0.0.1'

/** The application's own `listen`; what has none is handed to node:http. */
export const listenCarrier: Carrier = {
  name: 'listen',
  open: (app) => lineOf(app.listen ? app.listen(0, host) : serve(app)),
}

/** `http.createServer(app)`: a server that the application did not make. */
export const createServerCarrier: Carrier = { name: 'create-server', open: (app) => lineOf(serve(app)) }

/** `http.createServer((req, res) => app(req, res))`: nothing about the server betrays the application. */
export const wrappedCarrier: Carrier = {
  name: 'wrapped',
  open: (app) => lineOf(serve((req, res) => app(req, res))),
}

function serve(app: Served): Server {
  return createServer(app).listen(0, host)
}

/** The way to talk to a server that was told to listen. */
export async function lineOf(server: Server, dial?: Dial): Promise<Line> {
  if (!server.listening) await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    talk: (exchange) => talkOverSocket(port, exchange, undefined, dial),
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
